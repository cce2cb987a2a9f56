//! What waits for a decision.

use xystra_care::Record;
use xystra_care::advice::{Advice, advise};
use xystra_care::facts::{Facts, facts};
use xystra_catalog::advice::{Action, Context, Rule};
use xystra_catalog::catalog;
use xystra_course::today::{Due, decisions, due};

use super::Day;
use crate::pages::episode::action::last_response;
use crate::show::capital;

/// One thing to decide.
pub(super) struct Flag {
    /// `f-stop`, `f-pre` or `f-ok`.
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    /// "Demo client 7: clearance ends".
    pub(super) title: String,
    pub(super) sentence: String,
    pub(super) href: String,
    pub(super) word: &'static str,
}

/// Everything that waits, what stops first.
pub(super) fn flags(day: &Day<'_>) -> Vec<Flag> {
    let open = day.records.iter().filter(|record| record.closed().is_none());
    let mut flags: Vec<Flag> = open.flat_map(|record| of_record(day, record)).collect();
    flags.sort_by_key(|flag| ["f-stop", "f-pre", "f-ok"].iter().position(|class| *class == flag.class));
    flags
}

fn of_record(day: &Day<'_>, record: &Record) -> Vec<Flag> {
    let now = day.visitor.now;
    let facts = facts(record, catalog(), day.visitor.show.zone(), now);
    let waiting = decisions(record, &facts, catalog());
    let mut flags: Vec<Flag> = waiting.iter().map(|waiting| of_rule(record, waiting.rule)).collect();
    match due(record, &facts, catalog(), now) {
        Due::Hold { rule, reason } if !waiting.iter().any(|waiting| Some(waiting.rule) == rule) => {
            flags.push(flag(record, ("f-stop", "bruise"), "on hold", &reason, (last_response(record), "Check skin")));
        }
        Due::ScreeningOpen { why } if record.plan.is_some() => {
            let href = format!("/episodes/{}/screening", record.episode);
            flags.push(flag(record, ("f-pre", "shield"), "no clearance", &why.to_string(), (href, "Screen")));
        }
        _ => flags.extend(clearance_ends(record, &facts)),
    }
    flags
}

/// The rule about the end of the clearance, if it speaks.
fn clearance_ends(record: &Record, facts: &Facts) -> Option<Flag> {
    let before = advise(facts, catalog(), Context::Before).into_iter().filter(Advice::speaks).map(|advice| advice.rule);
    let about_clearance = |rule: &&Rule| rule.when.iter().any(|test| test.fact == "clearance-days-left");
    let rule = before.into_iter().find(about_clearance)?;
    let href = format!("/episodes/{}/screening", record.episode);
    Some(flag(record, ("f-pre", "shield"), "clearance ends", &rule.says, (href, "Screen")))
}

fn of_rule(record: &Record, rule: &Rule) -> Flag {
    let look = match rule.action {
        Action::StopAndRefer | Action::DoNotTreat => ("f-stop", "stop"),
        Action::HoldRegion => ("f-stop", "bruise"),
        Action::PlanDischarge => ("f-ok", "check"),
        Action::Reassess => ("f-pre", "ruler"),
        _ => ("f-pre", "warn"),
    };
    let about = match rule.action {
        Action::StopAndRefer => "stop and refer",
        Action::DoNotTreat => "do not treat",
        Action::HoldRegion => "hold a region",
        Action::LightenPlan => "lighter plan proposed",
        Action::Reassess => "measure again",
        Action::ConsiderStopping => "consider stopping",
        Action::PlanDischarge => "goal met",
        _ => "a change of plan proposed",
    };
    let link = match rule.action {
        Action::Reassess => (format!("/episodes/{}/measurements", record.episode), "Measure"),
        Action::PlanDischarge => (format!("/episodes/{}#close", record.episode), "Discharge"),
        _ => (format!("/episodes/{}#proposal", record.episode), "Review"),
    };
    flag(record, look, about, &rule.says, link)
}

fn flag(
    record: &Record,
    look: (&'static str, &'static str),
    about: &str,
    sentence: &str,
    link: (String, &'static str),
) -> Flag {
    let title = format!("{}: {about}", record.client.body.name);
    Flag { class: look.0, icon: look.1, title, sentence: capital(sentence), href: link.0, word: link.1 }
}
