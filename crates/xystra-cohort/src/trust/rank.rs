//! Where a truth lies among what was foretold, and how often it lies within the bands.

use crate::draw::normal_below;

/// Share of the foretold that lies below the truth, and that is just it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// Below.
    pub below: f64,
    /// Just as the truth: not 0 where values come in steps, or pile up at 0.
    pub same: f64,
    /// A number between 0 and 1 that says where among those the truth is counted.
    pub luck: f64,
}

impl Rank {
    /// Of a truth among weighed values; weights add up to 1.
    pub fn of(truth: f64, values: impl Iterator<Item = (f64, f64)>, luck: f64) -> Self {
        let (mut below, mut same) = (0.0, 0.0);
        for (value, weight) in values {
            if value < truth {
                below += weight;
            } else if value <= truth {
                same += weight;
            }
        }
        Self { below, same, luck }
    }

    /// Between 0 and 1, evenly so in many clients where the model is right.
    pub fn share(&self) -> f64 {
        (self.below + self.luck * self.same).clamp(0.0, 1.0)
    }

    /// Does the band that holds this share hold the truth, with ties counted in part? Just as often as it says where the model is right.
    pub fn is_within(&self, share: f64) -> bool {
        (self.share() - 0.5).abs() <= 0.5 * share
    }

    /// Does the band as it is drawn hold the truth? Oftener than it says where values come in steps.
    pub fn is_in_band(&self, share: f64) -> bool {
        let end = 0.5 * (1.0 - share);
        self.below + self.same >= end && self.below < 1.0 - end
    }
}

/// A share of some, with the interval that holds the true share in 95 of 100 (Wilson 1927).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// How many of some are so.
    pub fn of(all: impl Iterator<Item = bool>) -> Self {
        let mut found = Self { count: 0, of: 0 };
        for is in all {
            found.of += 1;
            found.count += usize::from(is);
        }
        found
    }

    /// The share itself; no number where there are none.
    pub fn value(&self) -> f64 {
        self.count as f64 / self.of as f64
    }

    /// Ends of the interval.
    pub fn interval(&self) -> [f64; 2] {
        const Z_95: f64 = 1.96;
        let (share, of) = (self.value(), self.of as f64);
        let square = Z_95 * Z_95 / of;
        let middle = (share + 0.5 * square) / (1.0 + square);
        let half = (share * (1.0 - share) * square + 0.25 * square * square).sqrt() / (1.0 + square);
        [middle - half, middle + half]
    }
}

/// How many ranks fall into each of `bins` bins of the same width.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of few bins")]
pub fn histogram(ranks: &[Rank], bins: usize) -> Vec<usize> {
    let mut counts = vec![0; bins];
    for rank in ranks {
        counts[((rank.share() * bins as f64) as usize).min(bins - 1)] += 1;
    }
    counts
}

/// Ends between which 99 of 100 counts of one bin lie where the ranks are even.
pub fn even(clients: usize, bins: usize) -> [usize; 2] {
    let (n, share) = (clients as f64, 1.0 / bins as f64);
    let (mut chance, mut below, mut ends) = (n * (-share).ln_1p(), 0.0, [clients, clients]);
    for count in 0..=clients {
        below += chance.exp();
        for (end, limit) in ends.iter_mut().zip([0.005, 0.995]) {
            if *end == clients && below >= limit {
                *end = count;
            }
        }
        chance += ((n - count as f64) / (count as f64 + 1.0) * share / (1.0 - share)).ln();
    }
    ends
}

/// The chance of counts at least as uneven as these where the ranks are even: chi-squared, by the cube root (Wilson and Hilferty 1931).
pub fn unevenness(counts: &[usize]) -> f64 {
    let mean = counts.iter().sum::<usize>() as f64 / counts.len() as f64;
    let square: f64 = counts.iter().map(|count| (*count as f64 - mean).powi(2) / mean).sum();
    let free = (counts.len() - 1) as f64;
    let spread = 2.0 / (9.0 * free);
    normal_below((1.0 - spread - (square / free).cbrt()) / spread.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Draw;

    #[test]
    fn a_rank_counts_what_lies_below_and_what_is_the_same() {
        let values = [(0.0, 0.2), (1.0, 0.3), (1.0, 0.1), (2.0, 0.4)];
        let rank = Rank::of(1.0, values.into_iter(), 0.5);
        assert!(
            (rank.below - 0.2).abs() < 1e-12 && (rank.same - 0.4).abs() < 1e-12 && (rank.share() - 0.4).abs() < 1e-12
        );
        assert!(rank.is_within(0.5) && rank.is_in_band(0.5));
        let low = Rank::of(-1.0, values.into_iter(), 0.5);
        assert!(!low.is_within(0.9) && !low.is_in_band(0.9));
    }

    #[test]
    fn a_spike_is_in_the_band_oftener_than_it_says_but_not_with_ties_in_part() {
        // All foretold values are 0, and so is the truth.
        let luck = Draw::of(1, "luck");
        let ranks: Vec<Rank> = (0..4000).map(|i| Rank::of(0.0, [(0.0, 1.0)].into_iter(), luck.uniform(i))).collect();
        assert!(ranks.iter().all(|rank| rank.is_in_band(0.5)));
        let share = Share::of(ranks.iter().map(|rank| rank.is_within(0.5)));
        assert!((share.value() - 0.5).abs() < 0.03, "{share:?}");
    }

    #[test]
    fn the_interval_of_a_share_is_wilsons() {
        let [low, high] = Share { count: 450, of: 500 }.interval();
        assert!((low - 0.8706).abs() < 1e-3 && (high - 0.9233).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn even_ranks_look_even_and_others_do_not() {
        let luck = Draw::of(2, "luck");
        let of = |power: f64| {
            let rank = |i: u64| Rank { below: luck.uniform(i).powf(power), same: 0.0, luck: 0.0 };
            let counts = histogram(&(0..500).map(rank).collect::<Vec<_>>(), 20);
            assert_eq!(counts.iter().sum::<usize>(), 500);
            unevenness(&counts)
        };
        assert!(of(1.0) > 0.01 && of(1.5) < 1e-4, "{} {}", of(1.0), of(1.5));
    }

    #[test]
    fn even_bins_hold_what_a_binomial_number_holds() {
        assert_eq!(even(500, 20), [13, 38]);
    }
}
