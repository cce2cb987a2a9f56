//! What would narrow the answer about the treatment, and the way to put it into the plan.

use xystra_care::Record;
use xystra_cohort::answer::Design;

use super::told::{Told, percent};
use super::words;
use crate::show::number;

/// One way of measuring or pausing.
pub(super) struct Way {
    pub(super) name: &'static str,
    /// Expected width of the band of the treatment's effect, in points.
    pub(super) width: String,
    /// Chance that it can then be told.
    pub(super) tells: String,
    /// The plan's form with it filled in; empty where it is too late, or planned already.
    pub(super) href: String,
    /// Why there is no way to it.
    pub(super) why_not: &'static str,
}

/// Weeks of the break that the designs stand for.
const BREAK_WEEKS: u8 = 2;

/// Every way, as the answer has them.
pub(super) fn ways(told: &Told<'_>, record: &Record) -> Vec<Way> {
    told.foretold.answer.designs.iter().map(|design| way(design, record)).collect()
}

fn way(design: &Design, record: &Record) -> Way {
    let (href, why_not) = match plan(&design.id, record) {
        Ok(href) => (href, ""),
        Err(why_not) => (String::new(), why_not),
    };
    Way { name: words::design(&design.id), width: number(design.width, 1), tells: percent(design.tells), href, why_not }
}

/// The plan's form with the way filled in.
fn plan(id: &str, record: &Record) -> Result<String, &'static str> {
    let at = format!("/episodes/{}/plan", record.episode);
    let started = !record.finished_sessions().is_empty();
    if record.plan().is_err() {
        return Err("");
    }
    match id {
        "three-baselines" | "both" if started => Err("only before the first session"),
        "three-baselines" => Ok(format!("{at}?baseline=3#tell")),
        "break" => Ok(format!("{at}?{}#tell", pause(record))),
        "both" => Ok(format!("{at}?baseline=3&{}#tell", pause(record))),
        _ => Err(""),
    }
}

/// After the session to come.
fn pause(record: &Record) -> String {
    format!("pause_after={}&pause_weeks={BREAK_WEEKS}", record.finished_sessions().len() + 1)
}
