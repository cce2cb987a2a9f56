//! What the rules propose to change, each change under the name of its rule. Only a named clinician makes it a plan.

mod change;
mod edit;
mod ranked;
mod waiting;

use xystra_care::Record;
use xystra_care::facts::Facts;
use xystra_care::plan::Draft;
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Action, Rule};

pub use change::{Change, Setting};
pub(crate) use edit::lighter;
pub use ranked::{Ranked, Ranking, chosen, rank};
pub(crate) use waiting::waiting;

/// What waits for the clinician's decision.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proposal {
    /// Changes of the plan.
    pub changes: Vec<Change>,
    /// What no plan can answer: measure again, consider stopping, discharge, refer, wait for the skin.
    pub asks: Vec<&'static Rule>,
    /// The plan with all changes; `None` without any.
    pub draft: Option<Draft>,
    /// What the rules say, in their own words.
    pub says: String,
}

/// What the rules propose about this record, unless somebody has already decided on the same evidence.
///
/// A course that has to be stopped is not changed as well: then nothing else is proposed.
pub fn propose(record: &Record, facts: &Facts, catalog: &'static Catalog) -> Option<Proposal> {
    if record.closed().is_some() {
        return None;
    }
    let mut rules = waiting(record, facts, catalog);
    if let Some(stop) = rules.iter().copied().find(|rule| rule.action == Action::StopAndRefer) {
        rules = vec![stop];
    }
    let mut proposal = Proposal::default();
    let mut draft = record.plan().ok().map(|plan| plan.body.draft().clone());
    for rule in rules {
        proposal.take(rule, record, draft.as_mut());
    }
    proposal.finish(draft)
}

impl Proposal {
    /// The rules behind it, each once.
    pub fn rules(&self) -> Vec<&'static Rule> {
        let mut rules: Vec<&'static Rule> = Vec::new();
        for rule in self.changes.iter().map(|change| change.rule).chain(self.asks.iter().copied()) {
            if !rules.iter().any(|known| known.id == rule.id) {
                rules.push(rule);
            }
        }
        rules
    }

    /// Their ids, as a [`xystra_care::decision::Decision`] keeps them.
    pub fn rule_ids(&self) -> Vec<String> {
        self.rules().into_iter().map(|rule| rule.id.clone()).collect()
    }

    fn take(&mut self, rule: &'static Rule, record: &Record, draft: Option<&mut Draft>) {
        match (rule.action, draft) {
            (Action::LightenPlan, Some(draft)) => self.changes.extend(edit::lighten(rule, draft)),
            (Action::HoldRegion, Some(draft)) => match edit::hold(rule, draft, &record.held_regions()) {
                Some(changes) => self.changes.extend(changes),
                None => self.asks.push(rule),
            },
            (Action::Warn, Some(draft)) => self.changes.extend(edit::space(rule, draft)),
            (action, _) if asks(action) => self.asks.push(rule),
            _ => {}
        }
    }

    fn finish(mut self, draft: Option<Draft>) -> Option<Self> {
        let rules = self.rules();
        self.says = rules.iter().map(|rule| rule.says.as_str()).collect::<Vec<_>>().join(" ");
        self.draft = draft.filter(|_| !self.changes.is_empty());
        (!rules.is_empty()).then_some(self)
    }
}

/// Does the action ask for a decision rather than for a change, a wait or some care?
fn asks(action: Action) -> bool {
    matches!(
        action,
        Action::Reassess | Action::ConsiderStopping | Action::PlanDischarge | Action::StopAndRefer | Action::DoNotTreat
    )
}
