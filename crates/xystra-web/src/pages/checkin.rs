//! The check-in that a client fills in on a phone, and what it tells the client to do.

mod fields;
mod skins;
mod todo;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use jiff::{SignedDuration, Timestamp};
use xystra_catalog::screening::Item;

use self::skins::Tile;
use self::todo::Todo;
use super::by_link::Opened;
use crate::app::App;
use crate::error::{WebError, page, refused_page};
use crate::form::Form;
use crate::frame::Frame;

/// How long before its time a check-in may be answered, hours: by half a day, as it is counted on Today.
const EARLY_H: i64 = 12;

/// The questions.
#[derive(Template)]
#[template(path = "checkin/form.html")]
struct Sheet {
    frame: Frame,
    form: Form,
    /// The day of the session.
    visit: String,
    skins: [Tile; 8],
    /// What the complaint's pain is called, when it is followed.
    pain: Option<String>,
    /// What a doctor should hear of today.
    alarms: Vec<&'static Item>,
}

/// It is too early to ask.
#[derive(Template)]
#[template(path = "checkin/early.html")]
struct Early {
    frame: Frame,
    visit: String,
    opens: String,
}

/// Thanks, and what to do now.
#[derive(Template)]
#[template(path = "checkin/thanks.html")]
struct Thanks {
    frame: Frame,
    todo: Vec<Todo>,
}

/// The form, as it was typed so far, or the day on which to come back.
pub(super) fn form(opened: &Opened, form: Form) -> Result<Response, WebError> {
    let finished_at = finished_at(opened)?;
    let visit = opened.show.date(finished_at);
    let opens = opens_at(opened, finished_at);
    if opened.now < opens {
        let opens = opened.show.moment(opens);
        return page(&Early { frame: opened.frame("Not yet"), visit, opens });
    }
    let is_refused = !form.errors().is_empty();
    let sheet = Sheet {
        frame: opened.frame("How are you after your visit?"),
        visit,
        skins: skins::tiles(),
        pain: fields::pain(opened),
        alarms: fields::alarms(opened),
        form,
    };
    if is_refused { refused_page(&sheet) } else { page(&sheet) }
}

/// Keeps the answers and says what to do; `None` when somebody used the link meanwhile.
pub(super) async fn send(app: &App, opened: &Opened, sent: Form) -> Result<Option<Response>, WebError> {
    let finished_at = finished_at(opened)?;
    if opened.now < opens_at(opened, finished_at) {
        return form(opened, sent).map(Some);
    }
    let answers = match fields::read(&sent, opened, finished_at) {
        Ok(answers) => answers,
        Err(errors) => return form(opened, sent.refused(errors)).map(Some),
    };
    if !app.store().answer(&opened.link, &answers.checkin, answers.pain.as_ref(), opened.now).await? {
        return Ok(None);
    }
    let todo = todo::of(&answers, finished_at, &opened.behind.practice.name);
    let html = Thanks { frame: opened.frame("Thank you"), todo }.render()?;
    Ok(Some((StatusCode::OK, Html(html)).into_response()))
}

/// When the session was finished that the link asks about.
fn finished_at(opened: &Opened) -> Result<Timestamp, WebError> {
    let mut sessions = opened.behind.record.sessions.iter();
    let session = sessions.find(|entry| Some(entry.thread) == opened.link.session);
    session.and_then(|entry| entry.body.finished_at).ok_or(WebError::NotFound)
}

fn opens_at(opened: &Opened, finished_at: Timestamp) -> Timestamp {
    let hours = i64::from(opened.link.kind.hours().unwrap_or_default());
    finished_at + SignedDuration::from_hours(hours - EARLY_H)
}
