//! What SciPy printed: `reference.json`, made by `reference.py` beside it.

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Reference {
    pub(crate) scipy: String,
    pub(crate) lengths: Vec<usize>,
    pub(crate) filters: Vec<Filtered>,
    pub(crate) spectra: Vec<Spectrum>,
}

#[derive(Deserialize)]
pub(crate) struct Filtered {
    pub(crate) order: usize,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) rate: f64,
    pub(crate) sos: Vec<[f64; 6]>,
    pub(crate) steady: Vec<[f64; 2]>,
    pub(crate) zero_phase: Vec<Vec<f64>>,
    pub(crate) short: Vec<f64>,
    pub(crate) causal: Vec<f64>,
}

#[derive(Deserialize)]
pub(crate) struct Spectrum {
    pub(crate) length: usize,
    pub(crate) segment: usize,
    pub(crate) frequency: Vec<f64>,
    pub(crate) density: Vec<f64>,
}

impl Reference {
    pub(crate) fn read() -> Self {
        serde_json::from_str(include_str!("reference.json")).expect("what reference.py printed")
    }
}

impl Filtered {
    pub(crate) fn filter(&self) -> xystra_signal::Filter {
        if self.low > 0.0 {
            xystra_signal::Filter::band_pass(self.order, self.low, self.high, self.rate)
                .expect("a filter that SciPy made")
        } else {
            xystra_signal::Filter::low_pass(self.order, self.high, self.rate).expect("a filter that SciPy made")
        }
    }

    pub(crate) fn name(&self) -> String {
        format!("order {} from {} to {} Hz at {} Hz", self.order, self.low, self.high, self.rate)
    }
}

/// The signal of `reference.py`.
pub(crate) fn noise(length: usize, channel: usize) -> Vec<f64> {
    let whole = |i: usize| ((i * i * 31 + i * 7919 + channel * 104_729) % 1009) as f64 / 1009.0;
    (0..length).map(|i| whole(i) + (8.0 + channel as f64) + i as f64 / 512.0).collect()
}

/// The largest difference, as a part of the largest of `theirs`.
pub(crate) fn difference(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let largest = theirs.iter().fold(0.0_f64, |most, x| most.max(x.abs())).max(f64::MIN_POSITIVE);
    ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / largest
}
