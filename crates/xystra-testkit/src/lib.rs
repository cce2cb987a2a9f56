//! Builders for tests: records made step by step, on a clock that only the test moves.
//!
//! ```
//! use xystra_care::response::Skin;
//! use xystra_testkit::RecordBuilder;
//!
//! let built = RecordBuilder::new("lateral-epicondylitis").ready().session(Skin::Redness).later(30.0);
//! assert_eq!(built.record().finished_sessions().len(), 1);
//! ```
//!
//! Invariant: serves tests only, and everybody it makes is plainly synthetic.

mod bodies;
mod record;

pub use bodies::bodies;
pub use record::{RecordBuilder, SITE, START, region};
