//! How far something lies apart between worlds.

/// Ends between which nine of ten worlds lie, and no narrower than what the number of clients allows: 1.645 standard errors either way.
pub(super) fn ninety(middle: f64, se: f64, worlds: &[f64]) -> Option<[f64; 2]> {
    let mut known: Vec<f64> = worlds.iter().copied().filter(|value| value.is_finite()).collect();
    if known.is_empty() || !middle.is_finite() {
        return None;
    }
    known.sort_by(f64::total_cmp);
    let reach = if se.is_finite() { Z_90 * se } else { 0.0 };
    Some([quantile(&known, 0.05).min(middle - reach), quantile(&known, 0.95).max(middle + reach)])
}

/// Standard normal quantile of the ends between which nine of ten lie.
const Z_90: f64 = 1.645;

/// The quantile of sorted numbers, straight between two of them.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in the list")]
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nine_of_ten_worlds_lie_inside_and_few_clients_widen_it() {
        let worlds: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(ninety(50.0, 0.0, &worlds), Some([5.0, 95.0]));
        assert_eq!(ninety(1.0, 1.0, &[1.0]), Some([1.0 - 1.645, 1.0 + 1.645]));
        assert_eq!(ninety(1.0, 1.0, &[f64::NAN]), None);
    }
}
