//! Chance that anybody can repeat: every number is a function of the seed, of what is drawn and of the client's number.

/// A source of numbers for one named quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draw {
    key: u64,
}

impl Draw {
    /// The source of the quantity `name` under a seed.
    pub fn of(seed: u64, name: &str) -> Self {
        let named = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| mix(hash ^ u64::from(byte)));
        Self { key: mix(seed ^ named) }
    }

    /// A number of client `i`, above 0 and below 1.
    pub fn uniform(self, i: u64) -> f64 {
        ((mix(self.key ^ mix(i.wrapping_add(1))) >> 12) as f64 + 0.5) / (1u64 << 52) as f64
    }

    /// A standard normal number of client `i`.
    pub fn normal(self, i: u64) -> f64 {
        quantile(self.uniform(i))
    }
}

/// Mixes the bits of a number so that near ones come out far apart (the finaliser of SplitMix64, Steele and others 2014).
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The chance that a standard normal number lies below `z`.
pub fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The standard normal quantile, to about 1e-7 (Wichura 1988, AS 241, PPND7).
pub fn quantile(chance: f64) -> f64 {
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
    fn quantiles_undo_chances() {
        for z in [-4.0, -1.5, -0.1, 0.0, 0.3, 2.0, 3.5] {
            assert!((quantile(normal_below(z)) - z).abs() < 1e-5, "{z}");
        }
    }

    #[test]
    fn many_draws_have_the_moments_of_a_normal() {
        let draw = Draw::of(3, "pain");
        let all: Vec<f64> = (0..20_000).map(|i| draw.normal(i)).collect();
        let mean = all.iter().sum::<f64>() / 20_000.0;
        let square = all.iter().map(|z| z * z).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (square - 1.0).abs() < 0.04, "{mean} {square}");
    }

    #[test]
    fn seeds_and_names_draw_apart() {
        let of = |seed, name| Draw::of(seed, name).uniform(7);
        assert!(of(1, "a").to_bits() == of(1, "a").to_bits());
        assert!(of(1, "a").to_bits() != of(2, "a").to_bits() && of(1, "a").to_bits() != of(1, "b").to_bits());
    }
}
