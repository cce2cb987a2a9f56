//! The changes themselves.

use xystra_care::finding::label;
use xystra_care::plan::{Draft, LIGHTER, Planned};
use xystra_catalog::advice::{Comparison, Rule, Test, Value};
use xystra_catalog::atlas::RegionId;

use super::{Change, Setting};

/// Every application one step lighter: one band down, 30 % less measured force, or from the lightest band fewer minutes.
pub(super) fn lighten(rule: &'static Rule, draft: &mut Draft) -> Vec<Change> {
    draft.applications.iter_mut().map(|planned| lighten_one(rule, planned)).collect()
}

/// The same plan one step lighter everywhere.
pub(crate) fn lighter(draft: &Draft) -> Draft {
    let mut lighter = draft.clone();
    for planned in &mut lighter.applications {
        press_less(planned);
    }
    lighter
}

fn lighten_one(rule: &'static Rule, planned: &mut Planned) -> Change {
    let what = label(&planned.region);
    let (from, to) = press_less(planned);
    Change { rule, what, from, to }
}

fn press_less(planned: &mut Planned) -> (Setting, Setting) {
    if let Some(target) = planned.target.lighter() {
        let from = std::mem::replace(&mut planned.target, target);
        return (Setting::Force(from), Setting::Force(target));
    }
    let minutes = tenths(LIGHTER * planned.minutes);
    let from = std::mem::replace(&mut planned.minutes, minutes);
    (Setting::Minutes(from), Setting::Minutes(minutes))
}

/// Held regions leave the plan; `None` when nothing would be left to do.
pub(super) fn hold(rule: &'static Rule, draft: &mut Draft, held: &[(RegionId, String)]) -> Option<Vec<Change>> {
    let is_held = |planned: &Planned| held.iter().any(|(region, _)| *region == planned.region);
    let (gone, left): (Vec<Planned>, Vec<Planned>) = draft.applications.iter().cloned().partition(is_held);
    if left.is_empty() {
        return None;
    }
    draft.applications = left;
    let change =
        |planned: Planned| Change { rule, what: label(&planned.region), from: Setting::Treated, to: Setting::OnHold };
    Some(gone.into_iter().map(change).collect())
}

/// The gap between sessions as long as the rule asks for; nothing when the rule is not about it.
pub(super) fn space(rule: &'static Rule, draft: &mut Draft) -> Option<Change> {
    let hours = rule.when.iter().find_map(least_gap)?;
    let from = std::mem::replace(&mut draft.gap_hours, hours);
    let what = "time between sessions".to_owned();
    Some(Change { rule, what, from: Setting::GapHours(from), to: Setting::GapHours(hours) })
}

/// Hours of a week: no rule asks for a longer gap.
const WEEK_H: u16 = 168;

/// The whole hours that a rule about the plan's gap asks for.
fn least_gap(test: &Test) -> Option<u16> {
    match (test.fact.as_str(), test.is, &test.value) {
        ("plan-gap-hours", Comparison::Below, Value::Number(hours)) => {
            (0..=WEEK_H).find(|whole| f64::from(*whole) >= *hours)
        }
        _ => None,
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
