//! The choices of an outlook in order of what they bring, with the reason, the runner-up and what is given up.
//!
//! What is expected counts in changes that count to a person, function and pain first; sessions and bruises take away. The weights are
//! ours and stand in `data/cohort/record.toml`. Rules come first: while one of them waits for a decision, nothing is ranked.

mod compare;
mod worth;

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::decision::Decision;
use xystra_care::facts::Facts;
use xystra_catalog::Catalog;
use xystra_cohort::answer::METHOD;

use super::propose;
use crate::assumed::assumed;
use crate::outlook::choices::{Offer, allowed};
use crate::outlook::{Asked, Foretold, ahead_h};
use worth::worth;

/// Choices, the best first.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// What comes out first: the plan in force, unless another leads by enough to be worth telling.
    pub best: Ranked,
    /// All others in order; the first is the runner-up.
    pub others: Vec<Ranked>,
    /// What the best brings: beside the plan in force, or beside the runner-up when it is the plan in force.
    pub reason: String,
    /// What the runner-up would have brought and the best does not.
    pub given_up: String,
    /// Weeks from now at which they are compared.
    pub weeks: f64,
}

/// A choice with its worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The choice.
    pub offer: Offer,
    /// In changes that count, less what sessions and bruises take away.
    pub worth: f64,
    /// "Lighter: 0.1 points less relief by week 6", beside the plan in force; empty for that plan itself.
    pub says: String,
}

/// The choices ranked; `None` while the rules' own proposal waits, where nothing may be treated now, and for an outlook that is not made from
/// the record as it stands (`asked`).
pub fn rank(
    record: &Record,
    facts: &Facts,
    (asked, foretold): (&Asked, &Foretold),
    catalog: &'static Catalog,
    now: Timestamp,
) -> Option<Ranking> {
    let is_current = asked.made_from == foretold.made_from;
    if !is_current || propose(record, facts, catalog).is_some() || allowed(record, facts, catalog, now).is_none() {
        return None;
    }
    let at_h = ahead_h(foretold)?;
    let mut all = foretold.offers.iter().map(|offer| one(offer, asked, foretold, at_h)).collect::<Option<Vec<_>>>()?;
    all.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    let going_on = all.iter().position(|ranked| ranked.offer.id == "continue")?;
    if all[0].worth - all[going_on].worth < assumed("worth-telling") {
        let plan = all.remove(going_on);
        all.insert(0, plan);
    }
    let best = all.remove(0);
    Some(told(best, all, asked, foretold, at_h))
}

/// The decision that turns a choice into a version of the plan; the plan itself goes through [`xystra_care::plan::Plan::new`].
pub fn chosen(foretold: &Foretold, offer: &Offer, plan_version: u32) -> Decision {
    let (choice, outlook) = (offer.id.clone(), foretold.made_from.clone());
    Decision::Chosen { choice, outlook, method: METHOD.to_owned(), plan_version }
}

fn one(offer: &Offer, asked: &Asked, foretold: &Foretold, at_h: f64) -> Option<Ranked> {
    let says = if offer.id == "continue" {
        String::new()
    } else {
        compare::says(&offer.id, "continue", asked, foretold, at_h)
    };
    Some(Ranked { worth: worth(offer, asked, foretold, at_h)?, offer: offer.clone(), says })
}

fn told(best: Ranked, others: Vec<Ranked>, asked: &Asked, foretold: &Foretold, at_h: f64) -> Ranking {
    let runner_up = others.first().map_or("stop", |second| second.offer.id.as_str());
    let reason = if best.offer.id == "continue" {
        compare::says("continue", runner_up, asked, foretold, at_h)
    } else {
        best.says.clone()
    };
    let given_up = compare::given_up(&best.offer.id, runner_up, asked, foretold, at_h);
    Ranking { weeks: (at_h - foretold.now_h) / 168.0, best, reason, given_up, others }
}
