//! What the rules leave of the plan in force. They cannot be outvoted.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::advice::{Advice, advise};
use xystra_care::facts::Facts;
use xystra_care::plan::Draft;
use xystra_care::screening::Clearance;
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Action, Context};
use xystra_catalog::atlas::RegionId;

/// A plan that may be followed, with what it stands on.
#[derive(Debug, Clone, PartialEq)]
pub struct Allowed {
    /// The plan in force without regions that are held or refused; at least one is left.
    pub draft: Draft,
    /// The clearance in force.
    pub clearance: Clearance,
}

/// The plan in force as far as it may be followed at `at`; `None` when the episode is closed, a rule says to stop or not to treat, consent,
/// clearance or plan is missing, or every region is held or refused.
pub fn allowed(record: &Record, facts: &Facts, catalog: &'static Catalog, at: Timestamp) -> Option<Allowed> {
    if is_forbidden(facts, catalog) {
        return None;
    }
    let clearance = record.clearance(catalog, at).ok()?;
    record.consent(at).ok()?;
    let mut draft = record.plan().ok()?.body.draft().clone();
    let held = record.held_regions();
    let is_held = |region: &RegionId| held.iter().any(|(held, _)| held == region);
    draft.applications.retain(|planned| !is_held(&planned.region) && clearance.allows(&planned.region).is_ok());
    (!draft.applications.is_empty()).then_some(Allowed { draft, clearance })
}

fn is_forbidden(facts: &Facts, catalog: &'static Catalog) -> bool {
    let advice = [Context::Before, Context::Course].into_iter().flat_map(|context| advise(facts, catalog, context));
    advice.filter(Advice::speaks).any(|advice| matches!(advice.rule.action, Action::StopAndRefer | Action::DoNotTreat))
}
