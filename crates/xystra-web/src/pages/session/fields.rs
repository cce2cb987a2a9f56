//! A session as form fields, and form fields as a session.

use jiff::tz::TimeZone;
use xystra_care::FieldError;
use xystra_care::id::RecordingId;
use xystra_care::session::{Application, Force, Session};
use xystra_catalog::course::Band;

use super::case::Case;
use crate::form::{Form, Reader, word};

/// Most applications of one session: an entry bound of ours.
const MOST: usize = 40;

/// The fields of a session.
pub(super) fn form_of(session: &Session) -> Form {
    let form = Form::new()
        .with_some("anything_new", session.anything_new.map(|new| if new { "yes" } else { "no" }))
        .with("news", &session.news)
        .with("applications", session.applications.len())
        .with_some("discomfort", session.discomfort)
        .with_some_word("skin", session.skin.as_ref())
        .with_some("home_done", session.home_done)
        .with("remark", &session.remark);
    session.applications.iter().enumerate().fold(form, |form, (n, application)| with_application(form, n, application))
}

fn with_application(form: Form, n: usize, application: &Application) -> Form {
    let at = |name: &str| format!("{name}_{n}");
    form.with(at("region"), &application.region)
        .with_some(at("done"), application.done.then_some("yes"))
        .with(at("instrument"), &application.instrument)
        .with(at("tool"), &application.tool)
        .with(at("edge"), &application.edge)
        .with(at("stroke"), &application.stroke)
        .with_some_word(at("direction"), application.direction.as_ref())
        .with(at("emollient"), &application.emollient)
        .with(at("force"), force_word(application.force))
        .with_some(at("minutes"), application.minutes)
        .with_some(at("strokes"), application.strokes)
}

/// `guessed`, the band's word, or the recording's id.
pub(super) fn force_word(force: Force) -> String {
    match force {
        Force::Guessed => "guessed".to_owned(),
        Force::Banded(band) => word(&band),
        Force::Measured(id) => id.to_string(),
    }
}

/// How many applications the form has.
pub(super) fn count(form: &Form) -> usize {
    form.get("applications").parse().unwrap_or(0).min(MOST)
}

/// Does the form have the session's own fields?
pub(super) fn is_whole(form: &Form) -> bool {
    !form.get("applications").is_empty()
}

/// Reads the session that the form describes, and what is wrong with its words.
///
/// A form without the session's own fields, such as one that only brings a recording, leaves the session as it is.
pub(super) fn read(form: &Form, zone: &TimeZone, case: &Case) -> (Session, Vec<FieldError>) {
    let old = &case.entry.body;
    if !is_whole(form) {
        return (old.clone(), Vec::new());
    }
    let mut reader = form.reader(zone);
    let session = Session {
        anything_new: reader.yes_no("anything_new"),
        news: reader.text("news"),
        applications: (0..count(form)).filter_map(|n| application(&mut reader, n, case)).collect(),
        discomfort: reader.whole("discomfort"),
        skin: reader.choice("skin"),
        home_done: reader.whole("home_done"),
        remark: reader.text("remark"),
        ..old.clone()
    };
    (session, reader.errors())
}

fn application(reader: &mut Reader<'_>, n: usize, case: &Case) -> Option<Application> {
    let at = |name: &str| format!("{name}_{n}");
    let region = reader.text(&at("region"));
    let Ok(region) = region.parse() else {
        reader.wrong(&at("region"), format!("{region} is no region of the body map"));
        return None;
    };
    Some(Application {
        region,
        instrument: reader.text(&at("instrument")),
        tool: reader.text(&at("tool")),
        edge: reader.text(&at("edge")),
        stroke: reader.text(&at("stroke")),
        direction: reader.choice(&at("direction")),
        emollient: reader.text(&at("emollient")),
        force: force(reader, &at("force"), case),
        minutes: reader.number(&at("minutes")),
        strokes: reader.whole(&at("strokes")),
        done: reader.ticked(&at("done")),
    })
}

fn force(reader: &mut Reader<'_>, name: &str, case: &Case) -> Force {
    let said = reader.text(name);
    match said.parse::<RecordingId>() {
        Ok(id) if case.recording(id).is_some() => return Force::Measured(id),
        Ok(_) => reader.wrong(name, "this recording does not belong to this session"),
        Err(_) if said == "guessed" => {}
        Err(_) => return reader.choice::<Band>(name).map_or(Force::Guessed, Force::Banded),
    }
    Force::Guessed
}
