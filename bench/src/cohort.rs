//! Very many courses at once beside libroadrunner, COPASI, SciPy and diffrax.

pub mod compare;
pub mod count;
pub mod curve;
pub mod error;
pub mod figure;
pub mod ours;
pub mod outlook;
pub mod peak;
pub mod peers;
pub mod processor;
pub mod trial;
pub mod widths;
