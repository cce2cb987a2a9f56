//! `xystra verify`: is the record whole?

use std::path::PathBuf;

use anyhow::{Context, bail};
use jiff::Timestamp;
use xystra_store::{Scope, Store, backup};

use crate::Data;

/// Check the database and the journal, or a backup file.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A backup file to check instead of a data folder.
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
        if !self.data.data.join("xystra.db").exists() {
            bail!("{}: there is no record in this folder: name another with --data", self.data.data.display());
        }
        let store = Store::open(&self.data.data, Timestamp::now()).await?;
        let owner = store.owner().await?.context("nobody has made a practice here yet")?;
        match store.verify_journal(&Scope::of(&owner)).await? {
            Ok(rows) => println!("the journal is whole: {rows} rows, each chained to the one before"),
            Err(broken) => bail!("{broken}: compare with a backup"),
        }
        println!("the database is whole; fingerprint {}", store.fingerprint().await?);
        store.close().await;
        Ok(())
    }
}
