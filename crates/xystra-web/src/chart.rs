//! Charts as SVG: classes only, so that they follow the theme under a strict content security policy.
//!
//! Each is an image with an accessible name that states the finding; the page shows the same as a table beside it.
//! On a client's pages nothing forecasts: what is drawn there was observed, or published. In the lab a model is drawn, and says so.

#[cfg(test)]
mod check;
mod contour;
mod course;
mod hours;
mod multiple;
mod parts;
mod prov;
mod section;
mod spark;
mod strip;
mod thin;
mod timeline;

pub use contour::Grid;
pub use course::{Counts, Course, Dot, Natural, course};
pub use hours::{Hours, hours};
pub use multiple::{Multiple, multiple};
pub use parts::{Parts, parts};
pub use prov::prov;
pub use section::{Band, DEPTH_MM, HALF_WIDTH_MM, Place, Section, Tool, section};
pub use spark::{Spark, spark};
pub use strip::{Strip, strip};
pub use xystra_dose::picture::{Anchor, Scale, Svg, nice_step};
