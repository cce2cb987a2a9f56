//! Ways to change a plan.

use xystra_care::plan::{Draft, Pause};
use xystra_catalog::Catalog;
use xystra_catalog::instrument::Instrument;

use crate::assumed::assumed;
use crate::proposal::lighter;
use crate::words::{capital, count, number};

/// Hours of a week.
const WEEK_H: f64 = 168.0;

/// A changed plan.
pub(super) struct Variant {
    pub(super) id: &'static str,
    pub(super) says: String,
    pub(super) draft: Draft,
}

/// Every way that changes something, given how many sessions were done.
pub(super) fn variants(draft: &Draft, done: usize, catalog: &Catalog) -> Vec<Variant> {
    let often = draft.sessions_per_week;
    let all = [
        Some(("lighter", "One step lighter on every region".to_owned(), lighter(draft))),
        more(draft, done).map(|draft| ("more-often", format!("More often: {} a week", draft.sessions_per_week), draft)),
        (often > 1).then(|| ("fewer", format!("Less often: {} a week", often - 1), spread(draft, often - 1, done))),
        other_instrument(draft, catalog),
        pause(draft, done),
    ];
    all.into_iter()
        .flatten()
        .map(|(id, says, draft)| Variant { id, says, draft })
        .filter(|one| one.draft != *draft)
        .collect()
}

/// One session more a week, unless they would come too close.
fn more(draft: &Draft, done: usize) -> Option<Draft> {
    let often = draft.sessions_per_week + 1;
    let gap_h = WEEK_H / f64::from(often);
    let least_h = assumed("least-gap").max(f64::from(draft.gap_hours));
    (gap_h >= least_h).then(|| spread(draft, often, done))
}

/// So many sessions a week in the weeks that are left; the weeks of the whole plan follow.
fn spread(draft: &Draft, often: u8, done: usize) -> Draft {
    let all = usize::from(draft.sessions_per_week) * usize::from(draft.weeks);
    let left_weeks = all.saturating_sub(done).div_ceil(usize::from(draft.sessions_per_week.max(1)));
    let weeks = (done + left_weeks * usize::from(often)).div_ceil(usize::from(often.max(1)));
    Draft { sessions_per_week: often, weeks: u8::try_from(weeks).unwrap_or(u8::MAX), ..draft.clone() }
}

/// The instrument for the same strokes whose edge differs most, in place of the first region's.
fn other_instrument(draft: &Draft, catalog: &Catalog) -> Option<(&'static str, String, Draft)> {
    let first = draft.applications.first()?;
    let now = radius_mm(catalog.instrument(&first.instrument)?)?;
    let fits = |one: &&Instrument| {
        one.id != first.instrument
            && one.family != "hand"
            && one.strokes.contains(&first.stroke)
            && radius_mm(one).is_some()
    };
    let far = |one: &&Instrument| radius_mm(one).map_or(0.0, |radius| (radius / now).ln().abs());
    let other = catalog.instruments.iter().filter(fits).max_by(|a, b| far(a).total_cmp(&far(b)))?;
    let mut changed = draft.clone();
    let same = changed.applications.iter_mut().filter(|planned| planned.instrument == first.instrument);
    same.for_each(|planned| planned.instrument.clone_from(&other.id));
    let says = format!(
        "{} instead: its edge is {} mm round, not {} mm",
        capital(&other.name),
        edge(radius_mm(other)?),
        edge(now)
    );
    Some(("other-instrument", says, changed))
}

fn edge(radius_mm: f64) -> String {
    number(radius_mm)
}

fn radius_mm(instrument: &Instrument) -> Option<f64> {
    instrument
        .edges
        .first()
        .map(|edge| (edge.radius_mm.low * edge.radius_mm.high).sqrt())
        .filter(|radius| *radius > 0.0)
}

/// A break halfway through what is left; none where one is planned already or one session is left.
fn pause(draft: &Draft, done: usize) -> Option<(&'static str, String, Draft)> {
    let all = usize::from(draft.sessions_per_week) * usize::from(draft.weeks);
    let left = all.saturating_sub(done);
    if left < 2 || draft.pause.is_some_and(|pause| usize::from(pause.after_sessions) >= done) {
        return None;
    }
    let after = done + left / 2;
    let weeks = break_weeks();
    let pause = Pause { after_sessions: u8::try_from(after).ok()?, weeks };
    let says = format!("A break of {} after session {after}", count(usize::from(weeks), "week"));
    Some(("break", says, Draft { pause: Some(pause), ..draft.clone() }))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number of the data")]
fn break_weeks() -> u8 {
    assumed("break-weeks") as u8
}
