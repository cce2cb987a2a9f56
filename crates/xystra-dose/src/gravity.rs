//! The tool's own weight in the force.
//!
//! A force sensor between hand and tip carries what lies beyond it. While a mass `m` (kg) beyond the sensor feels the specific
//! force `f` (what an accelerometer shows: 9.8 m/s2 upwards at rest, both by the tool's axes), the sensor shows
//! `contact - m f`: at rest the weight, which points down, and in motion the inertia too. A sensor that shows the reaction
//! instead has all signs turned; then `m` is negative here, so that one formula serves both.

mod hold;

use crate::attitude::has_gravity;
use crate::constants::{GRAVITY, MASS_DOUBT, MASS_HOLDS, MASS_MISFIT, MASS_SPAN};
use crate::estimate::Estimate;
use crate::gravity::hold::Hold;
use crate::rotation::to_tool;
use crate::samples::{Quaternion, Samples};
use crate::vector::{Vec3, add, dot, norm, quantile, scale, sub};

/// What the mass `mass_kg` beyond the sensor adds to the force at each sample, N by the tool's axes: what to take off. Only along
/// axes that have a force.
///
/// From the acceleration when it holds gravity (weight and inertia), else from `orientation` (unit quaternions, tool to room, one a
/// sample; weight, and inertia from an acceleration without gravity). Empty when neither is known.
pub fn weight_n(samples: &Samples, orientation: &[Quaternion], mass_kg: f64) -> Vec<Vec3> {
    let exists = axes(samples);
    let weight = |f: Vec3| std::array::from_fn(|axis| if exists[axis] { -mass_kg * f[axis] } else { 0.0 });
    specific_force(samples, orientation).into_iter().map(weight).collect()
}

/// The mass beyond the sensor, kg, from the force while the tool is held still in several attitudes: least squares against the
/// specific force with the resting level free, held pressures left out. Negative for a sensor that shows the reaction.
///
/// None unless the attitudes differ by enough, the forces fit, and the mass stands out of its doubt.
pub fn mass_of(samples: &Samples, orientation: &[Quaternion]) -> Option<Estimate> {
    let felt = specific_force(samples, orientation);
    let exists = axes(samples);
    let holds: Vec<Hold> = hold::holds(samples, &felt).into_iter().map(|hold| hold.along(exists)).collect();
    let fit = Fit::to(&kept(holds))?;
    let count = exists.iter().filter(|axis| **axis).count();
    fit.estimate(count)
}

/// The stated mass with the sign that the sensor's own convention asks for: turned when the resting forces say so.
pub fn signed_kg(samples: &Samples, orientation: &[Quaternion], stated_kg: f64) -> f64 {
    let turned = mass_of(samples, orientation).is_some_and(|found| found.value < 0.0);
    if turned { -stated_kg } else { stated_kg }
}

/// The resting force as a straight line of the specific force.
#[derive(Debug, Clone, Copy)]
struct Fit {
    level_n: Vec3,
    mass_kg: f64,
    /// Sum of the squared distances of the specific forces from their mean.
    squares: f64,
    misfit: f64,
    holds: f64,
}

impl Fit {
    /// By weighted least squares; none when the attitudes do not differ enough.
    fn weighted(holds: &[Hold], weights: &[f64]) -> Option<Self> {
        let total: f64 = weights.iter().sum();
        let middle = |value: fn(&Hold) -> Vec3| {
            let sum = holds.iter().zip(weights).fold([0.0; 3], |sum, (hold, w)| add(sum, scale(value(hold), *w)));
            scale(sum, 1.0 / total)
        };
        let (force, felt) = (middle(|hold| hold.force_n), middle(|hold| hold.felt));
        let product = |(hold, w): (&Hold, &f64)| {
            let away = sub(hold.felt, felt);
            (w * dot(away, away), w * dot(away, sub(hold.force_n, force)))
        };
        let (squares, products) =
            holds.iter().zip(weights).map(product).fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        let mass_kg = -products / squares;
        let level_n = add(force, scale(felt, mass_kg));
        let fit = Self { level_n, mass_kg, squares, misfit: 0.0, holds: holds.len() as f64 };
        let misfit = holds.iter().zip(weights).map(|(hold, w)| w * fit.off_n(hold).powi(2)).sum();
        (squares > total * (MASS_SPAN.value * GRAVITY.value).powi(2)).then_some(Self { misfit, ..fit })
    }

