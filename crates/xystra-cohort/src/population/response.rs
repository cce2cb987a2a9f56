//! How strongly a person responds to strokes, by the mean person whom the studies found: nothing at all in some, harm in a few.

use std::sync::OnceLock;

use crate::draw::{normal_below, quantile};
use crate::population::assumption::value;

/// The distribution of responses over people: a spike at exactly 0, and a normal one between two ends whose middle makes the mean over all
/// people 1. Its numbers are those of `data/cohort/population.toml`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Response {
    none: f64,
    middle: f64,
    spread: f64,
    ends: [f64; 2],
}

/// Beyond this many standard deviations nobody is.
const FAR: f64 = 7.0;

impl Response {
    /// The one of the embedded data.
    pub(super) fn known() -> Self {
        static RESPONSE: OnceLock<Response> = OnceLock::new();
        *RESPONSE.get_or_init(|| {
            let ends = [value("response-least"), value("response-most")];
            Self::new(value("response-none"), value("response-spread"), ends)
        })
    }

    fn new(none: f64, spread: f64, ends: [f64; 2]) -> Self {
        let (mut below, mut above) = (ends[0], ends[1] + 10.0 * spread);
        for _ in 0..60 {
            let middle = f64::midpoint(below, above);
            if (1.0 - none) * mean(middle, spread, ends) < 1.0 { below = middle } else { above = middle }
        }
        Self { none, middle: f64::midpoint(below, above), spread, ends }
    }

    /// The response of a person at `z` standard deviations: it rises with `z`.
    pub(super) fn at(&self, z: f64) -> f64 {
        let chance = normal_below(z.clamp(-FAR, FAR));
        let harmed = (1.0 - self.none) * normal_below(-self.middle / self.spread);
        let responding = match chance {
            below if below < harmed => below,
            within if within < harmed + self.none => return 0.0,
            above => above - self.none,
        };
        let z = quantile(responding / (1.0 - self.none));
        (self.middle + self.spread * z).clamp(self.ends[0], self.ends[1])
    }
}

/// Mean of a normal number that is held between two ends.
fn mean(middle: f64, spread: f64, [least, most]: [f64; 2]) -> f64 {
    let [low, high] = [(least - middle) / spread, (most - middle) / spread];
    let density = |z: f64| (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt();
    let inside = normal_below(high) - normal_below(low);
    least * normal_below(low)
        + most * (1.0 - normal_below(high))
        + middle * inside
        + spread * (density(low) - density(high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Draw;

    fn drawn() -> Vec<f64> {
        let draw = Draw::of(11, "response");
        (0..200_000).map(|i| Response::known().at(draw.normal(i))).collect()
    }

    #[test]
    fn the_mean_person_responds_as_the_studies_found() {
        let mean = drawn().iter().sum::<f64>() / 200_000.0;
        assert!((mean - 1.0).abs() < 0.005, "{mean}");
    }

    #[test]
    fn as_many_as_the_data_say_do_not_respond_at_all_and_few_are_harmed() {
        let all = drawn();
        let share = |is: fn(&f64) -> bool| all.iter().filter(|r| is(r)).count() as f64 / 200_000.0;
        let (none, harmed) = (share(|r| *r == 0.0), share(|r| *r < 0.0));
        assert!((none - value("response-none")).abs() < 0.003, "{none}");
        assert!(harmed > 0.005 && harmed < 0.1, "{harmed}");
    }

    #[test]
    fn responses_rise_and_stay_between_their_ends() {
        let all: Vec<f64> = (-80..=80).map(|k| Response::known().at(f64::from(k) / 10.0)).collect();
        assert!(all.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(all[0] >= value("response-least") && all[160] <= value("response-most"));
    }
}
