//! Joins the record with what is known: what a session delivered, how the client is doing beside what happens anyway, and
//! what the rules propose.
//!
//! ```
//! use xystra_care::practice::ForceUnit;
//! use xystra_care::session::{Application, Force};
//! use xystra_course::dosing::applied;
//!
//! # let region = "outer-elbow.back.left".parse()?;
//! # let target = xystra_care::plan::Target::Newton { low: 3.0, high: 5.0 };
//! # let planned = xystra_care::plan::Planned { region, instrument: String::new(), stroke: "sweep".into(), target, minutes: 3.0 };
//! // Nobody looked at the force, so it stays the range that clinicians press.
//! let application = Application { force: Force::Guessed, ..Application::planned(&planned) };
//! let dose = applied(&application, None, xystra_catalog::catalog());
//! assert_eq!(dose.words(ForceUnit::Newton), "4.5 N (1.6–10), 3 min");
//! # Ok::<(), xystra_catalog::atlas::RegionIdError>(())
//! ```
//!
//! Invariant: pure. No page, no database, no clock. The virtual clients of [`xystra_cohort`] forecast a client in [`outlook`]; [`loading`] runs the
//! model of tissue for a course that somebody thinks up. Nothing here changes a plan: a proposal becomes one only by a clinician, through
//! [`xystra_care::plan::Plan::new`].

mod assumed;
pub mod dosing;
mod error;
pub mod loading;
pub mod outlook;
pub mod proposal;
pub mod stepper;
pub mod today;
mod words;

pub use error::Error;
