//! What stands beside the plan: what to take care of, the usual course, and what happens without treatment.

use xystra_care::Record;
use xystra_care::advice::advise;
use xystra_care::facts::facts;
use xystra_care::plan::Target;
use xystra_care::screening::{Clearance, Reason};
use xystra_catalog::advice::{Action, Context, Rule};
use xystra_catalog::catalog;
use xystra_catalog::condition::Condition;
use xystra_catalog::screening::Verdict;
use xystra_course::dosing::target_words;

use crate::auth::Visitor;
use crate::show::{Show, capital, number};

/// What stands beside the plan.
pub(super) struct Beside {
    pub(super) cleared_until: String,
    /// What the screening asks to change.
    pub(super) cautions: Vec<Caution>,
    /// The complaint's entry in the catalog.
    pub(super) condition: Option<&'static Condition>,
    /// Its default course in one sentence.
    pub(super) course: String,
    /// Rules that warn of the plan in force; none of them forbids it.
    pub(super) warnings: Vec<&'static Rule>,
}

/// One precaution or ban from the screening.
pub(super) struct Caution {
    /// A region, or empty for the whole client.
    pub(super) at: String,
    pub(super) reason: &'static str,
    pub(super) consequence: &'static str,
    pub(super) forbids: bool,
}

impl Beside {
    pub(super) fn of(record: &Record, clearance: &Clearance, visitor: &Visitor) -> Self {
        let condition = record.intake.body.condition_in(catalog());
        Self {
            cleared_until: visitor.show.date(clearance.expires_at()),
            cautions: cautions(clearance),
            course: condition.map(|condition| course(condition, &visitor.show)).unwrap_or_default(),
            condition,
            warnings: warnings(record, visitor),
        }
    }
}

fn cautions(clearance: &Clearance) -> Vec<Caution> {
    let assessment = clearance.assessment();
    let client = assessment.precautions().map(|reason| caution(String::new(), reason));
    let regions = assessment.regions.iter().flat_map(|(region, reasons)| {
        let at = capital(&xystra_care::finding::label(region));
        reasons.iter().map(move |reason| caution(at.clone(), reason))
    });
    client.chain(regions).collect()
}

fn caution(at: String, reason: &Reason) -> Caution {
    Caution {
        at,
        reason: &reason.item.reason,
        consequence: reason.consequence(),
        forbids: reason.item.verdict == Verdict::DoNotTreat,
    }
}

/// "2 sessions a week for 5 weeks, 3 min on each region, light (1.6–3.5 N)."
fn course(condition: &Condition, show: &Show) -> String {
    let course = &condition.course;
    format!(
        "{} sessions a week for {} weeks, {} min on each region, {}.",
        course.sessions_per_week,
        course.weeks,
        number(course.minutes_per_region, 1),
        target_words(Target::Band(course.band), show.force_unit(), catalog())
    )
}

fn warnings(record: &Record, visitor: &Visitor) -> Vec<&'static Rule> {
    let facts = facts(record, catalog(), visitor.show.zone(), visitor.now);
    let advice = advise(&facts, catalog(), Context::Course);
    let speaking = advice.into_iter().filter(|advice| advice.speaks() && advice.rule.action == Action::Warn);
    speaking.map(|advice| advice.rule).collect()
}