    fn to(holds: &[Hold]) -> Option<Self> {
        Self::weighted(holds, &vec![1.0; holds.len()])
    }

    /// Distance of a hold's force from the line, N.
    fn off_n(&self, hold: &Hold) -> f64 {
        norm(sub(hold.force_n, sub(self.level_n, scale(hold.felt, self.mass_kg))))
    }

    /// The mass with its doubt from the misfit, when both are good enough. `axes` of force are known.
    fn estimate(&self, axes: usize) -> Option<Estimate> {
        let free = axes as f64 * (self.holds - 1.0) - 1.0;
        let doubt_kg = (self.misfit / free / self.squares).sqrt();
        let misfit_n = (self.misfit / self.holds).sqrt();
        let fits = self.holds >= MASS_HOLDS.value
            && misfit_n < MASS_MISFIT.value
            && doubt_kg < MASS_DOUBT.value * self.mass_kg.abs();
        fits.then(|| Estimate::normal(self.mass_kg, doubt_kg))
    }
}

/// The holds that lie on one line, without those that press: first the line with the least sum of distances, which few outliers
/// hardly move, then those near it.
fn kept(holds: Vec<Hold>) -> Vec<Hold> {
    let mut weights = vec![1.0; holds.len()];
    let mut off_n = vec![0.0; holds.len()];
    for _ in 0..30 {
        let Some(fit) = Fit::weighted(&holds, &weights) else { break };
        off_n = holds.iter().map(|hold| fit.off_n(hold)).collect();
        weights = off_n.iter().map(|off_n| 1.0 / off_n.max(0.01)).collect();
    }
    let limit_n = (3.0 * quantile(off_n.clone(), 0.5)).clamp(0.05, 3.0 * MASS_MISFIT.value);
    holds.into_iter().zip(off_n).filter(|(_, off_n)| *off_n <= limit_n).map(|(hold, _)| hold).collect()
}

/// The specific force by the tool's axes at each sample, m/s2; empty when it is not known.
pub(crate) fn specific_force(samples: &Samples, orientation: &[Quaternion]) -> Vec<Vec3> {
    if !samples.acceleration_m_s2.is_empty() && has_gravity(samples) {
        return samples.acceleration_m_s2.clone();
    }
    if orientation.len() != samples.len() {
        return Vec::new();
    }
    let moved = |i: usize| samples.acceleration_m_s2.get(i).copied().unwrap_or_default();
    let up = [0.0, 0.0, GRAVITY.value];
    orientation.iter().enumerate().map(|(i, q)| add(to_tool(*q, up), moved(i))).collect()
}

