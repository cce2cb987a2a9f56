//! When clients were asked, as a table can show it.

/// Times that are told apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Horizons {
    /// Weeks from entry, rising.
    pub(super) weeks: Vec<f64>,
    is_exact: bool,
}

/// So many different times are each a column; more are put to the nearest usual one.
const EXACT: usize = 12;
/// Times at which clients are usually asked, weeks.
const USUAL: [f64; 10] = [2.0, 4.0, 6.0, 13.0, 26.0, 39.0, 52.0, 78.0, 104.0, 156.0];

impl Horizons {
    pub(super) fn of(weeks: impl Iterator<Item = f64>) -> Self {
        let mut all: Vec<f64> = weeks.collect();
        all.sort_by(f64::total_cmp);
        all.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
        if all.len() <= EXACT {
            return Self { weeks: all, is_exact: true };
        }
        let is_used = |usual: &f64| all.iter().any(|weeks| (nearest(*weeks) - usual).abs() < 1e-9);
        Self { weeks: USUAL.into_iter().filter(is_used).collect(), is_exact: false }
    }

    /// The horizon that a time belongs to.
    pub(super) fn of_weeks(&self, weeks: f64) -> Option<usize> {
        let at = if self.is_exact { weeks } else { nearest(weeks) };
        self.weeks.iter().position(|horizon| (horizon - at).abs() < 1e-9)
    }

    /// The horizon nearest to six weeks that has another after it.
    pub(super) fn landmark(&self) -> Option<usize> {
        let before_last = self.weeks.len().saturating_sub(1);
        (0..before_last).min_by(|a, b| (self.weeks[*a] - 6.0).abs().total_cmp(&(self.weeks[*b] - 6.0).abs()))
    }
}

/// The usual time nearest by ratio.
fn nearest(weeks: f64) -> f64 {
    let away = |usual: &f64| (weeks / usual).ln().abs();
    USUAL.into_iter().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(weeks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_times_stay_and_many_are_gathered() {
        let few = Horizons::of([26.0, 6.0, 13.0, 6.0].into_iter());
        assert_eq!(
            (few.weeks.as_slice(), few.landmark(), few.of_weeks(13.0)),
            ([6.0, 13.0, 26.0].as_slice(), Some(0), Some(1))
        );
        let many = Horizons::of((0..40).map(|i| 5.0 + f64::from(i) * 0.3));
        assert_eq!(many.weeks, [6.0, 13.0]);
        assert_eq!((many.of_weeks(5.3), many.of_weeks(14.0)), (Some(0), Some(1)));
        assert_eq!(Horizons::of([12.0].into_iter()).landmark(), None);
    }
}
