//! `xystra move`: a practice from one database to another, on either engine.

use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;
use xystra_store::fingerprint::Print;
use xystra_store::{Scope, Store};

use crate::data::{Address, Data, Which, engine_word, named};

/// Copy a practice into another database, hold both sides against each other, and only then keep it there.
///
/// Stop every `xystra serve` on the practice first: what is written meanwhile stays behind.
#[derive(Debug, clap::Args)]
pub(crate) struct Move {
    /// The PostgreSQL database to move to; the data folder stays this node's own.
    #[arg(long, value_name = "ADDRESS", env = "XYSTRA_TO", hide_env_values = true)]
    to: Option<Address>,
    /// The data folder to move to.
    #[arg(long, value_name = "FOLDER", conflicts_with = "to")]
    to_data: Option<PathBuf>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    data: Data,
}

impl Move {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let target = self.target()?;
        let here = self.data.open_kept(now).await?;
        let held = self.which.of(&here).await?;
        let scope = Scope::of(&held.owner);
        if let Err(broken) = here.verify_journal(&scope).await? {
            bail!("{broken}: a broken journal is not moved; compare with a backup");
        }
        let there = target.open(now).await?;
        let prints = here.move_to(&scope, &there).await?;
        println!("moved {} from {} to {}", named(&held), engine_word(&here), engine_word(&there));
        say(&prints);
        hold_against(&here, &there, &scope).await?;
        here.close().await;
        there.close().await;
        println!("the practice is still where it was, unchanged; nobody should go on writing there");
        println!("everybody has to sign in again, and links that were given out serve no more");
        println!("start it with: xystra serve {}", target.option());
        Ok(())
    }

    fn target(&self) -> anyhow::Result<Data> {
        match (&self.to, &self.to_data) {
            (Some(address), _) => Ok(self.data.with_database(address.clone())),
            (None, Some(folder)) => Ok(Data::folder(folder.clone())),
            (None, None) => bail!("where to? name a database with --to or a folder with --to-data"),
        }
    }
}

fn say(prints: &[Print]) {
    for Print { table, rows, sha256 } in prints {
        println!("  {table:<15} {rows:>9} rows  {sha256}");
    }
}

/// Once more, from what was kept.
async fn hold_against(here: &Store, there: &Store, scope: &Scope) -> anyhow::Result<()> {
    let (left, arrived) = (here.fingerprint(scope).await?, there.fingerprint(scope).await?);
    if left != arrived {
        bail!("the record changed while it was moved ({left} here, {arrived} there): was a serve still running?");
    }
    match there.verify_journal(scope).await? {
        Ok(rows) => println!("equal on both sides: fingerprint {arrived}; the journal is whole: {rows} rows"),
        Err(broken) => bail!("{broken}: do not use what was moved"),
    }
    Ok(())
}
