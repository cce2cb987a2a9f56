//! Ways of planning a course from which one would like to tell whether strokes do anything.

use super::course::{Course, asked};
use crate::case::example::{self, WEEK_H};
use crate::case::{Case, Observation, Session};

/// How a course is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Sessions, two a week.
    pub sessions: usize,
    /// Two weeks of measuring before the first session, or one measurement only?
    pub baselines: bool,
    /// Three weeks without sessions in the middle?
    pub pause: bool,
}

const DAY_H: f64 = 24.0;
const BASELINE_WEEKS: f64 = 2.0;
const PAUSE_WEEKS: f64 = 3.0;

impl Design {
    /// Measurements a week that are tried.
    pub const PER_WEEK: [usize; 3] = [1, 3, 7];

    /// All that are tried.
    pub fn all() -> Vec<Self> {
        let plain = [4, 8, 12, 20].map(|sessions| Self { sessions, baselines: false, pause: false });
        let pauses = plain.into_iter().flat_map(|one| [one, Self { pause: true, ..one }]);
        pauses.flat_map(|one| [one, Self { baselines: true, ..one }]).collect()
    }

    /// The course, measured every day; nothing is planned after it.
    pub(super) fn course(self) -> Course {
        let sessions = self.sessions();
        let last_h = sessions.last().map_or(0.0, |last| last.at_h);
        // Three days after the last session, when what is felt for a day only is over.
        let days = ((last_h + 3.0 * DAY_H) / DAY_H).ceil();
        let now_h = days * DAY_H;
        let every = std::iter::successors(Some(0.0), |at_h| Some(at_h + DAY_H)).take_while(|at_h| *at_h <= now_h);
        let observations = every.map(|at_h| asked(0, at_h)).collect();
        let case = Case { tracks: example::tracks()[..1].to_vec(), observations, sessions, now_h, ..example::case() };
        Course { case, plan: Vec::new(), next_h: now_h, end_h: now_h }
    }

    fn sessions(self) -> Vec<Session> {
        let first_h = 1.0 + if self.baselines { BASELINE_WEEKS * WEEK_H } else { 0.0 };
        let mut all = example::sessions(first_h, self.sessions);
        if self.pause {
            all.iter_mut().skip(self.sessions / 2).for_each(|later| later.at_h += PAUSE_WEEKS * WEEK_H);
        }
        all
    }

    /// The observations that remain if it is measured so many times a week; always the first and the last.
    pub(super) fn measured(course: &Course, per_week: usize) -> impl Iterator<Item = &Observation> {
        let now_h = course.case.now_h;
        let is_taken = move |one: &&Observation| {
            let day = (one.at_h / DAY_H) % 7.0;
            let is_asked = match per_week {
                1 => day < 0.5,
                3 => day < 4.5 && day % 2.0 < 0.5,
                _ => true,
            };
            is_asked || one.at_h >= now_h
        };
        course.case.observations.iter().filter(is_taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_designs_are_cases_that_can_be_meant() {
        let all = Design::all();
        assert_eq!(all.len(), 16);
        for design in all {
            let course = design.course();
            assert_eq!(course.case.check(), Ok(()));
            assert_eq!(course.case.sessions.len(), design.sessions);
        }
    }

    #[test]
    fn baselines_come_first_and_a_break_in_the_middle() {
        let design = Design { sessions: 8, baselines: true, pause: true };
        let course = design.course();
        let before = Design::measured(&course, 1).filter(|one| one.at_h < course.case.sessions[0].at_h).count();
        assert_eq!(before, 3);
        let gap = course.case.sessions[4].at_h - course.case.sessions[3].at_h;
        assert!(gap > PAUSE_WEEKS * WEEK_H, "{gap}");
        let counts = Design::PER_WEEK.map(|per_week| Design::measured(&course, per_week).count());
        assert!(counts[0] < counts[1] && counts[1] < counts[2], "{counts:?}");
    }
}
