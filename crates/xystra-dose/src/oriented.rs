//! A source whose samples carry an orientation wherever one can be known.

use crate::attitude::Tracker;
use crate::constants::{PART, SWING, SWING_SHARE};
use crate::error::Error;
use crate::gravity::{mass_of, specific_force};
use crate::quality::Issue;
use crate::rotation::to_tool;
use crate::samples::{Quaternion, Samples};
use crate::source::{Header, Source};
use crate::vector::{Vec3, dot, median, norm, quantile, sub};

/// Fills in the orientation from angular rate and acceleration when the recording has none of its own.
pub(crate) struct Oriented<'a> {
    source: &'a mut dyn Source,
    tracker: Option<Tracker>,
}

impl<'a> Oriented<'a> {
    pub(crate) fn new(source: &'a mut dyn Source) -> Self {
        Self { source, tracker: None }
    }

    /// Mass of the tool beyond the sensor, kg, signed as the sensor shows it: as stated, or from quiet parts of the first ten
    /// minutes in which the tool is held in several attitudes.
    pub(crate) fn mass_kg(&mut self, stated_kg: Option<f64>) -> Result<Option<f64>, Error> {
        self.rewind()?;
        let mut first = Samples::default();
        while let Some(more) = self.next_samples()? {
            if more.orientation.is_empty() && more.acceleration_m_s2.is_empty() {
                return Ok(None);
            }
            first.append(&more);
            if first.time_s.last().is_some_and(|t| *t > PART.value) {
                break;
            }
        }
        if first.force_n.is_empty() {
            return Ok(None);
        }
        let found_kg = mass_of(&first, &first.orientation).map(|mass| mass.value);
        let sign =
            |kg: f64| found_kg.map(f64::signum).or(sign_of_swing(&first, kg)).unwrap_or(sign_of_pressing(&first));
        Ok(stated_kg.map(|kg| sign(kg) * kg).or(found_kg))
    }
}

/// 1 when the force falls as the specific force of a mass of `kg` grows, -1 when it grows with it; none when the two hardly move
/// together. Only changes that such a mass can make are looked at.
fn sign_of_swing(samples: &Samples, kg: f64) -> Option<f64> {
    let felt = specific_force(samples, &samples.orientation);
    let reach = crate::vector::samples(SWING.value, samples.step_s()).max(1);
    let change = |values: &[Vec3], i: usize| sub(values[i + reach], values[i]);
    let (mut together, mut alone) = (0.0, 0.0);
    for i in 0..felt.len().saturating_sub(reach) {
        let (force_n, swing) = (change(&samples.force_n, i), change(&felt, i));
        if norm(force_n) <= 2.0 * kg * norm(swing) {
            together += dot(force_n, swing);
            alone += kg * dot(swing, swing);
        }
    }
    (together.abs() >= SWING_SHARE.value * alone && alone > 0.0).then(|| -together.signum())
}

/// 1 when the sensor shows the skin's push on the tool (up, while the weight shows down), -1 when it shows the tool's push on
/// the skin.
fn sign_of_pressing(samples: &Samples) -> f64 {
    if samples.orientation.is_empty() {
        return 1.0;
    }
    let level_n: Vec3 = std::array::from_fn(|axis| median(samples.force_n.iter().map(|f| f[axis]).collect()));
    let over_n: Vec<Vec3> = samples.force_n.iter().map(|f| sub(*f, level_n)).collect();
    let hard_n = quantile(over_n.iter().map(|f| norm(*f)).collect(), 0.8);
    let up = |q: &Quaternion| to_tool(*q, [0.0, 0.0, 1.0]);
    let pressed = over_n.iter().zip(&samples.orientation).filter(|(f, _)| norm(**f) >= hard_n);
    let upwards_n: f64 = pressed.map(|(f, q)| dot(*f, up(q))).sum();
    if upwards_n < 0.0 { -1.0 } else { 1.0 }
}

impl Source for Oriented<'_> {
    fn header(&self) -> &Header {
        self.source.header()
    }

    fn next_samples(&mut self) -> Result<Option<Samples>, Error> {
        let Some(mut samples) = self.source.next_samples()? else { return Ok(None) };
        if samples.orientation.is_empty() {
            self.tracker = self.tracker.take().or_else(|| Tracker::new(&samples));
            samples.orientation = self.tracker.as_mut().map(|tracker| tracker.follow(&samples)).unwrap_or_default();
        }
        Ok(Some(samples))
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.tracker = None;
        self.source.rewind()
    }

    fn issues(&self) -> Vec<Issue> {
        self.source.issues()
    }

    fn progress(&self) -> Option<f64> {
        self.source.progress()
    }
}
