//! `xystra cohort`: many virtual clients.

mod columnar;
mod merge;
mod natural;
mod run;
mod score;
mod stop;
mod table;
mod trust;

use clap::Subcommand;

/// Many virtual clients: trials that nobody has to wait for.
#[derive(Debug, Subcommand)]
pub(crate) enum Cohort {
    /// A virtual trial: every arm of a study with very many virtual clients.
    Run(run::Run),
    /// Put the shards of a virtual trial together, bit for bit as if it had been run at once.
    Merge(merge::Merge),
    /// Fit the natural course of neck pain on the published cohort, and show what the missing answers do.
    Natural(natural::NaturalCourse),
    /// Forecast half of a real trial after fitting the other half, and score it beside simple forecasts.
    Score(score::Score),
    /// How far to trust the outlook: invented clients whose truth is known, weighed by their records as real ones are.
    Trust(trust::Trust),
}

impl Cohort {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Run(run) => run.run(),
            Self::Merge(merge) => merge.run(),
            Self::Natural(natural) => natural.run(),
            Self::Score(score) => score.run(),
            Self::Trust(trust) => trust.run(),
        }
    }
}
