//! A kept body in words: a title and its facts, for each kind of entry.

mod course;
mod person;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fact::Fact;
use crate::show::{Show, capital};

/// What a version says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// In one line.
    pub(super) title: String,
    pub(super) facts: Vec<Fact>,
}

/// The body of a step in words; `None` when this program cannot read it.
pub(super) fn read(step: &str, body: &Value, show: &Show) -> Option<Reading> {
    match step {
        "client" => parsed(body).map(|client| person::client(&client, show)),
        "consent" => parsed(body).map(|consent| person::consent(&consent, show)),
        "intake" => parsed(body).map(|intake| person::intake(&intake, show)),
        "screening" => parsed(body).map(|screening| person::screening(&screening)),
        "merge" => parsed(body).map(|merge| person::merge(&merge)),
        "appointment" => parsed(body).map(|appointment| person::appointment(&appointment, show)),
        "finding" => parsed(body).map(|finding| course::finding(&finding)),
        "measurement" => parsed(body).map(|measurement| course::measurement(&measurement)),
        "plan" => parsed(body).map(|plan| course::plan(&plan, show)),
        "session" => parsed(body).map(|session| course::session(&session, show)),
        "checkin" => parsed(body).map(|checkin| course::checkin(&checkin, show)),
        "note" => parsed(body).map(|note| course::note(&note, show)),
        "decision" => parsed(body).map(|decision| course::decision(&decision)),
        _ => None,
    }
}

/// The step's word for a person.
pub(super) fn step_word(step: &str) -> String {
    match step {
        "checkin" => "Check-in".to_owned(),
        step => capital(step),
    }
}

fn parsed<T: DeserializeOwned>(body: &Value) -> Option<T> {
    T::deserialize(body).ok()
}

/// The word of a value of ours as a person reads it: "repeated strain".
fn word<T: Serialize>(value: &T) -> String {
    crate::form::word(value).replace('-', " ")
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
