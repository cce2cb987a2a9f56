//! Chance that only a seed decides.

use std::f64::consts::TAU;

/// What a number is drawn for: the same index in another stream is another number.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    Period,
    Peak,
    Edge,
    Dip,
    Phase,
    Knock,
    Fault,
    Gain,
    Clock,
    Wander,
    Texture,
    Space,
    Noise(u8),
}

/// The numbers of one stream of one seed, by index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    key: u64,
}

impl Chance {
    pub(super) fn new(seed: u64, stream: Stream) -> Self {
        let number = match stream {
            Stream::Noise(channel) => 100 + u64::from(channel),
            Stream::Period => 0,
            Stream::Peak => 1,
            Stream::Edge => 2,
            Stream::Dip => 3,
            Stream::Phase => 4,
            Stream::Knock => 5,
            Stream::Fault => 6,
            Stream::Gain => 7,
            Stream::Clock => 8,
            Stream::Wander => 9,
            Stream::Texture => 10,
            Stream::Space => 11,
        };
        Self { key: mix(seed ^ mix(number)) }
    }

    /// A number in 0-1.
    pub(super) fn uniform(self, index: u64) -> f64 {
        fraction(mix(self.key.wrapping_add(index.wrapping_mul(0x9e37_79b9_7f4a_7c15))))
    }

    /// A number from `low` to `high`.
    pub(super) fn between(self, index: u64, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform(index)
    }

    /// Normal with mean 0 and standard deviation 1 (Box and Muller).
    pub(super) fn normal(self, index: u64) -> f64 {
        let (a, b) = (1.0 - self.uniform(2 * index), self.uniform(2 * index + 1));
        (-2.0 * libm::log(a)).sqrt() * libm::cos(TAU * b)
    }
}

/// The mixing step of `SplitMix64`.
pub(super) fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The upper bits of `x` as a number in 0-1.
pub(super) fn fraction(x: u64) -> f64 {
    (x >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_have_their_moments() {
        let chance = Chance::new(3, Stream::Noise(2));
        let draws: Vec<f64> = (0..20_000).map(|i| chance.normal(i)).collect();
        let mean = draws.iter().sum::<f64>() / 2e4;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / 2e4;
        let tails = draws.iter().filter(|x| x.abs() > 1.644_85).count() as f64 / 2e4;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04 && (tails - 0.1).abs() < 0.01);
    }

    #[test]
    fn a_seed_gives_the_same_numbers_everywhere() {
        let chance = Chance::new(1, Stream::Peak);
        assert_eq!([chance.uniform(0), chance.normal(7)].map(f64::to_bits), PINNED);
        assert_ne!(chance.uniform(0).to_bits(), Chance::new(1, Stream::Edge).uniform(0).to_bits());
    }

    /// Seen once; another platform must give them too.
    const PINNED: [u64; 2] = [4_603_553_589_462_520_181, 4_584_562_676_886_135_432];
}
