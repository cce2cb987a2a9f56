//! The verdict as a page shows it: for the client and for each region, with reason, source and what to do.

use xystra_care::finding::label;
use xystra_care::intake::Intake;
use xystra_care::screening::{Assessment, Reason, Screening, Standing, screen};
use xystra_care::{Record, Refusal};
use xystra_catalog::screening::{Urgency, Verdict as Means};
use xystra_catalog::{Status, catalog};

use crate::auth::Visitor;
use crate::show::capital;

/// What follows from the answers.
pub(super) struct Verdict {
    pub(super) chip: Chip,
    pub(super) says: String,
    /// Somebody has to act, and how fast.
    pub(super) alarm: Option<Alarm>,
    pub(super) client: Vec<Line>,
    pub(super) regions: Vec<Region>,
    /// It is in the record; otherwise it only says what the answers typed so far come to.
    pub(super) saved: bool,
    /// What ends it, or has ended it.
    pub(super) until: Option<String>,
    /// May the plan go on from here?
    pub(super) is_open_to_go_on: bool,
}

/// A standing as colour, icon and word.
pub(super) struct Chip {
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) word: String,
}

/// The banner over everything else.
pub(super) struct Alarm {
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) says: &'static str,
}

/// How one region stands.
pub(super) struct Region {
    pub(super) label: String,
    pub(super) chip: Chip,
    pub(super) lines: Vec<Line>,
}

/// One reason.
pub(super) struct Line {
    pub(super) stops: bool,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) asked: &'static str,
    pub(super) reason: &'static str,
    pub(super) consequence: &'static str,
    pub(super) remark: String,
    pub(super) how_fast: Option<&'static str>,
    pub(super) source: &'static str,
    pub(super) cite: String,
    pub(super) is_verified: bool,
}

impl Verdict {
    /// The verdict on answers that are not in the record.
    pub(super) fn of_typed(intake: &Intake, screening: &Screening) -> Self {
        Self::of(&screen(intake, screening, catalog()))
    }

    /// The verdict in the record, if somebody screened.
    pub(super) fn of_record(record: &Record, visitor: &Visitor) -> Option<Self> {
        let screening = record.screening.as_ref().filter(|entry| !entry.struck)?;
        let verdict = Self::of(&screen(&record.intake.body, &screening.body, catalog()));
        let clearance = record.clearance(catalog(), visitor.now);
        let until = match &clearance {
            Ok(clearance) => Some(format!(
                "Holds until {}, 12 weeks after the screening.",
                visitor.show.date(clearance.expires_at())
            )),
            Err(why @ (Refusal::Expired { .. } | Refusal::SomethingNew)) => {
                Some(format!("{}.", capital(&why.to_string())))
            }
            Err(_) => None,
        };
        Some(Self { saved: true, until, is_open_to_go_on: clearance.is_ok(), ..verdict })
    }

    fn of(assessment: &Assessment) -> Self {
        let standing = assessment.standing();
        let region = |(region, reasons): (&_, &Vec<Reason>)| Region {
            label: capital(&label(region)),
            chip: chip(assessment.region(region)),
            lines: reasons.iter().map(line).collect(),
        };
        Self {
            chip: chip(standing),
            says: says(standing, assessment.unanswered.len()),
            alarm: alarm(assessment.urgency()),
            client: assessment.client.iter().map(line).collect(),
            regions: assessment.regions.iter().map(region).collect(),
            saved: false,
            until: None,
            is_open_to_go_on: false,
        }
    }
}

fn chip(standing: Standing) -> Chip {
    let (class, icon) = match standing {
        Standing::Clear => ("is-clear", "check"),
        Standing::Precaution => ("is-precaution", "warn"),
        Standing::Open => ("", "question"),
        Standing::DoNotTreat => ("is-stop", "stop"),
    };
    Chip { class, icon, word: capital(standing.word()) }
}

fn says(standing: Standing, open: usize) -> String {
    match (standing, open) {
        (Standing::Clear, _) => "No answer speaks against treating this client.".to_owned(),
        (Standing::Precaution, _) => "This client may be treated, with the changes below.".to_owned(),
        (Standing::DoNotTreat, _) => "Do not treat this client now.".to_owned(),
        (Standing::Open, 1) => "One question is open. An unanswered question is not clear.".to_owned(),
        (Standing::Open, open) => format!("{open} questions are open. An unanswered question is not clear."),
    }
}

fn alarm(urgency: Urgency) -> Option<Alarm> {
    match urgency {
        Urgency::Emergency => {
            Some(Alarm { class: "is-stop", icon: "phone", says: "Emergency: emergency department now" })
        }
        Urgency::SameDay => {
            Some(Alarm { class: "is-stop", icon: "warn", says: "A doctor has to see this client today" })
        }
        Urgency::Urgent => {
            Some(Alarm { class: "is-precaution", icon: "clock", says: "A doctor has to see this client within days" })
        }
        Urgency::Routine | Urgency::None => None,
    }
}

fn line(reason: &Reason) -> Line {
    let item = reason.item;
    let cite = catalog().source(&item.source).map_or_else(|| item.source.clone(), xystra_catalog::Source::short);
    let (stops, class, icon) = match item.verdict {
        Means::DoNotTreat => (true, "is-stop", "stop"),
        Means::Precaution => (false, "is-precaution", "warn"),
    };
    Line {
        stops,
        class,
        icon,
        asked: &item.ask,
        reason: &item.reason,
        consequence: reason.consequence(),
        remark: reason.remark.clone(),
        how_fast: how_fast(item.urgency),
        source: &item.source,
        cite,
        is_verified: item.status == Status::Verified,
    }
}

fn how_fast(urgency: Urgency) -> Option<&'static str> {
    match urgency {
        Urgency::Emergency => Some("now"),
        Urgency::SameDay => Some("today"),
        Urgency::Urgent => Some("within days"),
        Urgency::Routine => Some("by letter"),
        Urgency::None => None,
    }
}
