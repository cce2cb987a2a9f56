//! `xystra backup FILE` and `xystra restore FILE`.

use std::path::PathBuf;

use anyhow::bail;
use jiff::Timestamp;
use xystra_store::Store;
use xystra_store::backup::Contents;

use crate::Data;

/// Write everything into one file.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file to write. It holds health data in the clear: keep it safe.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

/// Put a backup into an empty data folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// A file that `xystra backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

impl Backup {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        if !self.data.data.join("xystra.db").exists() {
            bail!("{}: there is no record in this folder: name another with --data", self.data.data.display());
        }
        let store = Store::open(&self.data.data, now).await?;
        let contents = store.back_up(&self.file, env!("CARGO_PKG_VERSION"), now).await?;
        store.close().await;
        say("backed up and read back", &contents);
        println!("{} holds health data in the clear: keep it safe, and not only on this machine", self.file.display());
        Ok(())
    }
}

impl Restore {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let store = Store::open(&self.data.data, Timestamp::now()).await?;
        let restored = store.restore(&self.file).await;
        store.close().await;
        say("restored", &restored?);
        println!("everybody has to sign in again: xystra serve --data {}", self.data.data.display());
        Ok(())
    }
}

pub(crate) fn say(what: &str, contents: &Contents) {
    println!("{what}: {} rows, {} bytes, made {}", contents.rows, contents.bytes, contents.made_at);
    println!("fingerprint {}", contents.sha256);
}
