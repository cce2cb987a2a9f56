//! Sessions to come and when the main measure is taken, by design.

use crate::case::{Case, Session};
use crate::numbers::{number, whole};

/// One way of going on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Schedule {
    pub(super) id: &'static str,
    pub(super) sessions: Vec<Session>,
    /// When it is measured, hours.
    measured_h: Vec<f64>,
    end_h: f64,
}

/// Every design that is still possible: baselines are, as long as nothing was done. None without sessions to come.
pub(super) fn schedules(case: &Case, plan: &[Session]) -> Vec<Schedule> {
    if plan.iter().all(|session| session.strokes.is_empty()) {
        return Vec::new();
    }
    let designs =
        [("as-planned", false, false), ("three-baselines", true, false), ("break", false, true), ("both", true, true)];
    let possible = designs.into_iter().filter(|(_, baselines, _)| !baselines || case.sessions.is_empty());
    possible.map(|(id, baselines, pause)| Schedule::of(id, case.now_h, plan, baselines, pause)).collect()
}

impl Schedule {
    fn of(id: &'static str, now_h: f64, plan: &[Session], baselines: bool, pause: bool) -> Self {
        let waiting = if baselines { (number("baselines") - 1.0) * number("between-baselines") } else { 0.0 };
        let pausing = if pause { number("break") } else { 0.0 };
        let half = plan.len().div_ceil(2);
        let moved = |(k, session): (usize, &Session)| {
            let later = waiting + if k >= half { pausing } else { 0.0 };
            Session { at_h: session.at_h + later, ..session.clone() }
        };
        let sessions: Vec<Session> = plan.iter().enumerate().map(moved).collect();
        let end_h = sessions.last().map_or(now_h, |last| last.at_h) + number("between-measurements");
        let before = if baselines { whole(number("baselines")) } else { 1 };
        let early = (0..before).map(|k| now_h + k as f64 * number("between-baselines"));
        Self { id, measured_h: measured(early.collect(), &sessions, end_h), sessions, end_h }
    }

    /// When clients are looked at: at each measurement, and at the end.
    pub(super) fn times_h(&self) -> Vec<f64> {
        self.measured_h.iter().copied().chain([self.end_h]).collect()
    }
}

/// After the first ones, before each session and at the end, and every week while nothing is done; but never oftener than is sensible.
fn measured(first_h: Vec<f64>, sessions: &[Session], end_h: f64) -> Vec<f64> {
    let between = number("between-measurements");
    let mut all = first_h;
    for at_h in sessions.iter().map(|session| session.at_h).chain([end_h]) {
        let last = all[all.len() - 1];
        let pauses = whole(((at_h - last) / number("between-baselines")).ceil());
        all.extend(
            (1..pauses).map(|k| last + k as f64 * number("between-baselines")).filter(|time| at_h - time >= between),
        );
        if at_h - all[all.len() - 1] >= between {
            all.push(at_h);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example;

    fn of(case: &Case) -> Vec<Schedule> {
        schedules(case, &example::sessions(case.now_h + 24.0, 8))
    }

    #[test]
    fn baselines_are_possible_only_before_the_first_session() {
        let ids = |case: &Case| of(case).into_iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(&example::case()), ["as-planned", "break"]);
        assert_eq!(ids(&example::blank()), ["as-planned", "three-baselines", "break", "both"]);
        assert_eq!(schedules(&example::case(), &[]), []);
    }

    #[test]
    fn baselines_come_before_sessions_and_a_break_between() {
        let all = of(&example::blank());
        let before = |one: &Schedule| one.measured_h.iter().filter(|at_h| **at_h < one.sessions[0].at_h).count();
        assert_eq!((before(&all[0]), before(&all[1]), before(&all[3])), (1, 3, 3));
        let longest =
            |one: &Schedule| one.sessions.windows(2).map(|pair| pair[1].at_h - pair[0].at_h).fold(0.0, f64::max);
        assert!(longest(&all[2]) >= number("break") && longest(&all[0]) < 200.0);
    }

    #[test]
    fn times_rise_and_measurements_keep_their_distance() {
        for schedule in of(&example::blank()) {
            let close =
                schedule.measured_h.windows(2).all(|pair| pair[1] - pair[0] >= number("between-measurements") - 1e-9);
            assert!(close, "{schedule:?}");
            assert!(schedule.times_h().windows(2).all(|pair| pair[1] >= pair[0]), "{schedule:?}");
        }
    }
}
