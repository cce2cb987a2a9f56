//! Charts as SVG: classes only, so that they follow the theme under a strict content security policy.
//!
//! Each is an image with an accessible name that states the finding; the page shows the same as a table beside it.
//! Nothing here forecasts: what is drawn was observed, or published.

#[cfg(test)]
mod check;
mod course;
mod hours;
mod prov;
mod spark;

pub use course::{Counts, Course, Dot, Natural, course};
pub use hours::{Hours, hours};
pub use prov::prov;
pub use spark::{Spark, spark};
pub use xystra_dose::picture::{Anchor, Scale, Svg, nice_step};
