//! `xystra erase --client ID`: everything about one client goes, and the proof that it was done stays.

use anyhow::{Context, bail};
use jiff::Timestamp;
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_store::erase::{Count, Erased};
use xystra_store::{Scope, Store};

use crate::data::{Data, Which};

/// Erase a client for good.
#[derive(Debug, clap::Args)]
pub(crate) struct Erase {
    /// The client's id, as it stands in the address of the client's page.
    #[arg(long, value_name = "ID")]
    client: ClientId,
    /// The client's name, to confirm it. Without it nothing is erased, and what would be is shown.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    data: Data,
}

impl Erase {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open_kept(now).await?;
        let scope = Scope::of(&self.which.of(&store).await?.owner);
        let outcome = self.erase(&store, &scope, now).await;
        store.close().await;
        outcome
    }

    async fn erase(&self, store: &Store, scope: &Scope, now: Timestamp) -> anyhow::Result<()> {
        let known: Vec<Entry<Client>> = store.of_client(scope, self.client).await?;
        let name = known.last().map(|entry| entry.body.name.clone()).context("there is no such client here")?;
        let Some(typed) = &self.name else {
            rows(&format!("would be erased of {name}"), &store.would_erase(scope, self.client).await?);
            bail!("nothing was erased: confirm with --name \"{name}\"; it cannot be taken back");
        };
        if typed.trim() != name.trim() {
            bail!("nothing was erased: this client is called \"{name}\", not \"{typed}\"");
        }
        let oldest = store.oldest_backup(scope).await?;
        say(&store.erase_client(scope, self.client, now).await?);
        if let Some(made_at) = oldest {
            println!("backups since {made_at} may still hold the client: delete those, or keep erased.txt beside them");
        }
        Ok(())
    }
}

fn say(erased: &Erased) {
    rows("erased", &erased.rows);
    if erased.copies > 0 {
        println!("and {} copies from before a change of schema", erased.copies);
    }
    let proof = &erased.proof;
    println!("proof: journal row {}, {}, {}", proof.number, proof.at, proof.hash);
    if !erased.overwritten {
        println!("the text is overwritten by the database in its own time");
    }
}

fn rows(what: &str, rows: &[Count]) {
    let rows: Vec<String> = rows.iter().map(|(table, count)| format!("{table} {count}")).collect();
    println!("{what}: {}", rows.join(", "));
}
