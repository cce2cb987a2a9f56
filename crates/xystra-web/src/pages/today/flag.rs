//! What waits for a decision.

use xystra_care::Record;
use xystra_catalog::advice::{Action, Rule};
use xystra_course::today::Due;

use super::Day;
use super::standing::Standing;
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
    let open = day.standings.iter().filter(|standing| standing.record.closed().is_none());
    let mut flags: Vec<Flag> = open.flat_map(|standing| of_record(day, standing)).collect();
    flags.sort_by_key(|flag| ["f-stop", "f-pre", "f-ok"].iter().position(|class| *class == flag.class));
    flags
}

fn of_record(day: &Day<'_>, standing: &Standing) -> Vec<Flag> {
    let Standing { record, waiting, .. } = standing;
    let flag = |look, about: &str, sentence: &str, link| flag(day, record, look, about, sentence, link);
    let mut flags: Vec<Flag> = waiting.iter().map(|rule| of_rule(day, record, rule)).collect();
    match &standing.visit.due {
        Due::Hold { rule, reason } if !waiting.iter().any(|waiting| Some(*waiting) == *rule) => {
            flags.push(flag(("f-stop", "bruise"), "on hold", reason, (last_response(record), "Check skin")));
        }
        Due::ScreeningOpen { why } if record.plan.is_some() => {
            let href = format!("/episodes/{}/screening", record.episode);
            flags.push(flag(("f-pre", "shield"), "no clearance", &why.to_string(), (href, "Screen")));
        }
        _ => flags.extend(standing.clearance_ends.map(|rule| {
            let href = format!("/episodes/{}/screening", record.episode);
            flag(("f-pre", "shield"), "clearance ends", &rule.says, (href, "Screen"))
        })),
    }
    flags
}

fn of_rule(day: &Day<'_>, record: &Record, rule: &Rule) -> Flag {
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
    flag(day, record, look, about, &rule.says, link)
}

fn flag(
    day: &Day<'_>,
    record: &Record,
    look: (&'static str, &'static str),
    about: &str,
    sentence: &str,
    link: (String, &'static str),
) -> Flag {
    let title = format!("{}: {about}", day.name(record));
    Flag { class: look.0, icon: look.1, title, sentence: capital(sentence), href: link.0, word: link.1 }
}
