//! The response: how the client was after a session, and the grade that follows.

mod fields;
mod skins;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use xystra_care::entry::hours_between;
use xystra_care::id::ThreadId;
use xystra_care::response::{Checkin, Grade, How};
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError, Record};
use xystra_catalog::catalog;
use xystra_store::entries::About;
use xystra_store::{Batch, Saved};

use crate::app::App;
use crate::auth::Visitor;
use crate::drafts::local;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::{Show, number};
pub(in crate::pages) use skins::{SkinTile, drawing, skin_tiles, skin_words};

/// What each grade means (ours, not published).
const GRADES: [(u8, &str, &str); 6] = [
    (0, "nothing", ""),
    (1, "redness, gone within 30 min", ""),
    (2, "redness for longer, or a few petechiae", ""),
    (
        3,
        "petechiae that run together, or a small bruise gone within 3 days",
        "twice in three sessions: one step lighter",
    ),
    (4, "a bruise for more than 3 days, or one that hurts", "hold that region until its skin is clear"),
    (5, "haematoma or broken skin", "stop and refer"),
];

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/sessions/{thread}/response", show).post("/sessions/{thread}/response", save)
}

/// One finished session and its record.
struct Case {
    record: Arc<Record>,
    session: Entry<Session>,
    finished_at: Timestamp,
}

impl Case {
    /// The session, once it is finished.
    async fn load(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<Option<Self>, WebError> {
        let (episode, session) = app.store().thread_in_episode::<Session>(&visitor.scope, thread).await?;
        let record = app.store().record(&visitor.scope, episode.ok_or(WebError::NotFound)?).await?;
        let finished_at = session.body.finished_at.filter(|_| !session.struck);
        Ok(finished_at.map(|finished_at| Self { record, session, finished_at }))
    }

    fn here(&self) -> String {
        format!("/sessions/{}/response", self.session.thread)
    }

    fn about(&self) -> About {
        About::episode(self.record.client_id, self.record.episode)
    }

    /// A check-in of this session, struck or not.
    fn checkin(&self, thread: &str) -> Result<&Entry<Checkin>, WebError> {
        let mut about = self.record.checkins.iter().filter(|entry| entry.body.session == self.session.thread);
        about.find(|entry| entry.thread.to_string() == thread).ok_or(WebError::NotFound)
    }
}

/// Where a draft is kept: by session for a new check-in, by check-in for one that is put right.
fn draft_key(session: ThreadId, checkin: &str) -> String {
    if checkin.is_empty() { format!("response:{session}") } else { format!("response:{checkin}") }
}

/// Where to go afterwards, and which check-in to put right.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    next: String,
    #[serde(default)]
    amend: String,
}

#[derive(Template)]
#[template(path = "response/response.html")]
struct ResponsePage {
    frame: Frame,
    form: Form,
    show: Show,
    client: String,
    title: String,
    number: u32,
    session: ThreadId,
    finished_at: Timestamp,
    /// Moments to choose from that have come already.
    moments: Vec<(&'static str, String)>,
    skins: [SkinTile; 7],
    dark_skin: bool,
    lines: Vec<Line>,
    grade: Option<Grade>,
    grades: &'static [(u8, &'static str, &'static str)],
}

/// One check-in so far.
struct Line {
    thread: ThreadId,
    when: String,
    how: &'static str,
    soreness: String,
    skin: String,
    remark: String,
    by: String,
}

impl ResponsePage {
    fn of(visitor: &Visitor, case: &Case, form: Form) -> Self {
        let (record, number) = (&case.record, case.session.body.number);
        Self {
            frame: visitor.frame(format!("After session {number} · {}", record.client.body.name), Nav::Clients),
            show: visitor.show.clone(),
            client: record.client.body.name.clone(),
            title: record.intake.body.title(catalog()),
            number,
            session: case.session.thread,
            finished_at: case.finished_at,
            moments: fields::moments(case.finished_at, visitor),
            skins: skin_tiles(),
            dark_skin: record.client.body.skin == Some(xystra_care::client::SkinTone::Dark),
            lines: record.checkins_of(case.session.thread).into_iter().map(|entry| line(entry, case)).collect(),
            grade: record.grade_of(&case.session),
            grades: &GRADES,
            form,
        }
    }

