//! `xystra backup FILE` and `xystra restore FILE`.

use std::path::PathBuf;

use jiff::Timestamp;
use xystra_store::Scope;
use xystra_store::backup::Contents;

use crate::data::{Data, Which};

/// Write a practice into one file.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file to write. It holds health data in the clear: keep it safe.
    file: PathBuf,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    data: Data,
}

/// Put the practice of a backup into a folder or database that does not hold it.
#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// A file that `xystra backup` wrote, of this version or any before.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

impl Backup {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open_kept(now).await?;
        let held = self.which.of(&store).await?;
        let contents = store.back_up(&Scope::of(&held.owner), &self.file, env!("CARGO_PKG_VERSION"), now).await?;
        store.close().await;
        say("backed up and read back", &contents);
        println!("{} holds health data in the clear: keep it safe, and not only on this machine", self.file.display());
        Ok(())
    }
}

impl Restore {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open(now).await?;
        let restored = store.restore(&self.file, now).await;
        store.close().await;
        say("restored", &restored?);
        println!("everybody has to sign in again, and links that were given out serve no more");
        println!("start it with: xystra serve {}", self.data.option());
        Ok(())
    }
}

pub(crate) fn say(what: &str, contents: &Contents) {
    println!("{what}: {} rows, {} bytes, made {}", contents.rows, contents.bytes, contents.made_at);
    println!("fingerprint {}", contents.sha256);
}
