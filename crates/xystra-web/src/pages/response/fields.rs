//! A check-in as form fields, and form fields as a check-in.

use jiff::{SignedDuration, Timestamp};
use xystra_care::response::{Checkin, How};
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError};

use crate::auth::Visitor;
use crate::form::{Form, Reader};
use crate::show::Show;

/// The usual check-ins, hours after the session (design: the loop, step 6).
const USUAL: [(&str, i64); 2] = [("24", 24), ("48", 48)];

/// Moments that a check-in may speak of and that have come already.
pub(super) fn moments(finished_at: Timestamp, visitor: &Visitor) -> Vec<(&'static str, String)> {
    let usual = USUAL.into_iter().filter(|(_, hours)| after(finished_at, *hours) <= visitor.now);
    let usual = usual
        .map(|(value, hours)| (value, format!("{hours} h after: {}", visitor.show.date(after(finished_at, hours)))));
    let ends = [("now", "now".to_owned()), ("other", "another time".to_owned())];
    usual.chain(ends).collect()
}

fn after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}

/// A new check-in: told at the next visit when one is going on, else on the phone, now.
pub(super) fn new_form(finished_at: Timestamp, visitor: &Visitor, next: &str) -> Form {
    let at_visit = next.starts_with("/sessions/");
    let a_day_after = moments(finished_at, visitor).iter().any(|(value, _)| *value == "24");
    Form::new()
        .with("next", next)
        .with_word("how", if at_visit { &How::NextVisit } else { &How::Phone })
        .with("when", if at_visit && a_day_after { "24" } else { "now" })
}

/// The fields of a check-in that is put right.
pub(super) fn form_of(entry: &Entry<Checkin>, show: &Show) -> Form {
    let checkin = &entry.body;
    Form::new()
        .with("checkin", entry.thread)
        .with("when", "other")
        .with("at", show.input_moment(checkin.at))
        .with_word("how", &checkin.how)
        .with_some("soreness", checkin.soreness)
        .with_some_word("skin", checkin.skin.as_ref())
        .with_some("redness", checkin.redness_over_30_min.map(|over| if over { "yes" } else { "no" }))
        .with("remark", &checkin.remark)
}

/// Reads the check-in that the form describes, and what is wrong with it.
pub(super) fn read(
    form: &Form,
    session: &Entry<Session>,
    finished_at: Timestamp,
    visitor: &Visitor,
) -> (Option<Checkin>, Vec<FieldError>) {
    let mut reader = form.reader(visitor.show.zone());
    let at = moment(form, &mut reader, finished_at, visitor);
    let at = reader.need("at", at, "say which moment this speaks of");
    let how = reader.choice("how");
    let how = reader.need("how", how, "say how it was learnt");
    let (soreness, skin) = (reader.whole("soreness"), reader.choice("skin"));
    let (redness, remark) = (reader.yes_no("redness"), reader.text("remark"));
    let checkin = at.zip(how).map(|(at, how)| Checkin {
        session: session.thread,
        at,
        how,
        soreness,
        skin,
        redness_over_30_min: redness,
        remark,
    });
    reader.and(checkin.iter().flat_map(|checkin| checkin.check(finished_at, visitor.now)).collect());
    (checkin, reader.errors())
}

fn moment(form: &Form, reader: &mut Reader<'_>, finished_at: Timestamp, visitor: &Visitor) -> Option<Timestamp> {
    match form.get("when") {
        "now" => Some(visitor.now),
        "24" => Some(after(finished_at, 24)),
        "48" => Some(after(finished_at, 48)),
        _ => reader.moment("at"),
    }
}
