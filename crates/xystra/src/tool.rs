//! `xystra tool`: recordings of instrumented tools, looked at and made up.

mod emulate;
mod inspect;

use clap::Subcommand;

/// Instrumented tools.
#[derive(Debug, Subcommand)]
pub(crate) enum Tool {
    /// What is in a recording's file, before any dose.
    Inspect(inspect::Inspect),
    /// Write a synthetic recording whose strokes are known.
    Emulate(Box<emulate::Emulate>),
}

impl Tool {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Inspect(inspect) => inspect.run(),
            Self::Emulate(emulate) => emulate.run(),
        }
    }
}
