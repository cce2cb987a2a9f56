//! Recordings of an instrumented tool become strokes and dose.
//!
//! A recording is a table of force (and, where there is any, position) on a clock. This crate reads it, says what is wrong
//! with it, finds where the tool touched, tells the strokes apart and measures them.
//!
//! ```
//! use xystra_dose::{Options, Sweeps, analyse, read};
//!
//! let table = Sweeps::default().to_csv();
//! let recording = read::csv("sweeps.csv", table.as_bytes())?;
//! let analysis = analyse(&recording, &Options::default())?;
//! assert_eq!((analysis.dose.strokes, analysis.bursts), (20, 2));
//! assert!(analysis.dose.mean_force_n > 3.0 && analysis.dose.peak_force_n < 7.0);
//! # Ok::<(), xystra_dose::Error>(())
//! ```
//!
//! The invariant: this crate takes bytes, never paths, and never learns who was treated. Duration, rate and force are
//! measured against contact, never against the length of the file, and there is no dose where no honest one exists.

pub mod analysis;
pub mod constants;
pub mod contact;
pub mod dose;
mod error;
pub mod interval;
pub mod measure;
pub mod quality;
pub mod read;
pub mod recording;
pub mod rest;
pub mod stroke;
pub mod synthetic;
pub mod trace;
mod vector;

pub use analysis::{Analysis, Options, Tare, analyse};
pub use dose::{Dose, Provenance};
pub use error::Error;
pub use interval::Interval;
pub use quality::{Issue, IssueKind};
pub use recording::Recording;
pub use stroke::Stroke;
pub use synthetic::Sweeps;
