//! What is in a file that holds several streams or signals, before anything is chosen.

use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};

use super::format::{self, Format};
use super::{ReadSeek, edf, xdf};
use crate::error::Error;

/// A stream of an XDF file, or a signal of an EDF file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct StreamContents {
    /// Its number in the file; of a signal, counted from 1.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// What it says it holds: `EEG`, `Force`, `Markers`.
    pub kind: String,
    /// How its values are written: `float32`, `string`, `int16`.
    pub format: String,
    /// Names of its channels with their units, where it says any.
    pub channels: Vec<String>,
    /// Number of channels.
    pub channel_count: usize,
    /// Samples found.
    pub samples: u64,
    /// Samples per second as promised, Hz; zero for samples at any time.
    pub nominal_hz: f64,
    /// Samples per second as found, Hz.
    pub effective_hz: Option<f64>,
    /// First and last stamp as recorded, s; deduced where the file leaves them out.
    pub stamps_s: Option<(f64, f64)>,
    /// First and last time on the common clock without jitter, s.
    pub ends_s: Option<(f64, f64)>,
    /// Measured offsets of its clock: time and value, s.
    pub clock_offsets_s: Vec<(f64, f64)>,
    /// Last time before and first time after each reset of its clock, on the common clock, s.
    pub clock_resets_s: Vec<(f64, f64)>,
}

/// By which clock rows are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// That of the device, without jitter.
    Own,
    /// That of the recording computer, without jitter.
    Common,
}

/// Rows of a stream as the file has them, whatever they measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StreamRows {
    /// Time of each row, s.
    pub time_s: Vec<f64>,
    /// Values of each channel; not a number for a stream of text.
    pub channels: Vec<Vec<f64>>,
}

/// The streams or signals of a file; none for a format that holds one table.
///
/// # Errors
/// Those of the format.
pub fn streams(reader: impl Read + Seek + Send + 'static) -> Result<Vec<StreamContents>, Error> {
    let mut reader: Box<dyn ReadSeek> = Box::new(reader);
    match format::detect(reader.as_mut())? {
        Format::Xdf => xdf::contents(reader),
        Format::Edf => edf::contents(reader),
        _ => Ok(Vec::new()),
    }
}

/// All rows of the stream `number` of an XDF file, in memory.
///
/// # Errors
/// [`Error::WhichStream`] when there is no such stream, and those of the format.
pub fn rows(reader: impl Read + Seek + Send + 'static, number: u32, clock: Clock) -> Result<StreamRows, Error> {
    xdf::rows(Box::new(reader), number, clock)
}
