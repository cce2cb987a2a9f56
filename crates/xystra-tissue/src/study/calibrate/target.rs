//! A finding as something to hit: what the simulated number is held against, and how firmly.

use crate::error::Error;
use crate::study::Study;
use crate::study::calibrate::scale::{Scale, scale};
use crate::study::endpoint::{Endpoint, Kind};
use crate::study::quantity::quantity;

/// A verified finding of one study.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Target {
    /// Which endpoint of its study.
    pub(super) endpoint: usize,
    /// In what measure studies differ about it.
    pub(super) scale: Scale,
    /// Was the standard error taken from the width of the band, since the paper gives none?
    pub(super) assumed: bool,
    aim: Aim,
    error: f64,
    /// How many trials it pools.
    trials: f64,
    band: [f64; 2],
}

/// Where the simulated number should lie.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Aim {
    /// Here, give or take the error.
    Near(f64),
    /// At least a margin above this.
    Above(f64),
    /// At least a margin below this.
    Below(f64),
    /// Between these, and not close to an end.
    Within(f64, f64),
}

/// Standard normal quantile of a 95 % interval.
const Z_95: f64 = 1.96;
/// Residual where the model has no such number, such as a half-life of what does not fall.
const NO_NUMBER: f64 = 4.0;

/// Degrees of freedom of the distribution between studies: few, since single studies lie far out (Lange and others 1989 take 4).
const TAIL: f64 = 4.0;

/// The verified endpoints of a study that can be judged.
pub(super) fn targets(study: &Study) -> Result<Vec<Target>, Error> {
    let counted = study.endpoints.iter().enumerate().filter(|(_, endpoint)| endpoint.verified);
    let found = counted.map(|(index, endpoint)| Target::of(study, index, endpoint));
    found.filter_map(Result::transpose).collect()
}

impl Target {
    fn of(study: &Study, index: usize, endpoint: &Endpoint) -> Result<Option<Self>, Error> {
        let quantity = quantity(&endpoint.quantity)?;
        let Some(band) = endpoint.judged_by(&study.sizes(endpoint)) else { return Ok(None) };
        let Some((aim, error, assumed)) = aim(study, endpoint, band) else { return Ok(None) };
        let scale = scale(study, endpoint, quantity, aim.level());
        Ok(Some(Self { endpoint: index, scale, assumed, aim, error, trials: study.about.trials.max(1) as f64, band }))
    }

    /// How far `simulated` is off, in standard deviations; `between` is the deviation between studies on this scale.
    pub(super) fn residual(&self, simulated: f64, between: f64) -> f64 {
        let deviation = self.deviation(between);
        let missing = match self.aim {
            _ if !simulated.is_finite() => return NO_NUMBER,
            Aim::Near(middle) => return heavy((simulated - middle) / deviation),
            Aim::Above(low) => low - simulated,
            Aim::Below(high) => simulated - high,
            Aim::Within(low, high) => f64::max(low - simulated, simulated - high),
        };
        heavy(ramp(missing / deviation + 1.0))
    }

    /// Does a simulated number lie inside the band?
    pub(super) fn is_met(&self, simulated: f64) -> bool {
        (self.band[0]..=self.band[1]).contains(&simulated)
    }

    /// Is it a number to be near? Only such tell how far studies lie apart.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.aim, Aim::Near(_))
    }

    /// What counts as one standard deviation, in the unit of the endpoint: that of the finding and that between studies, which a pool of
    /// several has averaged out. A gap is its own tolerance.
    pub(super) fn deviation(&self, between: f64) -> f64 {
        match self.aim {
            Aim::Within(..) => self.error,
            _ => self.error.hypot(between * self.scale.size / self.trials.sqrt()),
        }
    }
}

impl Aim {
    /// The level that it is about.
    fn level(self) -> f64 {
        match self {
            Self::Near(level) | Self::Above(level) | Self::Below(level) => level,
            Self::Within(low, high) => f64::midpoint(low, high),
        }
    }
}

