//! Charts as SVG: classes only, so that they follow the theme under a strict content security policy.
//!
//! Each is an image with an accessible name that states the finding; the page shows the same as a table beside it.
//! Nothing here forecasts: what is drawn was observed, or published.

mod course;
mod hours;
mod prov;
mod scale;
mod spark;
mod svg;

pub use course::{Counts, Course, Dot, Natural, course};
pub use hours::{Hours, hours};
pub use prov::prov;
pub use scale::{Scale, nice_step};
pub use spark::{Spark, spark};
pub use svg::{Anchor, Svg};
