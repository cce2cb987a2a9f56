//! `xystra study run`.

use xystra_tissue::study::library::studies;
use xystra_tissue::study::{Report, Study, run};

use crate::dose::out::print;
use crate::study::{read, table};

/// Run studies: published beside simulated, inside or out.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// A file in the format of docs/methods/studies.md, or the id of a study that Xystra carries; none: all of those.
    #[arg(value_name = "FILE_OR_ID")]
    studies: Vec<String>,
    /// Who the subjects are; the same seed gives the same subjects.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print a JSON document; of several studies, an array.
    #[arg(long)]
    json: bool,
}

impl Run {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let asked: Vec<Study> = match self.studies.as_slice() {
            [] => studies().to_vec(),
            named => named.iter().map(|one| read(one)).collect::<anyhow::Result<_>>()?,
        };
        let reports: Vec<Report> = asked.iter().map(|study| report(study, self.seed)).collect::<anyhow::Result<_>>()?;
        if self.json {
            return print(&(json(&reports, self.studies.len() == 1)? + "\n"));
        }
        print(&table::text(&asked, &reports))
    }
}

fn report(study: &Study, seed: u64) -> anyhow::Result<Report> {
    Ok(run(study, &study.parameters()?, seed)?)
}

fn json(reports: &[Report], one: bool) -> anyhow::Result<String> {
    match reports {
        [report] if one => Ok(serde_json::to_string_pretty(report)?),
        _ => Ok(serde_json::to_string_pretty(reports)?),
    }
}
