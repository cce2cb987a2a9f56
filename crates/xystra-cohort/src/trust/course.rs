//! Courses whose record is imagined: what was done, when it was measured, and what comes after.

use crate::case::example::{self, WEEK_H};
use crate::case::{Case, Choice, Observation, Reaction, Session};

/// A course; the values of its observations and reactions are put in by [`super::truth`].
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Course {
    pub(super) case: Case,
    /// The sessions to come, if it is continued.
    pub(super) plan: Vec<Session>,
    /// The next visit, hours.
    pub(super) next_h: f64,
    /// The last hour that is foretold.
    pub(super) end_h: f64,
}

/// Weeks that are foretold.
pub(super) const AHEAD_WEEKS: f64 = 8.0;

impl Course {
    /// Neck pain: 8 sessions in 4 weeks with forces in a band, pain asked 10 times, 8 more sessions planned.
    pub(super) fn usual() -> Self {
        let at_h = |k: usize| 4.0 * WEEK_H * k as f64 / 9.0;
        let observations = (0..10).map(|k| asked(0, at_h(k))).collect();
        Self::of(Case { tracks: example::tracks()[..1].to_vec(), observations, ..example::case() })
    }

    /// The same with pain and function asked five times, a movement measured three times, and the skin graded after every session.
    pub(super) fn several() -> Self {
        let weekly = (0..5).flat_map(|week| [0, 1].map(|track| asked(track, WEEK_H * f64::from(week))));
        let mut observations: Vec<Observation> =
            weekly.chain([0.0, 2.0, 4.0].map(|week| asked(2, WEEK_H * week))).collect();
        observations.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        // The last session's skin is looked at before now.
        let reactions = (0..8).map(|session| Reaction { session, grade: 0 }).collect();
        Self::of(Case { observations, reactions, ..example::case() })
    }

    fn of(case: Case) -> Self {
        let first_h = case.now_h + 24.0;
        Self { plan: example::sessions(first_h, 8), next_h: first_h, end_h: case.now_h + AHEAD_WEEKS * WEEK_H, case }
    }

    /// The sessions to come as a choice, so that their edges are known.
    pub(super) fn choice(&self) -> Choice {
        Choice { id: "continue".to_owned(), sessions: self.plan.clone() }
    }

    /// The same where every true force is this: the recorded band's ends times the factors.
    pub(super) fn pressed(&self, by: Pressed) -> Self {
        let mut course = self.clone();
        let sessions = course.case.sessions.iter_mut().chain(&mut course.plan);
        for strokes in sessions.flat_map(|session| &mut session.strokes) {
            let newton = match by {
                Pressed::AsRecorded => continue,
                Pressed::Above => 1.4 * strokes.force.high,
                Pressed::Below => 0.6 * strokes.force.low,
            };
            (strokes.force.newton, strokes.force.low, strokes.force.high) = (newton, newton, newton);
        }
        course
    }

    /// What there is of somebody who came no more from an hour on.
    pub(super) fn until(&self, end_h: f64) -> Self {
        let mut course = self.clone();
        course.case.sessions.retain(|session| session.at_h < end_h);
        course.case.observations.retain(|one| one.at_h < end_h);
        let sessions = course.case.sessions.len();
        course.case.reactions.retain(|one| one.session < sessions);
        course
    }
}

/// How hard the strokes truly were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pressed {
    AsRecorded,
    /// 40 % above the upper end of the recorded band.
    Above,
    /// 40 % below its lower end.
    Below,
}

pub(super) fn asked(track: usize, at_h: f64) -> Observation {
    Observation { track, at_h, value: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_course_is_eight_sessions_and_ten_observations_in_four_weeks() {
        let course = Course::usual();
        assert_eq!((course.case.sessions.len(), course.case.observations.len()), (8, 10));
        assert!((course.case.observations[9].at_h - course.case.now_h).abs() < 1e-9);
        assert!(course.plan[0].at_h >= course.next_h && course.end_h > course.plan[7].at_h);
    }

    #[test]
    fn forces_beyond_the_band_lie_beyond_it() {
        let course = Course::usual();
        let force = |by| course.pressed(by).case.sessions[0].strokes[0].force.newton;
        let band = course.case.sessions[0].strokes[0].force;
        assert!(force(Pressed::Above) > band.high && force(Pressed::Below) < band.low);
        assert_eq!(course.pressed(Pressed::AsRecorded), course);
    }

    #[test]
    fn who_comes_no_more_has_no_later_record() {
        let left = Course::usual().until(200.0);
        assert!(left.case.observations.iter().all(|one| one.at_h < 200.0) && left.case.sessions.len() == 3);
    }
}
