//! What is known: conditions, measures, screening items, instruments, strokes, advice, claims and the
//! body atlas, each entry with its source and whether that source was read.
//!
//! ```
//! use xystra_catalog::{Status, catalog};
//!
//! let elbow = catalog().condition("lateral-epicondylitis").expect("a catalog entry");
//! assert_eq!(elbow.plain, "tennis elbow");
//! let pain = catalog().measure("nprs").expect("a catalog entry");
//! assert_eq!((pain.min, pain.max), (0.0, 10.0));
//! assert!(pain.change.iter().any(|c| c.status == Status::Verified));
//! ```
//!
//! Invariant: this crate never knows a client, and reads no file but `data/catalog`, embedded when it is built.

pub mod advice;
pub mod atlas;
pub mod claim;
pub mod condition;
pub mod consent;
pub mod course;
pub mod instrument;
mod load;
pub mod measure;
pub mod screening;
pub mod source;

pub use load::{Catalog, Error, catalog};
pub use source::{Range, Source, Statement, Status};

/// The version of the data, quoted by every derived number.
pub const VERSION: &str = "1";