/// Aim, standard error, and whether that had to be taken from the band.
fn aim(study: &Study, endpoint: &Endpoint, [low, high]: [f64; 2]) -> Option<(Aim, f64, bool)> {
    let error = endpoint.standard_error(&study.sizes(endpoint));
    match (endpoint.published, error) {
        // A fall to two deviations at the end of the gap, as for a number whose interval the gap is.
        _ if endpoint.kind == Kind::Equivalence => Some((Aim::Within(low, high), (high - low) / (4.0 * Z_95), true)),
        _ if endpoint.kind == Kind::Order => Some((Aim::Above(low), error.unwrap_or(0.0), error.is_none())),
        (Some(published), Some(error)) => Some((Aim::Near(published), error, false)),
        (published, None) if low.is_finite() && high.is_finite() => {
            let middle = published.unwrap_or(f64::midpoint(low, high));
            Some((Aim::Near(middle), (high - low) / (2.0 * Z_95), true))
        }
        _ if low.is_finite() && high.is_finite() => Some((Aim::Near(f64::midpoint(low, high)), error?, false)),
        _ if low.is_finite() => Some((Aim::Above(low), error.unwrap_or(0.0), error.is_none())),
        _ if high.is_finite() => Some((Aim::Below(high), error.unwrap_or(0.0), error.is_none())),
        _ => None,
    }
}

/// The residual whose square is the deviance of Student's t with [`TAIL`] degrees of freedom: one odd study cannot drag all others.
fn heavy(residual: f64) -> f64 {
    (TAIL * (residual * residual / TAIL).ln_1p()).sqrt().copysign(residual)
}

/// 0 below 0, then a parabola that goes over into a line of slope 1 without a kink.
fn ramp(x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < 1.0 {
        0.5 * x * x
    } else {
        x - 0.5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(endpoint: &str) -> Target {
        let text = format!(
            "study = {{ id = \"s\", title = \"S\", tissue = \"human-muscle\" }}\n[subjects]\nn = 16\n\
             [[arm]]\nid = \"a\"\ncomparator = \"treatment\"\n[[arm]]\nid = \"b\"\ncomparator = \"sham\"\n\
             [[endpoint]]\nid = \"e\"\nquantity = \"motion\"\nat = \"1 d\"\nverified = true\n{endpoint}"
        );
        targets(&Study::parse("s.toml", &text).expect("a study")).expect("targets").remove(0)
    }

    #[test]
    fn a_number_is_off_by_its_error_and_the_studies_deviation() {
        let number = target("kind = \"value\"\narm = \"a\"\npublished = 10\nse = 3");
        assert!((number.residual(13.0, 0.0) - heavy(1.0)).abs() < 1e-12);
        assert!((number.residual(15.0, 4.0) - heavy(1.0)).abs() < 1e-12);
        assert!((number.residual(f64::NAN, 4.0) - NO_NUMBER).abs() < 1e-12);
    }

    #[test]
    fn a_band_stands_in_for_an_error_that_is_not_given() {
        let number = target("kind = \"value\"\narm = \"a\"\npublished = 10\nband = [8, 12]");
        assert!(number.assumed && (number.residual(12.0, 0.0) - heavy(Z_95)).abs() < 1e-12);
    }

    #[test]
    fn a_direction_is_met_with_a_margin_and_missed_without() {
        let above = target("kind = \"difference\"\narm = \"a\"\nagainst = \"b\"\nband = [0, inf]\nse = 1");
        assert!(above.residual(1.0, 0.0) == 0.0 && above.residual(0.5, 0.0) > 0.0);
        assert!(above.residual(-1.0, 0.0) > 1.2 && above.residual(-3.0, 0.0) > above.residual(-2.0, 0.0));
    }

    #[test]
    fn no_difference_weighs_as_much_as_a_difference() {
        let none = target("kind = \"equivalence\"\narm = \"a\"\nagainst = \"b\"\ngap = 2");
        let some = target("kind = \"difference\"\narm = \"a\"\nagainst = \"b\"\npublished = 2\nband = [0, 4]");
        assert!(none.residual(0.0, 2.0) == 0.0 && none.residual(-0.5, 2.0) == 0.0);
        let (missed, expected) = (none.residual(4.0, 2.0), some.residual(6.0, 0.0));
        assert!((missed / expected - 1.0).abs() < 0.4, "{missed} {expected}");
        assert!((none.residual(4.0, 0.0) - none.residual(-4.0, 0.0)).abs() < 1e-12);
    }

    #[test]
    fn near_residuals_are_as_they_are_and_far_ones_are_drawn_in() {
        assert!((heavy(0.1) - 0.1).abs() < 1e-3 && (heavy(-0.1) + 0.1).abs() < 1e-3);
        assert!(heavy(10.0) < 4.0 && heavy(20.0) > heavy(10.0));
    }

    #[test]
    fn the_ramp_has_no_kink() {
        for x in [0.0, 1.0] {
            let slope = |x: f64| (ramp(x + 1e-6) - ramp(x)) / 1e-6;
            assert!((slope(x) - slope(x - 1e-6)).abs() < 1e-5);
        }
    }
}
