//! `xystra study`: published studies beside what the model makes of them.

mod calibrate;
mod compare;
mod effort;
mod foretell;
mod list;
mod page;
mod run;
mod table;

use std::path::Path;

use anyhow::Context;
use clap::Subcommand;
use xystra_tissue::study::{Study, library};

pub(crate) use table::number;

/// Published studies beside the model.
#[derive(Debug, Subcommand)]
pub(crate) enum Studies {
    /// The studies that Xystra carries.
    List(list::List),
    /// Run a study, of these or from a file: published beside simulated, inside or out.
    Run(run::Run),
    /// Calibrate the model on the studies.
    Calibrate(calibrate::Calibrate),
    /// Which mechanisms do the papers need? Calibrates with every set of them.
    Compare(compare::Compare),
    /// How far to trust the model on a new study: foretells each from the others.
    Foretell(foretell::Foretell),
    /// The page of all studies, published beside simulated.
    Page(page::Page),
}

impl Studies {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::List(list::List {}) => list::List::run(),
            Self::Run(run) => run.run(),
            Self::Calibrate(calibrate) => calibrate.run(),
            Self::Compare(compare) => compare.run(),
            Self::Foretell(foretell) => foretell.run(),
            Self::Page(page) => page.run(),
        }
    }
}

/// Reads a study from a file, or takes one of those carried by its id.
pub(crate) fn read(file_or_id: &str) -> anyhow::Result<Study> {
    Ok(Study::parse(file_or_id, &text(file_or_id)?)?)
}

/// The text of a study's file, or of one of those carried by its id.
pub(crate) fn text(file_or_id: &str) -> anyhow::Result<String> {
    let path = Path::new(file_or_id);
    if let (false, Some(carried)) = (path.exists(), library::text(file_or_id)) {
        return Ok(carried.to_owned());
    }
    let looks_like_file = path.extension().is_some() || file_or_id.contains(std::path::MAIN_SEPARATOR);
    if !path.exists() && !looks_like_file {
        library::study(file_or_id)
            .with_context(|| format!("{file_or_id}: no such file, and no study that Xystra carries"))?;
    }
    std::fs::read_to_string(path).with_context(|| format!("{file_or_id} cannot be read"))
}
