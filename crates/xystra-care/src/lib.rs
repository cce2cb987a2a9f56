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
//! ```compile_fail
//! let plan = xystra_care::plan::Plan { draft: Default::default() };
//! ```
//!
//! Nor can anybody write a clearance down:
//!
//! ```compile_fail
//! let clearance = xystra_care::screening::Clearance { expires_at: jiff::Timestamp::now() };
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
pub mod measurement;
pub mod note;
pub mod outcome;
pub mod plan;
pub mod practice;
pub mod record;
pub mod response;
pub mod screening;
pub mod session;

pub use entry::Entry;
pub use error::{FieldError, Refusal};
pub use record::Record;
