//! What is said about the person and the complaint.

use xystra_care::appointment::{Appointment, State};
use xystra_care::client::{Client, Contact};
use xystra_care::consent::Consent;
use xystra_care::finding::label;
use xystra_care::intake::{Goal, Intake};
use xystra_care::merge::Merge;
use xystra_care::screening::{Answer, Screening};
use xystra_catalog::catalog;

use super::super::fact::Facts;
use super::{Reading, word};
use crate::show::{Show, number};

pub(super) fn client(client: &Client, show: &Show) -> Reading {
    let facts = Facts::new()
        .with("Name", &client.name)
        .with_some("Born", client.born.map(|born| show.day(born)))
        .with_some("Hand", client.handed.as_ref().map(word))
        .with_some("Skin", client.skin.as_ref().map(word))
        .with("Telephone", &client.phone)
        .with("Mail", &client.email)
        .with("Address", &client.address)
        .with("Emergency contact", contact(&client.emergency))
        .with("Referred by", contact(&client.referrer))
        .with("Guardian", contact(&client.guardian))
        .with("Medicines", client.medicines.join("; "))
        .with("Allergies", client.allergies.join("; "))
        .with("Remarks", &client.remarks);
    Reading { title: client.name.clone(), facts: facts.finish() }
}

fn contact(contact: &Contact) -> String {
    [contact.name.as_str(), contact.reach.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

pub(super) fn consent(consent: &Consent, show: &Show) -> Reading {
    let title = match consent.withdrawn_at {
        Some(_) => "Consent withdrawn".to_owned(),
        None => format!("Consent to text {}", consent.text_version),
    };
    let facts = Facts::new()
        .with("Text", consent.text_version.to_string())
        .with("Given", word(&consent.how))
        .with("Regions", &consent.regions)
        .with("Guardian", &consent.guardian)
        .with_some("Withdrawn", consent.withdrawn_at.map(|at| show.moment(at)));
    Reading { title, facts: facts.finish() }
}

pub(super) fn intake(intake: &Intake, show: &Show) -> Reading {
    let facts = Facts::new()
        .with("Complaint", intake.title(catalog()))
        .with("In words", &intake.words)
        .with_some("Since", intake.since.map(|since| show.day(since)))
        .with("Began with", word(&intake.onset))
        .with_some("Irritability", intake.irritability.as_ref().map(word))
        .with("Diagnosed by", &intake.diagnosed_by)
        .with_some("Code", intake.code.clone())
        .with("Goals", intake.goals.iter().map(goal).collect::<Vec<_>>().join("; "))
        .with("Own activities", intake.activities.join("; "))
        .with("Story", &intake.story);
    Reading { title: intake.title(catalog()), facts: facts.finish() }
}

fn goal(goal: &Goal) -> String {
    let measure = goal.measure.as_deref().and_then(|id| catalog().measure(id));
    match (measure, goal.target) {
        (Some(measure), Some(target)) => {
            format!("{} ({}: {} {})", goal.text, measure.name, number(target, 1), measure.unit)
        }
        _ => goal.text.clone(),
    }
}

pub(super) fn screening(screening: &Screening) -> Reading {
    let yes: Vec<(&String, &Answer)> = screening.answers.iter().filter(|(_, answer)| answer.yes).collect();
    let title = match yes.len() {
        0 => format!("{} questions answered, none with yes", screening.answers.len()),
        many => format!("{} questions answered, {many} with yes", screening.answers.len()),
    };
    let facts = Facts::new().with("Answered", screening.answers.len().to_string());
    let facts = facts.and(yes.into_iter().map(|(id, given)| (question(id), answer(given))));
    Reading { title, facts: facts.finish() }
}

fn question(id: &str) -> String {
    let flags = catalog().conditions.iter().flat_map(|condition| &condition.red_flags);
    let item = catalog().screening.iter().chain(flags).find(|item| item.id == id);
    item.map_or_else(|| id.to_owned(), |item| item.ask.clone())
}

fn answer(answer: &Answer) -> String {
    let regions = answer.regions.iter().map(label).collect::<Vec<_>>().join(", ");
    ["yes", &regions, &answer.remark].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

pub(super) fn merge(merge: &Merge) -> Reading {
    let facts = Facts::new()
        .with("Name there", &merge.name)
        .with("Complaints that came", merge.episodes.len().to_string())
        .with("Other facts that came", merge.threads.len().to_string());
    Reading { title: format!("Another record was put into this one: {}", merge.name), facts: facts.finish() }
}

pub(super) fn appointment(appointment: &Appointment, show: &Show) -> Reading {
    let state = match appointment.state {
        State::Booked => "booked",
        State::Cancelled => "cancelled",
        State::NoShow => "did not come",
        State::Kept => "kept",
    };
    let facts =
        Facts::new().with("When", show.moment(appointment.at)).with("State", state).with("Remark", &appointment.remark);
    Reading { title: format!("{}, {state}", show.moment(appointment.at)), facts: facts.finish() }
}
