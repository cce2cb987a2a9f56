//! `xystra export`: the record and the model in formats that other programs read.

mod sbml;

use std::path::PathBuf;

use clap::Subcommand;
use jiff::Timestamp;
use xystra_store::Scope;

use crate::data::{Data, Which};

/// Take the record or the model away.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Everything of a practice as tables: CSV and JSON lines, with a dictionary of every column.
    Tables(Tables),
    /// The plan of a study's arm as SBML Level 3: equations, parameters and events, for other simulators.
    Sbml(sbml::Sbml),
}

/// Everything of a practice as tables.
#[derive(Debug, clap::Args)]
struct Tables {
    /// A new folder, or an empty one. It will hold health data in the clear: keep it safe.
    folder: PathBuf,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    data: Data,
}

impl Export {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self.what {
            What::Tables(tables) => tables.run().await,
            What::Sbml(sbml) => sbml.run(),
        }
    }
}

impl Tables {
    async fn run(self) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let store = self.data.open_kept(now).await?;
        let held = self.which.of(&store).await?;
        let scope = Scope::of(&held.owner);
        let written = store.export_tables(&scope, &self.folder, env!("CARGO_PKG_VERSION"), now).await;
        store.close().await;
        let figures = written?;
        for file in &figures.damaged {
            println!("{file}: not the bytes that were uploaded; written as they are");
        }
        println!(
            "{}: {} tables, {} rows, {} files",
            self.folder.display(),
            figures.tables,
            figures.rows,
            figures.files
        );
        println!("README.md there says what each column means. It holds health data in the clear: keep it safe");
        Ok(())
    }
}
