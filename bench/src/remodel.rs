//! Courses of remodelling beside those of libroadrunner, COPASI and SciPy, and the published inflammation model beside ours.

pub mod parity;
pub mod peers;
pub mod person;
pub mod published;
pub mod sbml;
pub mod schedule;
pub mod speed;
