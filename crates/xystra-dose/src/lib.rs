//! Recordings of an instrumented tool become strokes and dose.
//!
//! A recording is a table of force (and, where there is any, position) on a clock. This crate reads it, says what is wrong
//! with it, finds where the tool touched, tells the strokes apart and measures them.
//!
//! ```
//! use xystra_dose::{Options, Sweeps, analyse, read};
//!
//! let table = Sweeps::default().to_csv();
//! let recording = read::whole("sweeps.csv", table.as_bytes(), &read::Reading::default())?;
//! let analysis = analyse(&recording, &Options::default())?;
//! assert_eq!((analysis.strokes.len(), analysis.bursts), (20, 2));
//! assert!(analysis.dose.mean_force_n.low > 3.0 && analysis.dose.peak_force_n.high < 7.0);
//! # Ok::<(), xystra_dose::Error>(())
//! ```
//!
//! The invariant: this crate takes bytes, never paths, and never learns who was treated. Duration, rate and force are
//! measured against contact, never against the length of the file, and there is no dose where no honest one exists.

pub mod analysis;
pub mod attitude;
pub mod bout;
pub mod channel;
pub mod constants;
mod contact;
pub mod dose;
mod doubt;
mod error;
pub mod estimate;
pub mod gravity;
pub mod inspection;
pub mod interval;
pub mod live;
mod measure;
mod oriented;
mod part;
pub mod picture;
pub mod quality;
pub mod read;
pub mod recording;
pub mod rest;
pub mod rotation;
pub mod samples;
pub mod skin;
pub mod source;
pub mod stroke;
mod survey;
pub mod synthetic;
pub mod table;
pub mod texture;
pub mod trace;
pub mod vector;

pub use analysis::{Analysis, METHOD, Options, Tare, analyse, analyse_source};
pub use dose::{Dose, Provenance};
pub use error::Error;
pub use estimate::Estimate;
pub use interval::Interval;
pub use quality::{Issue, IssueKind};
pub use recording::Recording;
pub use stroke::Stroke;
pub use synthetic::Sweeps;
