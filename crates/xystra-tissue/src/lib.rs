//! What an instrument does to layered tissue, and what the tissue does next: from an edge on skin to months of remodelling.
//!
//! ```
//! use xystra_tissue::contact::{Control, Edge, Model, press};
//! use xystra_tissue::{layers, study};
//!
//! // A 2 mm edge, 40 mm long, pressed with 6 N into a calf.
//! let edge = Edge { radius_mm: 2.0, length_mm: Some(40.0), along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 };
//! let contact = press(&layers::stack("calf")?, &edge, Control::ForceN(6.0), Model::Stiffening)?;
//! assert!(contact.validity.ok && contact.peak_pressure_kpa > 30.0);
//!
//! // A published experiment beside what the model makes of it.
//! let study = study::library::study("c16-tennis-elbow-untreated")?;
//! let report = study::run(study, &study.parameters()?, 1)?;
//! assert_eq!(report.endpoints[0].inside, Some(true));
//! # Ok::<(), xystra_tissue::Error>(())
//! ```
//!
//! Invariant: this crate knows no sensor and no client, reads no clock and draws no chance but by a seed.

pub mod contact;
mod error;
pub mod fit;
pub mod layers;
pub mod library;
pub mod remodel;
mod stack;
pub mod study;

pub use error::Error;
pub use library::library;
pub use stack::{Layer, Stack};
