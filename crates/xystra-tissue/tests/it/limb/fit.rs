//! Moduli, stiffening and spreading that fit rows best: the least sum of absolute errors.

use super::column::mean;
use super::rows::{Row, SITES};

/// What is tried for the spreading, mm to each side for each mm of depth, and for the stiffening.
const SPREADS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
const STIFFENINGS: [f64; 4] = [2.0, 5.0, 10.0, 20.0];
/// Young's moduli that are tried, kPa, lowest and highest.
const YOUNG: [f64; 2] = [1.0, 3000.0];
/// Steps of the search for a modulus: a grid, then golden section inside its best.
const GRID: usize = 12;
const GOLDEN: usize = 14;

/// A modulus at small strain, kPa, and its stiffening.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub young_kpa: f64,
    pub stiffening: f64,
}

/// Skin and fat the same everywhere; muscle by site.
#[derive(Debug, Clone)]
pub(super) struct Fit {
    pub spread: f64,
    /// Skin, fat, then muscle at each site.
    pub guesses: [Guess; 2 + SITES.len()],
}

pub(super) fn guesses(young: [f64; 2], muscle: [f64; 8], stiffening: [f64; 3]) -> [Guess; 2 + SITES.len()] {
    std::array::from_fn(|i| match i {
        0 | 1 => Guess { young_kpa: young[i], stiffening: stiffening[i] },
        _ => Guess { young_kpa: muscle[i - 2], stiffening: stiffening[2] },
    })
}

impl Fit {
    pub(super) fn of(rows: &[&Row]) -> Self {
        let fits = SPREADS.map(|spread| Self::spreading(rows, spread));
        let best = fits.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("some spreading");
        best.0
    }

    pub(super) fn strain(&self, row: &Row) -> [f64; 3] {
        [0, 1, 2]
            .map(|layer| mean(row, layer, self.spread, self.guesses[if layer == 2 { 2 + row.site } else { layer }]))
    }

    /// The best for one spreading, and its sum of errors, each layer's over its middle error from nought.
    fn spreading(rows: &[&Row], spread: f64) -> (Self, f64) {
        let [skin, fat] = [0, 1].map(|layer| {
            let tries = STIFFENINGS.map(|b| best(rows, layer, spread, b));
            tries.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("some stiffening")
        });
        let here = |site: usize| rows.iter().copied().filter(move |row| row.site == site).collect::<Vec<_>>();
        let muscles = STIFFENINGS.map(|b| {
            let sites: [(Guess, f64); SITES.len()] = std::array::from_fn(|site| best(&here(site), 2, spread, b));
            (sites, sites.iter().map(|site| site.1).sum::<f64>())
        });
        let muscle = muscles.into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("some stiffening");
        let guesses = std::array::from_fn(|i| if i < 2 { [skin.0, fat.0][i] } else { muscle.0[i - 2].0 });
        (Self { spread, guesses }, skin.1 + fat.1 + muscle.1)
    }
}

/// The modulus that fits one layer of some rows best under a stiffening, and the sum of its errors.
fn best(rows: &[&Row], layer: usize, spread: f64, stiffening: f64) -> (Guess, f64) {
    let guess = |log: f64| Guess { young_kpa: log.exp(), stiffening };
    let miss = |log: f64| -> f64 {
        rows.iter().map(|row| (mean(row, layer, spread, guess(log)) - row.strain[layer]).abs()).sum()
    };
    let [low, high] = YOUNG.map(f64::ln);
    let step = (high - low) / GRID as f64;
    let coarse = (0..=GRID).map(|i| low + step * i as f64);
    let middle = coarse.min_by(|a, b| miss(*a).total_cmp(&miss(*b))).expect("a grid");
    let (mut from, mut to) = ((middle - step).max(low), (middle + step).min(high));
    for _ in 0..GOLDEN {
        let [a, b] = [0.382, 0.618].map(|share| from + share * (to - from));
        if miss(a) < miss(b) { to = b } else { from = a }
    }
    let log = 0.5 * (from + to);
    (guess(log), miss(log))
}
