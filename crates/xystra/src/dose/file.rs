//! A file becomes an analysis.

use std::fs::File;
use std::path::Path;

use anyhow::Context;
use xystra_dose::read::{self, Reading};
use xystra_dose::{Analysis, Options, analyse_source};

use crate::dose::progress::Progress;

/// Reads and measures `file`, with a progress bar when it takes long.
pub(super) fn analyse(file: &Path, reading: &Reading, options: &Options) -> anyhow::Result<Analysis> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = File::open(file).context("cannot be opened")?;
    let mut source = read::open(&name, bytes, reading)?;
    let mut progress = Progress::new(&name);
    Ok(analyse_source(source.as_mut(), options, &mut |share| progress.show(share))?)
}
