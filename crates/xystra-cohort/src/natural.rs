//! How a complaint goes by itself, or in usual care: fast at first, then level on a plateau above zero, and different in everybody.
//!
//! One person: `level(t) = entry * (plateau + (1 - plateau) * exp(-rate * t))` on 0-10, measured with an error of the person's own. People:
//! a joint normal over four coordinates. The course in physiotherapy of neck pain is fitted on real people; others are set by us so
//! that they meet what was published, and where nothing was, the band is very wide and says so. See docs/methods/natural-course.md.

mod cloud;
mod file;
pub mod fit;
mod fitted;
mod level;
pub mod missing;
pub mod neck;
mod question;

pub use cloud::Visit;
pub use file::assumptions;
pub use fitted::{Fitted, fitted};
pub use level::Natural;
pub use question::Question;

use xystra_catalog::Status;
use xystra_catalog::condition::{Arm, NaturalCourse};

use crate::Error;
use file::{Row, file, number};

/// Who looks after the complaint, beside the strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Nobody: waiting.
    Untreated,
    /// What is usual: advice, exercise, physiotherapy.
    UsualCare,
}

/// What is known of somebody's natural course before it is watched.
///
/// Coordinates: the level at entry (0-10), the logarithm of the rate (per hour), the logit of the plateau (share of the entry level that
/// stays), the logarithm of the standard deviation of one observation about the course (points of 10). What is observed is the level with a
/// normal error, in the steps of the scale and within it; [`Question`] says it exactly, with `gate`.
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// The middle person.
    pub mean: [f64; 4],
    /// Lower Cholesky factor of the covariance between people.
    pub factor: [[f64; 4]; 4],
    /// Below this level, with its error, people say that there is no pain at all; points of 10. 0 for an ordinary censored normal.
    pub gate: f64,
    /// Has anybody measured such a course? If not, the band is very wide.
    pub known: bool,
    /// What is known, in a plain sentence or two.
    pub says: String,
    /// Key into `data/references.bib` of what the middle rests on; `xystra` where it is ours.
    pub source: String,
    /// Were its numbers read there, or computed from the data it names?
    pub status: Status,
}

impl Prior {
    /// The person at four standard normal coordinates; zeros give the middle person.
    pub fn person(&self, z: [f64; 4]) -> Natural {
        let coordinate =
            |row: usize| self.mean[row] + self.factor[row].iter().zip(z).map(|(factor, z)| factor * z).sum::<f64>();
        Natural::of([0, 1, 2, 3].map(coordinate))
    }
}

/// The natural course of a condition of `data/catalog/conditions`, for somebody whose complaint had lasted `entry_weeks` at entry (`None`:
/// nobody knows).
///
/// # Errors
/// A condition that there is not, or a duration that is no number of weeks.
pub fn prior(course: &str, entry_weeks: Option<f64>, care: Care) -> Result<Prior, Error> {
    check(entry_weeks)?;
    let entry = file().condition.iter().find(|entry| entry.id == course).ok_or_else(|| unknown(course))?;
    let condition = xystra_catalog::catalog().condition(course).ok_or_else(|| unknown(course))?;
    let fitted = fitted(course).filter(|_| entry_weeks.is_none_or(|weeks| weeks < file::RECENT_WEEKS));
    let usual = match fitted {
        Some(fitted) => fitted.prior(entry_weeks),
        None => assumed(entry, entry_weeks, &condition.natural_course),
    };
    let is_untreated = matches!(condition.natural_course.arm, Arm::Untreated | Arm::Placebo | Arm::None);
    Ok(if care == Care::Untreated && !is_untreated { untreated(usual) } else { usual })
}

fn check(entry_weeks: Option<f64>) -> Result<(), Error> {
    match entry_weeks.filter(|weeks| !(*weeks >= 0.0 && weeks.is_finite())) {
        Some(value) => Err(Error::Number {
            field: "duration at entry, weeks".to_owned(),
            value,
            must: "0 or more; leave it out where nobody knows",
        }),
        None => Ok(()),
    }
}

fn unknown(course: &str) -> Error {
    let known: Vec<&str> = file().condition.iter().map(|entry| entry.id.as_str()).collect();
    Error::Unknown { what: "condition", key: course.to_owned(), known: known.join(", ") }
}

/// A course that we set ourselves.
fn assumed(entry: &Row, entry_weeks: Option<f64>, said: &NaturalCourse) -> Prior {
    let class = entry.class(entry_weeks);
    let [late_rate, late_plateau] = class.lateness(entry_weeks);
    let widen = entry.widen * entry.doubt(entry_weeks);
    let mean =
        [entry.entry, class.ln_rate() + late_rate, level::logit(class.plateau) + late_plateau, number("noise").ln()];
    let deviations = [number("entry-sd"), number("rate-sd") * widen, number("plateau-sd") * widen, number("noise-sd")];
    let factor = [0, 1, 2, 3].map(|row| [0, 1, 2, 3].map(|column| if row == column { deviations[row] } else { 0.0 }));
    Prior {
        mean,
        factor,
        gate: number("gate"),
        known: entry.known,
        says: said.says.clone(),
        source: class.source.clone(),
        status: class.status,
    }
}

/// The same people with nobody to treat them: slower, higher and wider by amounts of ours.
fn untreated(usual: Prior) -> Prior {
    let mut prior = usual;
    prior.mean[1] -= number("untreated-slower").ln();
    prior.mean[2] += number("untreated-plateau");
    for row in [1, 2] {
        prior.factor[row] = prior.factor[row].map(|value| value * number("untreated-wider"));
    }
    prior.says += " Those are people in care: untreated is taken to be slower, higher and wider by amounts of ours.";
    "xystra".clone_into(&mut prior.source);
    prior.status = Status::Unverified;
    prior
}