/// Which axes have a force.
fn axes(samples: &Samples) -> [bool; 3] {
    std::array::from_fn(|axis| samples.force_n.iter().any(|f| f[axis] != 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rotation::{about, after};

    /// Holds of 2 s in six attitudes, a turn of 1 s between; two holds press. `sense` is -1 for a sensor that shows the reaction.
    fn tool(mass_kg: f64, sense: f64) -> (Samples, Vec<Vec3>) {
        let leans = [0.0_f64, 40.0, 80.0, -50.0, 20.0, -25.0];
        let lean = |t: f64| {
            let (from, to) = (leans[hold(t) % 6], leans[(hold(t) + 1) % 6]);
            from + (to - from) * (t % 3.0 - 2.0).max(0.0)
        };
        let turn = |t: f64| after(about([0.0, 0.6, 0.8], lean(t).to_radians()), about([1.0, 0.0, 0.0], 0.3));
        let time_s: Vec<f64> = (0..1800).map(|i| f64::from(i) * 0.01).collect();
        let press = |t: f64| if [2, 4].contains(&hold(t)) && t % 3.0 < 2.0 { [1.0, 0.5, -6.0] } else { [0.0; 3] };
        let noise = |t: f64| [0.02 * (311.0 * t).sin(), 0.02 * (457.0 * t).cos(), 0.02 * (523.0 * t).sin()];
        let weight = |t: f64| scale(to_tool(turn(t), [0.0, 0.0, GRAVITY.value]), -mass_kg);
        let shown = |t: &f64| add(add(scale(add(press(*t), weight(*t)), sense), noise(*t)), [0.7, -0.2, 1.1]);
        let samples = Samples {
            force_n: time_s.iter().map(shown).collect(),
            orientation: time_s.iter().map(|t| turn(*t)).collect(),
            time_s: time_s.clone(),
            ..Samples::default()
        };
        (samples, time_s.iter().map(|t| weight(*t)).collect())
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
    fn hold(t: f64) -> usize {
        (t / 3.0) as usize
    }

    #[test]
    fn the_mass_is_found_from_holds_in_several_attitudes_though_some_press() {
        for (mass_kg, sense) in [(0.25, 1.0), (0.25, -1.0), (0.08, 1.0)] {
            let (samples, _) = tool(mass_kg, sense);
            let found = mass_of(&samples, &samples.orientation).unwrap();
            assert!((found.value / (sense * mass_kg) - 1.0).abs() < 0.05, "{mass_kg} kg: {found:?}");
            assert!(found.width() < 0.3 * mass_kg, "{found:?}");
            assert!((signed_kg(&samples, &samples.orientation, 0.3) - 0.3 * sense).abs() < 1e-12);
        }
    }

    #[test]
    fn no_mass_is_found_where_there_is_none_or_where_the_attitude_stays() {
        let (weightless, _) = tool(0.0, 1.0);
        assert_eq!(mass_of(&weightless, &weightless.orientation), None);
        let (samples, _) = tool(0.25, 1.0);
        assert_eq!(mass_of(&samples, &vec![samples.orientation[0]; samples.len()]), None);
        assert_eq!(mass_of(&samples, &[]), None);
    }

    #[test]
    fn the_weight_is_what_gravity_adds() {
        let (samples, truth) = tool(0.25, 1.0);
        let weight = weight_n(&samples, &samples.orientation, 0.25);
        assert!(weight.iter().zip(&truth).all(|(a, b)| norm(sub(*a, *b)) < 1e-12));
        assert!(weight_n(&samples, &[], 0.25).is_empty());
    }

    #[test]
    fn an_accelerometer_gives_weight_and_inertia_without_an_orientation() {
        let felt = |i: u32| [0.5 * f64::from(i).sin(), 0.0, GRAVITY.value + f64::from(i).cos()];
        let contact = [0.0, 1.0, -4.0];
        let samples = Samples {
            time_s: (0..100).map(|i| f64::from(i) * 0.01).collect(),
            acceleration_m_s2: (0..100).map(felt).collect(),
            force_n: (0..100).map(|i| sub(contact, scale(felt(i), 0.2))).collect(),
            ..Samples::default()
        };
        let weight = weight_n(&samples, &[], 0.2);
        assert!(samples.force_n.iter().zip(&weight).all(|(f, w)| norm(sub(sub(*f, *w), contact)) < 1e-12));
    }

    #[test]
    fn a_force_of_one_axis_has_its_share_of_the_weight_only() {
        let (mut samples, truth) = tool(0.25, 1.0);
        samples.force_n.iter_mut().for_each(|f| (f[0], f[1]) = (0.0, 0.0));
        let weight = weight_n(&samples, &samples.orientation, 0.25);
        assert!(weight.iter().zip(&truth).all(|(a, b)| a[0] == 0.0 && a[1] == 0.0 && (a[2] - b[2]).abs() < 1e-12));
    }
}
