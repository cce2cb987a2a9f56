//! How hard strokes were, and what they do to the tissue looked at.

use xystra_dose::Provenance;
use xystra_tissue::contact::Edge;
use xystra_tissue::library::Tissue;
use xystra_tissue::remodel::Touch;

use crate::Error;
use crate::case::Force;
use crate::numbers::{number, whole};

/// Standard normal quantile of the ends within which nine of ten lie.
const Z_90: f64 = 1.645;

/// Forces of the table: its ends, N, and how many.
const LEAST: f64 = 0.1;
const MOST: f64 = 120.0;
const COUNT: usize = 160;

/// What an edge does to the tissue, by force: worked out once, so that very many clients may ask.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Touches {
    edge: Edge,
    /// Pressure, kPa, fibre strain and shear strain, at forces that grow by the same factor.
    rows: Vec<[f64; 3]>,
}

impl Touches {
    pub(super) fn of(tissue: &Tissue, edge: &Edge) -> Result<Self, Error> {
        let row = |k: usize| {
            let touch = Touch::of(tissue, edge, LEAST * (step() * k as f64).exp())?;
            Ok([touch.pressure_kpa, touch.fibre, touch.shear])
        };
        Ok(Self { edge: *edge, rows: (0..COUNT).map(row).collect::<Result<_, Error>>()? })
    }

    pub(super) fn is_of(&self, edge: &Edge) -> bool {
        self.edge == *edge
    }

    /// At the natural logarithm of a force, N.
    pub(super) fn at(&self, ln_newton: f64) -> [f64; 3] {
        let place = ((ln_newton - LEAST.ln()) / step()).clamp(0.0, (COUNT - 1) as f64);
        let low = whole(place).min(COUNT - 2);
        let share = place - low as f64;
        std::array::from_fn(|k| self.rows[low][k] + share * (self.rows[low + 1][k] - self.rows[low][k]))
    }
}

fn step() -> f64 {
    (MOST / LEAST).ln() / (COUNT - 1) as f64
}

/// A force as a lognormal number: what all sessions share, the clinician's hand, and what each has of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Firmness {
    middle: f64,
    hand: f64,
    own: f64,
}

impl Firmness {
    /// A sensor's doubt is each session's own; that of a band or a guess is mostly how this clinician presses.
    ///
    /// # Errors
    /// A force that is not above 0, or ends that do not hold it.
    pub(super) fn of(force: &Force) -> Result<Self, Error> {
        let Force { newton, low, high, .. } = *force;
        if !(low > 0.0 && low <= newton && newton <= high && high.is_finite()) {
            let must = "above 0, with `low` no more and `high` no less";
            return Err(Error::Number { field: "force, N".to_owned(), value: newton, must });
        }
        let spread = (high / low).ln() / (2.0 * Z_90);
        let same = if force.provenance == Provenance::Measured { 0.0 } else { number("same-hand") };
        Ok(Self { middle: newton.ln(), hand: spread * same.sqrt(), own: spread * (1.0 - same).sqrt() })
    }

    /// Natural logarithm of the force, N, by the coordinates of the hand and of the session.
    pub(super) fn ln_newton(&self, hand: f64, own: f64) -> f64 {
        self.middle + self.hand * hand + self.own * own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example;

    #[test]
    fn the_table_gives_what_the_contact_model_gives() {
        let tissue = xystra_tissue::library().tissue("human-neck").unwrap();
        let touches = Touches::of(tissue, &example::EDGE).unwrap();
        for force in [0.7, 3.1, 5.9, 20.0_f64] {
            let (found, wanted) = (touches.at(force.ln()), Touch::of(tissue, &example::EDGE, force).unwrap());
            assert!((found[0] / wanted.pressure_kpa - 1.0).abs() < 0.005, "{force} {found:?} {wanted:?}");
            assert!((found[1] - wanted.fibre).abs() < 0.01 * wanted.fibre, "{force} {found:?} {wanted:?}");
        }
    }

    #[test]
    fn nine_of_ten_forces_lie_between_the_ends() {
        let force = Force { newton: 4.5, low: 3.0, high: 6.75, provenance: Provenance::Banded };
        let firmness = Firmness::of(&force).unwrap();
        let high = firmness.ln_newton(Z_90 * 0.9_f64.sqrt(), Z_90 * 0.1_f64.sqrt());
        assert!((high.exp() / 6.75 - 1.0).abs() < 1e-9);
        let measured = Firmness::of(&Force { provenance: Provenance::Measured, ..force }).unwrap();
        assert!(measured.ln_newton(3.0, 0.0).to_bits() == measured.ln_newton(0.0, 0.0).to_bits());
    }

    #[test]
    fn a_force_of_nothing_is_refused() {
        let force = Force { newton: 0.0, low: 0.0, high: 1.0, provenance: Provenance::Guessed };
        assert!(Firmness::of(&force).unwrap_err().to_string().contains("force, N"));
    }
}
