//! When to look: often while something happens, seldom between.

/// Minutes after the end of a session at which it is looked at.
const AFTER_MIN: [f64; 14] = [0.0, 1.0, 3.0, 6.0, 12.0, 20.0, 40.0, 80.0, 180.0, 360.0, 720.0, 1440.0, 2160.0, 2880.0];
/// A breath before an event, hours.
const BEFORE_H: f64 = 1e-4;

/// Hours to sample at, rising: closely through the first day, around every session, and each half day.
/// Sessions are hours of begin and end.
pub(super) fn hours(sessions_h: &[(f64, f64)], end_h: f64) -> Vec<f64> {
    let first_day = (0..=48).map(|n| (24.0 * 60.0_f64).powf(f64::from(n) / 48.0) / 60.0);
    let half_days = (0..).map(|n| f64::from(n) * 12.0).take_while(|at| *at <= end_h);
    let around = sessions_h.iter().flat_map(|session| around(*session));
    let mut all: Vec<f64> = first_day.chain(half_days).chain(around).chain([end_h]).collect();
    all.retain(|at| (0.0..=end_h).contains(at));
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

fn around((begin, end): (f64, f64)) -> impl Iterator<Item = f64> {
    let within = |share: f64| begin + share * (end - begin);
    let during = [begin - BEFORE_H, begin, within(0.02), within(0.5), end - BEFORE_H];
    during.into_iter().chain(AFTER_MIN.into_iter().map(move |minutes| end + minutes / 60.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_rise_and_hold_every_session_with_its_end() {
        let hours = hours(&[(0.0, 0.1), (72.0, 72.1)], 2016.0);
        assert!(hours.windows(2).all(|pair| pair[0] < pair[1]));
        for at in [0.0, 0.1, 72.0, 72.1, 2016.0] {
            assert!(hours.iter().any(|hour| (hour - at).abs() < 1e-12), "{at}");
        }
    }
}
