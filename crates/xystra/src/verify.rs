//! `xystra verify`: is the record whole?

use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;
use xystra_store::practice::Held;
use xystra_store::{Scope, Store, backup};

use crate::data::{Data, engine_word, named};

/// Check the database and every practice's journal, or a backup file.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A backup file to check instead of a database.
    file: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Verify {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        if let Some(file) = &self.file {
            crate::backup::say("the backup is whole", &backup::read_back(file)?);
            return Ok(());
        }
        let store = self.data.open_kept(Timestamp::now()).await?;
        let practices = store.practices().await?;
        if practices.is_empty() {
            bail!("nobody has made a practice here yet");
        }
        println!("the database opens: {}, schema {}", engine_word(&store), store.schema());
        for held in &practices {
            verify(&store, held).await?;
        }
        store.close().await;
        Ok(())
    }
}

async fn verify(store: &Store, held: &Held) -> anyhow::Result<()> {
    let scope = Scope::of(&held.owner);
    println!("{}", named(held));
    match store.verify_journal(&scope).await? {
        Ok(rows) => println!("the journal is whole: {rows} rows, each chained to the one before"),
        Err(broken) => bail!("{}: {broken}: compare with a backup", named(held)),
    }
    match store.verify_recordings(&scope).await? {
        Ok(recordings) => println!("the recordings are whole: {recordings}, each as it was added"),
        Err(broken) => bail!("{}: {broken}: restore it from a backup", named(held)),
    }
    match store.verify_clients(&scope).await? {
        Ok(clients) => println!("the index is whole: {clients} clients, each as their entries say"),
        Err(broken) => {
            bail!("{}: {broken}: back the practice up and restore it, which makes the index anew", named(held))
        }
    }
    println!("every row can be read; fingerprint {}", store.fingerprint(&scope).await?);
    Ok(())
}
