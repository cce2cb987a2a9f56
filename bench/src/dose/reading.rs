//! Our reader on the file that polars, pandas and pyarrow read.

use std::fs::File;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use xystra_dose::Recording;
use xystra_dose::read::{self, Reading};
use xystra_dose::source::Source;

/// Seconds to have every column in memory, as the others do; and the recording.
pub fn whole(file: &Path) -> Result<(f64, Recording)> {
    let start = Instant::now();
    let recording = Recording::of(open(file)?.as_mut())?;
    Ok((start.elapsed().as_secs_f64(), recording))
}

/// Seconds to see every sample once, some thousands at a time; and how many there were.
pub fn in_parts(file: &Path) -> Result<(f64, usize)> {
    let start = Instant::now();
    let mut source = open(file)?;
    let mut count = 0;
    while let Some(samples) = source.next_samples()? {
        count += samples.len();
    }
    Ok((start.elapsed().as_secs_f64(), count))
}

/// The file as a source of samples.
pub fn open(file: &Path) -> Result<Box<dyn Source>> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(read::open(&name, File::open(file)?, &Reading::default())?)
}