    /// Is a check-in put right? Else it is a new one.
    fn is_amending(&self) -> bool {
        !self.form.get("checkin").is_empty()
    }
}

fn line(entry: &Entry<Checkin>, case: &Case) -> Line {
    let hours = hours_between(case.finished_at, entry.body.at);
    Line {
        thread: entry.thread,
        when: format!("{} h after", number(hours, 0)),
        how: how_words(entry.body.how),
        soreness: entry.body.soreness.map_or_else(|| "–".to_owned(), |soreness| soreness.to_string()),
        skin: skin_line(&entry.body),
        remark: entry.body.remark.clone(),
        by: entry.author.name.clone(),
    }
}

fn skin_line(checkin: &Checkin) -> String {
    let skin = checkin.skin.map_or("–", skin_words);
    match checkin.redness_over_30_min {
        Some(true) => format!("{skin}; red for over 30 min"),
        Some(false) => format!("{skin}; red for under 30 min"),
        None => skin.to_owned(),
    }
}

fn how_words(how: How) -> &'static str {
    match how {
        How::Phone => "on the phone",
        How::ClientForm => "client's own form",
        How::NextVisit => "at the next visit",
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let Some(case) = Case::load(&app, &visitor, thread).await? else { return Ok(not_finished(thread)) };
    let form = match wanted.amend.as_str() {
        "" => fields::new_form(case.finished_at, &visitor, &wanted.next),
        checkin => fields::form_of(case.checkin(checkin)?, &visitor.show).with("next", &wanted.next),
    };
    let form = form.or_draft(&app, &visitor, draft_key(thread, &wanted.amend)).await?;
    page(&ResponsePage::of(&visitor, &case, form))
}

/// Nobody can tell yet how it was after a session that goes on.
fn not_finished(thread: ThreadId) -> Response {
    Redirect::to(&format!("/sessions/{thread}")).into_response()
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let Some(case) = Case::load(&app, &visitor, thread).await? else { return Ok(not_finished(thread)) };
    let Posted { form, operation } = posted;
    let (checkin, mut errors) = fields::read(&form, &case.session, case.finished_at, &visitor);
    let old = Some(form.get("checkin")).filter(|id| !id.is_empty()).map(|id| case.checkin(id)).transpose()?;
    let strikes = form.get("do") == "strike" && old.is_some();
    if strikes {
        errors.clear();
    }
    if old.is_some() && form.get("reason").is_empty() {
        errors.push(FieldError::new("reason", "say why this check-in is changed"));
    }
    let key = draft_key(thread, form.get("checkin"));
    let (Some(checkin), true) = (checkin.or(old.filter(|_| strikes).map(|old| old.body.clone())), errors.is_empty())
    else {
        return refused_page(&ResponsePage::of(&visitor, &case, form.refused(errors).keyed(key)));
    };
    let location = Some(form.get("next"))
        .filter(|next| !next.is_empty())
        .map_or_else(|| case.here(), |next| local(next).to_owned());
    let mut batch = Batch::once(operation, &location).and_forget_draft(key);
    match old {
        Some(old) if strikes => batch.strike(old, case.about(), form.get("reason")),
        Some(old) => batch.amend(old, case.about(), checkin.at, form.get("reason"), &checkin),
        None => drop(batch.add(case.about(), checkin.at, &checkin)),
    }
    match app.store().save(&visitor.scope, &batch, visitor.now).await? {
        Saved::Now => Ok(Redirect::to(&location).into_response()),
        Saved::Before(location) => Ok(Redirect::to(&location).into_response()),
    }
}
