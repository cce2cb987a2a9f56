//! When the sessions to come would be, and when the outlook looks.

use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::plan::{Draft, Pause};
use xystra_cohort::case::Choice;

use crate::assumed::assumed;
use crate::outlook::case::Known;

/// Hours of a week.
const WEEK_H: f64 = 168.0;
/// A look within so many hours after a session moves before it: measures are taken before the strokes, not in their soreness.
const VISIT_H: f64 = 12.0;
/// So long before a session, hours.
const BEFORE_H: f64 = 0.25;

/// The dates of a plan's sessions to come.
pub(super) struct Timetable {
    /// Sessions done so far, in the whole course.
    done: usize,
    /// Sessions of the whole course.
    all: usize,
    interval_h: f64,
    pause: Option<Pause>,
    /// Begin of the last session.
    last_h: Option<f64>,
    /// None may begin before.
    earliest_h: f64,
    /// None begins later.
    latest_h: f64,
}

impl Timetable {
    pub(super) fn of(record: &Record, known: &Known, draft: &Draft) -> Self {
        let finished = record.finished_sessions();
        let often = f64::from(draft.sessions_per_week.max(1));
        let now_h = known.case.now_h;
        let wait_h = if finished.is_empty() { baselines_h(known, draft) } else { 0.0 };
        Self {
            done: finished.len(),
            all: usize::from(draft.sessions_per_week) * usize::from(draft.weeks),
            interval_h: (WEEK_H / often).max(f64::from(draft.gap_hours)),
            pause: draft.pause,
            last_h: finished.last().map(|session| hours_between(known.entry, session.body.started_at)),
            earliest_h: now_h + wait_h.max(assumed("first-session")),
            latest_h: now_h + WEEK_H * assumed("most-weeks"),
        }
    }

    /// Begin of each session with the hours since the one before (0 for the first of all).
    pub(super) fn sessions(&self) -> Vec<(f64, f64)> {
        let mut last_h = self.last_h;
        let next = |number: usize| {
            let planned = last_h.map_or(self.earliest_h, |last| last + self.gap_h(number));
            let at_h = planned.max(self.soonest_h(planned));
            let since_h = last_h.map_or(0.0, |last| at_h - last);
            last_h = Some(at_h);
            (at_h, since_h)
        };
        let dates: Vec<(f64, f64)> = (self.done..self.all).map(next).collect();
        dates.into_iter().take_while(|(at_h, _)| *at_h <= self.latest_h).collect()
    }

    /// Hours between session `number`, counted from 1, and the next.
    fn gap_h(&self, number: usize) -> f64 {
        let rests = self.pause.filter(|pause| usize::from(pause.after_sessions) == number);
        rests.map_or(self.interval_h, |pause| self.interval_h.max(WEEK_H * f64::from(pause.weeks)))
    }

    /// A session that is still to come stays where it is planned; one that is overdue comes as the first would.
    fn soonest_h(&self, planned: f64) -> f64 {
        let now_h = self.latest_h - WEEK_H * assumed("most-weeks");
        if planned > now_h { planned } else { self.earliest_h }
    }
}

/// Hours until the baseline measurements that the plan asks for are taken.
fn baselines_h(known: &Known, draft: &Draft) -> f64 {
    let taken = known.case.observations.iter().filter(|one| one.track == 0).count();
    let missing = usize::from(draft.baseline_measurements).saturating_sub(taken);
    missing as f64 * assumed("baseline-gap")
}

/// Now and every week until some weeks after the last session of any choice, each look before the sessions of its day.
pub(crate) fn times_h(known: &Known, choices: &[Choice]) -> Vec<f64> {
    let now_h = known.case.now_h;
    let starts: Vec<f64> =
        choices.iter().flat_map(|choice| choice.sessions.iter().map(|session| session.at_h)).collect();
    let end_h = starts.iter().fold(now_h, |end, at| end.max(*at)) + WEEK_H * assumed("horizon-weeks");
    let weeks = ((end_h - now_h) / WEEK_H).ceil().min(assumed("most-weeks"));
    let looks = (1u32..).map(f64::from).take_while(|week| *week <= weeks).map(|week| now_h + week * WEEK_H);
    [now_h].into_iter().chain(looks.map(|look| before_sessions(look, &starts))).collect()
}

fn before_sessions(look_h: f64, starts: &[f64]) -> f64 {
    let just_had = starts.iter().filter(|at| (look_h - VISIT_H..=look_h).contains(*at));
    just_had.fold(look_h, |look, at| look.min(at - BEFORE_H))
}
