//! The clinical record, one module per step of the loop:
//! intake, screening, findings, plan, session, response, and the advice that follows from them.
//!
//! Each step asks for the proof of the step before: a [`plan::Plan`] cannot be made without a
//! [`screening::Clearance`], and a [`session::Session`] cannot be opened without a plan.
//!
//! ```
//! use xystra_care::response::{Grade, Skin, Look, grade};
//!
//! // A bruise right after the session, still there four days later.
//! let looks = [Look::now(Skin::Bruise), Look::after_hours(96.0, Skin::Bruise)];
//! assert_eq!(grade(&looks), Some(Grade { value: 4, is_final: true }));
//! ```
//!
//! A plan has no public fields and no constructor but the one that takes a clearance:
//!
//! ```compile_fail,E0451
//! use xystra_care::plan::{Draft, Plan};
//!
//! fn forge(draft: Draft) -> Plan {
//!     Plan { draft }
//! }
//! ```
//!
//! ```compile_fail,E0061
//! use xystra_care::plan::{Draft, Plan};
//!
//! let plan = Plan::new(Draft::default(), xystra_catalog::catalog());
//! ```
//!
//! Nor can anybody write a clearance down, or open a session on nothing:
//!
//! ```compile_fail,E0451
//! use jiff::Timestamp;
//! use xystra_care::screening::{Assessment, Clearance};
//!
//! fn forge(assessment: Assessment, at: Timestamp) -> Clearance {
//!     Clearance { assessment, screened_at: at, expires_at: at }
//! }
//! ```
//!
//! ```compile_fail,E0061
//! let session = xystra_care::session::Session::open(1, jiff::Timestamp::UNIX_EPOCH);
//! ```
//!
//! Invariant: pure. No input or output, no clock, no random numbers, no solver; `now` is an argument.

pub mod advice;
pub mod appointment;
pub mod client;
pub mod consent;
pub mod decision;
pub mod entry;
pub mod error;
pub mod facts;
pub mod finding;
pub mod id;
pub mod intake;
pub mod keeping;
pub mod measurement;
pub mod merge;
pub mod note;
pub mod outcome;
pub mod plan;
pub mod practice;
pub mod record;
pub mod response;
pub mod role;
pub mod screening;
pub mod session;

pub use entry::Entry;
pub use error::{FieldError, Refusal};
pub use record::Record;
