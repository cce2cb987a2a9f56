//! `xystra cohort trust`.

mod chart;
mod page;

use std::path::PathBuf;

use xystra_cohort::trust::{Setup, run};

use crate::dose::out::{self, print};
use crate::dose::progress::Progress;

/// How far to trust the outlook: invented clients whose truth is known, weighed by their records as real ones are.
///
/// Clients as the model takes them to be, clients as it does not, and clients in whom strokes do nothing or much. With 500 it takes about half
/// an hour on two cores.
#[derive(Debug, clap::Args)]
pub(crate) struct Trust {
    /// Invented clients.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    clients: u32,
    /// Who they are, and all other chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Threads; the result does not depend on it. None: as many as there are cores.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Write the page into this Markdown file, and its picture beside it. Older ones are overwritten. None: print the page.
    #[arg(long, value_name = "FILE.md")]
    out: Option<PathBuf>,
}

impl Trust {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let setup = Setup::new(self.clients as usize, self.seed, self.threads);
        let (mut bar, mut name) = (Progress::new(""), String::new());
        let report = run(&setup, &mut |tried, share| {
            if tried != name {
                tried.clone_into(&mut name);
                bar = Progress::new(tried);
            }
            bar.show(share);
        })?;
        drop(bar);
        let Some(out) = self.out else { return print(&page::page(&report, None)) };
        let picture = out.with_extension("svg");
        out::write(&picture, chart::picture(&report).as_bytes())?;
        let name = picture.file_name().map(|name| name.to_string_lossy().into_owned());
        out::write(&out, page::page(&report, name.as_deref()).as_bytes())
    }
}
