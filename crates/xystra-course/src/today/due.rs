//! May this client be treated, and if not, why not yet?

use jiff::{SignedDuration, Timestamp};
use xystra_care::advice::{Advice, advise};
use xystra_care::entry::hours_between;
use xystra_care::facts::Facts;
use xystra_care::screening::{Clearance, Reason};
use xystra_care::{Record, Refusal};
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Action, Context, Rule};
use xystra_catalog::screening::Verdict;

use super::window::{Window, window};

/// How a client stands for treatment: the first of these that applies.
#[derive(Debug, Clone, PartialEq)]
pub enum Due {
    /// The episode has ended.
    Closed,
    /// The screening forbids treatment.
    DoNotTreat {
        /// Why.
        reason: String,
        /// Whom to refer to, or what has to happen first.
        refer: String,
    },
    /// A session is going on.
    UnderWay,
    /// The client has not agreed, or has withdrawn.
    NoConsent,
    /// There is no clearance in force.
    ScreeningOpen {
        /// Why not.
        why: Refusal,
    },
    /// There is no plan.
    NoPlan,
    /// Skin, soreness or a region's verdict says to wait.
    Hold {
        /// The rule that says so; `None` when every planned region is refused by itself.
        rule: Option<&'static Rule>,
        /// What it says.
        reason: String,
    },
    /// Less time has passed than plan and rule ask for.
    TooEarly {
        /// When it has.
        opens_at: Timestamp,
    },
    /// Treat with a change.
    Precaution {
        /// The change.
        change: String,
    },
    /// Longer ago than the usual course has it; may be treated.
    Late,
    /// Nothing speaks against it.
    Clear,
}

impl Due {
    /// In a word or two.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Closed => "Closed",
            Self::DoNotTreat { .. } => "Do not treat",
            Self::UnderWay => "Under way",
            Self::NoConsent => "No consent",
            Self::ScreeningOpen { .. } => "Screening open",
            Self::NoPlan => "No plan",
            Self::Hold { .. } => "Hold",
            Self::TooEarly { .. } => "Too early",
            Self::Precaution { .. } => "Precaution",
            Self::Late => "Late",
            Self::Clear => "Clear",
        }
    }

    /// Why, where the word does not say it all; the time of `TooEarly` is for the page to write.
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::DoNotTreat { reason, refer } => Some(format!("{reason} ({refer})")),
            Self::ScreeningOpen { why } => Some(why.to_string()),
            Self::Hold { reason, .. } => Some(reason.clone()),
            Self::Precaution { change } => Some(change.clone()),
            _ => None,
        }
    }

    /// May a session begin?
    pub fn may_treat(&self) -> bool {
        matches!(self, Self::Precaution { .. } | Self::Late | Self::Clear)
    }
}

/// How the client stands at `at`; skin and soreness as `facts` know them.
pub fn due(record: &Record, facts: &Facts, catalog: &'static Catalog, at: Timestamp) -> Due {
    if record.closed().is_some() {
        return Due::Closed;
    }
    let clearance = match record.clearance(catalog, at) {
        Err(Refusal::DoNotTreat { reason, refer }) => return Due::DoNotTreat { reason, refer },
        clearance => clearance,
    };
    if record.open_session().is_some() {
        return Due::UnderWay;
    }
    if record.consent(at).is_err() {
        return Due::NoConsent;
    }
    match clearance {
        Err(why) => Due::ScreeningOpen { why },
        Ok(clearance) => cleared(record, facts, catalog, &clearance, at),
    }
}

fn cleared(record: &Record, facts: &Facts, catalog: &'static Catalog, clearance: &Clearance, at: Timestamp) -> Due {
    if record.plan().is_err() {
        return Due::NoPlan;
    }
    let window = window(record, catalog);
    hold(record, facts, catalog, clearance)
        .or_else(|| too_early(record, window, at))
        .or_else(|| precaution(clearance))
        .or_else(|| late(record, window, at))
        .unwrap_or(Due::Clear)
}

fn hold(record: &Record, facts: &Facts, catalog: &'static Catalog, clearance: &Clearance) -> Option<Due> {
    let speaking = advise(facts, catalog, Context::Before).into_iter().filter(Advice::speaks).map(|advice| advice.rule);
    let holding: Vec<&'static Rule> = speaking.filter(|rule| weight(rule.action).is_some()).collect();
    let heaviest = holding.into_iter().max_by_key(|rule| weight(rule.action));
    let by_rule = heaviest.map(|rule| Due::Hold { rule: Some(rule), reason: rule.says.clone() });
    by_rule.or_else(|| nowhere(record, clearance).map(|reason| Due::Hold { rule: None, reason }))
}

/// How much an action holds back; `None` when it does not.
fn weight(action: Action) -> Option<u8> {
    match action {
        Action::StopAndRefer => Some(3),
        Action::HoldRegion => Some(2),
        Action::Wait => Some(1),
        _ => None,
    }
}

/// The first refusal, when every planned region is refused.
fn nowhere(record: &Record, clearance: &Clearance) -> Option<String> {
    let held = record.held_regions();
    let planned = &record.plan().ok()?.body.draft().applications;
    let refusal = |region| {
        let on_hold = held.iter().find(|(held, _)| held == region).map(|(_, reason)| reason.clone());
        on_hold.or_else(|| clearance.allows(region).err().map(|refusal| refusal.to_string()))
    };
    let refusals: Option<Vec<String>> = planned.iter().map(|planned| refusal(&planned.region)).collect();
    refusals?.into_iter().next()
}

fn too_early(record: &Record, window: Window, at: Timestamp) -> Option<Due> {
    let wait = SignedDuration::try_from_secs_f64(window.opens_h * 3600.0).ok()?;
    let opens_at = record.last_session_at()?.checked_add(wait).ok()?;
    (at < opens_at).then_some(Due::TooEarly { opens_at })
}

fn precaution(clearance: &Clearance) -> Option<Due> {
    let assessment = clearance.assessment();
    let all = assessment.client.iter().chain(assessment.regions.values().flatten());
    let first = all.into_iter().find(|reason| reason.item.verdict == Verdict::Precaution);
    first.map(Reason::consequence).map(|change| Due::Precaution { change: change.to_owned() })
}

fn late(record: &Record, window: Window, at: Timestamp) -> Option<Due> {
    let hours = hours_between(record.last_session_at()?, at);
    (hours >= window.closes_h?).then_some(Due::Late)
}
