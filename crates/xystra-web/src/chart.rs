//! Charts as SVG: classes only, so that they follow the theme under a strict content security policy.
//!
//! Each is an image with an accessible name that states the finding; the page shows the same as a table beside it.
//! What was observed or published is drawn as such; what virtual clients say is drawn as a band, and says so.

mod beside;
#[cfg(test)]
mod check;
mod contour;
mod course;
mod hours;
mod intervals;
mod multiple;
mod outlook;
mod parts;
mod prov;
mod ribbon;
mod section;
mod spark;
mod strip;
mod thin;
mod timeline;

pub use beside::{Beside, beside, ends};
pub use contour::Grid;
pub use course::{Counts, Course, Dot, Natural, course};
pub use hours::{Hours, hours};
pub use intervals::{Intervals, Mark, Row, intervals};
pub use multiple::{Multiple, multiple};
pub use outlook::{Ahead, Outlook, outlook};
pub use parts::{Parts, parts};
pub use prov::prov;
pub use ribbon::Ribbon;
pub use section::{Band, DEPTH_MM, HALF_WIDTH_MM, Place, Section, Tool, section};
pub use spark::{Spark, spark};
pub use strip::{Strip, strip};
pub use xystra_dose::picture::{Anchor, Scale, Svg, nice_step};
