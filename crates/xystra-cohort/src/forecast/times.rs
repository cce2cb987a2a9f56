//! When virtual clients are looked at.

use crate::Error;
use crate::case::{Case, Choice, check};
use crate::numbers::whole;
use crate::weigh::LOOKS_H;

/// Points of the curve until now, at most, and how near to each other, hours.
const POINTS: f64 = 48.0;
const NEAREST_H: f64 = 12.0;

/// One rising list of hours, and what each is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Times {
    /// All of them.
    pub(crate) all_h: Vec<f64>,
    now_h: f64,
    /// The hours that were asked for.
    later_h: Vec<f64>,
    /// Hours of the curve until now.
    so_far_h: Vec<f64>,
    /// Places of the looks at the skin after the next session of the first choice.
    pub(crate) skin: Option<[usize; 2]>,
}

impl Times {
    /// # Errors
    /// Hours that do not rise from now on, or a session of a choice before now.
    pub(crate) fn of(case: &Case, choices: &[Choice], times_h: &[f64]) -> Result<Self, Error> {
        check::rising("hour to foretell", times_h.iter().copied(), f64::MAX)?;
        not_before("hour to foretell", times_h.first(), case.now_h)?;
        for choice in choices {
            choice.sessions.iter().try_for_each(crate::case::Session::check)?;
            check::rising("session to come, h", choice.sessions.iter().map(|one| one.at_h), f64::MAX)?;
            not_before("session to come, h", choice.sessions.first().map(|one| &one.at_h), case.now_h)?;
        }
        let so_far_h = so_far(case.now_h);
        let next = choices.first().and_then(|choice| choice.sessions.first()).filter(|next| !next.strokes.is_empty());
        let ends_h = next.map(|next| next.at_h + next.strokes.iter().map(|one| one.minutes).sum::<f64>() / 60.0);
        let looks_h = ends_h.map(|end_h| LOOKS_H.map(|look| end_h + look));
        let mut all_h: Vec<f64> = so_far_h.iter().chain(times_h).chain(looks_h.iter().flatten()).copied().collect();
        all_h.sort_by(f64::total_cmp);
        all_h.dedup();
        let skin = looks_h.map(|looks| looks.map(|look| place(&all_h, look)));
        Ok(Self { all_h, now_h: case.now_h, later_h: times_h.to_vec(), so_far_h, skin })
    }

    /// Places of the curve until now.
    pub(crate) fn so_far(&self) -> Vec<usize> {
        self.so_far_h.iter().map(|at_h| place(&self.all_h, *at_h)).collect()
    }

    /// Places of the hours that were asked for.
    pub(crate) fn later(&self) -> Vec<usize> {
        self.later_h.iter().map(|at_h| place(&self.all_h, *at_h)).collect()
    }

    /// Places of both.
    pub(crate) fn curve(&self) -> Vec<usize> {
        let mut both: Vec<usize> = self.so_far().into_iter().chain(self.later()).collect();
        both.dedup();
        both
    }

    /// The place of now, and of the last hour that was asked for.
    pub(crate) fn ends(&self) -> [usize; 2] {
        [self.now_h, self.later_h.last().copied().unwrap_or(self.now_h)].map(|at_h| place(&self.all_h, at_h))
    }
}

fn place(all_h: &[f64], at_h: f64) -> usize {
    all_h.partition_point(|time| *time < at_h)
}

fn so_far(now_h: f64) -> Vec<f64> {
    let steps = whole((now_h / NEAREST_H).ceil().min(POINTS));
    let mut all: Vec<f64> = (0..steps).map(|k| now_h * k as f64 / steps as f64).collect();
    all.push(now_h);
    all
}

fn not_before(field: &str, first: Option<&f64>, now_h: f64) -> Result<(), Error> {
    match first.filter(|first| **first < now_h) {
        Some(value) => Err(Error::Number { field: field.to_owned(), value: *value, must: "no earlier than now" }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example;

    #[test]
    fn the_curve_ends_now_and_goes_on_as_asked() {
        let case = example::case();
        let times = Times::of(&case, &example::choices(&case), &example::times_h(&case)).unwrap();
        let at = |places: Vec<usize>| places.into_iter().map(|k| times.all_h[k]).collect::<Vec<_>>();
        assert_eq!(at(times.so_far()).last(), Some(&case.now_h));
        assert_eq!(at(times.later()), example::times_h(&case));
        assert_eq!(at(times.ends().to_vec()), [case.now_h, case.now_h + 8.0 * example::WEEK_H]);
        assert!(times.skin.is_some());
    }

    #[test]
    fn what_lies_before_now_is_no_choice() {
        let case = example::case();
        let error = Times::of(&case, &[], &[0.0]).unwrap_err().to_string();
        assert!(error.contains("no earlier than now"), "{error}");
        let mut choices = example::choices(&case);
        choices[0].sessions[0].at_h = 2.0;
        assert!(Times::of(&case, &choices, &[case.now_h]).is_err());
    }
}
