//! A forecast as the chances of all answers, and how good it was.

use serde::Serialize;

/// What a forecast said, held against what came.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hit {
    /// Continuous ranked probability score, points of the scale: 0 is perfect; a forecast of one value scores its distance.
    pub crps: f64,
    /// Was it in the shortest band that holds at least half?
    pub in_50: bool,
    /// In the shortest band that holds at least nine tenths?
    pub in_90: bool,
    /// Chance of everything below what came, and with it: the ends of its probability integral transform.
    pub below: [f64; 2],
}

/// Holds the chances of all answers against the one at `place`; `step` is that of the answers.
///
/// The score is exact for a distribution on steps: the sum over the steps of the squared distance between the chance of at most that
/// step and 1 from the answer on, 0 before, times the step (Gneiting and Raftery 2007, eq. 20, for a step function).
pub fn hit(chances: &[f64], place: usize, step: f64) -> Hit {
    let mut below = 0.0;
    let mut crps = 0.0;
    let mut ends = [0.0; 2];
    for (i, chance) in chances.iter().enumerate() {
        if i == place {
            ends = [below, below + chance];
        }
        below += chance;
        let came = if i >= place { 1.0 } else { 0.0 };
        crps += (below - came) * (below - came) * step;
    }
    let within = |share: f64| {
        let (low, high) = band(chances, share);
        (low..=high).contains(&place)
    };
    Hit { crps, in_50: within(0.5), in_90: within(0.9), below: ends }
}

/// First and last answer of the shortest band that holds at least `share`; of several, the likeliest.
pub fn band(chances: &[f64], share: f64) -> (usize, usize) {
    let total: f64 = chances.iter().sum();
    let enough = share * total - 1e-9;
    let mut best = (0, chances.len() - 1, total);
    let (mut high, mut held) = (0, 0.0);
    for low in 0..chances.len() {
        while held < enough && high < chances.len() {
            held += chances[high];
            high += 1;
        }
        if held < enough {
            break;
        }
        let (length, shortest) = (high - low, best.1 + 1 - best.0);
        if length < shortest || (length == shortest && held > best.2) {
            best = (low, high - 1, held);
        }
        held -= chances[low];
    }
    (best.0, best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_forecast_scores_nothing_and_a_sure_one_its_distance() {
        let sure = |at: usize| (0..11).map(|i| if i == at { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
        let perfect = hit(&sure(4), 4, 1.0);
        assert!(perfect.crps.abs() < 1e-12 && perfect.in_50 && perfect.in_90);
        let missed = hit(&sure(4), 9, 0.5);
        assert!((missed.crps - 2.5).abs() < 1e-12 && !missed.in_90);
    }

    #[test]
    fn two_equal_chances_score_a_quarter_of_their_distance() {
        // E|X - y| - E|X - X'| / 2 with X = 0 or 8: 4 - 2.
        let mut chances = vec![0.0; 11];
        (chances[0], chances[8]) = (0.5, 0.5);
        assert!((hit(&chances, 8, 1.0).crps - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_shortest_band_holds_its_share() {
        assert_eq!(band(&[0.5, 0.2, 0.15, 0.1, 0.05], 0.5), (0, 0));
        assert_eq!(band(&[0.5, 0.2, 0.15, 0.1, 0.05], 0.9), (0, 3));
        assert_eq!(band(&[0.05, 0.1, 0.35, 0.3, 0.2], 0.6), (2, 3));
        assert_eq!(band(&[0.25, 0.25, 0.25, 0.25], 0.9), (0, 3));
    }
}
