//! Chance that anybody can repeat: every number is a function of the seed, of what is drawn and of the subject.

/// Draws for `size` subjects.
///
/// Each quantity is drawn by Latin hypercube: one subject in each of `size` slices of equal chance, in an order of its own. So means and
/// spreads of a small group come out nearly as they were asked for, and neither threads nor other arms matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draws {
    seed: u64,
    size: usize,
    even: bool,
}

impl Draws {
    /// Draws that depend on a seed.
    pub(super) fn seeded(seed: u64, size: usize) -> Self {
        Self { seed, size: size.max(1), even: false }
    }

    /// Draws from the middle of each slice, always the same.
    pub(super) fn even(size: usize) -> Self {
        Self { seed: 0, size: size.max(1), even: true }
    }

    /// The same in the orders of another seed.
    pub(super) fn ordered(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Are they the middles of slices, so that a few stand for many?
    pub(super) fn is_even(self) -> bool {
        self.even
    }

    /// How many subjects.
    pub(super) fn size(self) -> usize {
        self.size
    }

    /// Standard normal numbers of all subjects for the quantity `name`.
    pub(super) fn normal(self, name: &str) -> Vec<f64> {
        let key = mix(self.seed ^ name_hash(name));
        let mut order: Vec<usize> = (0..self.size).collect();
        order.sort_by_key(|slice| (mix(key.wrapping_add(*slice as u64)), *slice));
        order.iter().enumerate().map(|(subject, slice)| quantile(self.within(key, subject, *slice))).collect()
    }

    /// A place in the slice, from 0 to 1.
    fn within(self, key: u64, subject: usize, slice: usize) -> f64 {
        let share = if self.even { 0.5 } else { unit(mix(key ^ mix(subject as u64 + 1))) };
        (slice as f64 + share) / self.size as f64
    }
}

/// Mixes the bits of a number so that near ones come out far apart (the finaliser of SplitMix64, Steele and others 2014).
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| mix(hash ^ u64::from(byte)))
}

/// A number above 0 and below 1.
fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) / (1u64 << 52) as f64
}

/// The normal quantile, to about 1e-7 (Wichura 1988, AS 241, PPND7).
fn quantile(chance: f64) -> f64 {
    let q = chance - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        let top = [59.109_374_72, 159.291_132_02, 50.434_271_938, 3.387_132_717_9];
        return q * ratio(r, &top, &[67.187_563_6, 78.757_757_664, 17.895_169_469, 1.0]);
    }
    let tail = (-chance.min(1.0 - chance).ln()).sqrt();
    let size = if tail <= 5.0 {
        let top = [0.170_238_211_03, 1.306_728_481_6, 2.756_815_39, 1.423_437_277_7];
        ratio(tail - 1.6, &top, &[0.120_211_329_75, 0.737_001_642_5, 1.0])
    } else {
        let top = [0.017_337_203_997, 0.428_682_943_37, 3.081_226_386, 6.657_905_115];
        ratio(tail - 5.0, &top, &[0.012_258_202_635, 0.241_978_942_25, 1.0])
    };
    size.copysign(q)
}

/// One polynomial by another, highest powers first.
fn ratio(x: f64, top: &[f64], bottom: &[f64]) -> f64 {
    let value = |factors: &[f64]| factors.iter().fold(0.0, |sum, factor| sum * x + factor);
    value(top) / value(bottom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_table() {
        let table = [(0.5, 0.0), (0.975, 1.959_964), (0.025, -1.959_964), (0.999, 3.090_232), (1e-12, -7.034_484)];
        for (chance, expected) in table {
            assert!((quantile(chance) - expected).abs() < 2e-6, "{chance}: {}", quantile(chance));
        }
    }

    #[test]
    fn a_small_group_has_the_mean_and_spread_that_were_asked_for() {
        for draws in [Draws::seeded(7, 40), Draws::even(40)] {
            let z = draws.normal("pain");
            let mean = z.iter().sum::<f64>() / 40.0;
            let spread = (z.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 39.0).sqrt();
            assert!(mean.abs() < 0.03 && (spread - 1.0).abs() < 0.06, "{mean} {spread}");
        }
    }

    #[test]
    fn a_seed_equals_itself_and_no_other_and_quantities_differ() {
        let draw = |seed, name| Draws::seeded(seed, 10).normal(name);
        assert_eq!(draw(1, "pain"), draw(1, "pain"));
        assert_ne!(draw(1, "pain"), draw(2, "pain"));
        assert_ne!(draw(1, "pain"), draw(1, "motion"));
    }
}
