//! Repeated durations in short.

use serde_json::{Value, json};

/// Durations of the same work, s.
#[derive(Debug, Clone, Default)]
pub struct Spread(Vec<f64>);

impl Spread {
    /// Adds one, s.
    pub fn push(&mut self, seconds: f64) {
        self.0.push(seconds);
        self.0.sort_by(f64::total_cmp);
    }

    /// The middle one, s.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// `28.3 (27.9-29.0)`: median and quartiles, ms.
    pub fn words(&self) -> String {
        let ms = |share| self.quantile(share) * 1e3;
        format!("{:.1} ({:.1}-{:.1})", ms(0.5), ms(0.25), ms(0.75))
    }

    /// Median, quartiles and all of them, s.
    pub fn json(&self) -> Value {
        let [low, high] = [0.25, 0.75].map(|share| self.quantile(share));
        json!({"median_s": self.median(), "quartiles_s": [low, high], "all_s": self.0})
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank within a short list")]
    fn quantile(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let rank = share * last as f64;
        let low = rank.floor() as usize;
        match (self.0.get(low), self.0.get(last.min(low + 1))) {
            (Some(a), Some(b)) => a + (b - a) * (rank - low as f64),
            _ => f64::NAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quartiles_lie_between_the_values() {
        let mut spread = Spread::default();
        for s in [0.004, 0.001, 0.002, 0.003, 0.005] {
            spread.push(s);
        }
        assert_eq!(spread.words(), "3.0 (2.0-4.0)");
        spread.push(0.006);
        assert!((spread.median() - 0.0035).abs() < 1e-12);
    }
}
