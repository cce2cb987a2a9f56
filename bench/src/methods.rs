//! The generated figures and tables of docs/methods: the equations as they stand, and what the model answers to plain questions.

pub mod bruising;
pub mod claims;
pub mod course;
pub mod depth;
pub mod equations;
pub mod figure;
pub mod schedules;
pub mod session;

/// Where the pages, their figures and the question files lie.
pub const FOLDER: &str = "docs/methods";
