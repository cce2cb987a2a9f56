//! The session: opened on its ground, filled with one hand, finished, and put right with a reason.

mod ask;
mod card;
mod case;
mod change;
mod fields;
mod open;
mod page;
mod upload;

use axum::extract::{DefaultBodyLimit, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use xystra_care::id::ThreadId;
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError};
use xystra_store::{Batch, Saved};

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::routes::Routes;
use case::Case;
pub(in crate::pages) use case::plan_of;
use change::Button;
use page::SessionPage;

/// The reason of a version that was written while the session went on.
const CONTINUED: &str = "continued";

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    let recordings = post(upload::upload).layer(DefaultBodyLimit::max(upload::READ_AT_MOST));
    Routes::new()
        .post("/episodes/{episode}/sessions", open::open)
        .get("/sessions/{thread}", show)
        .post("/sessions/{thread}", save)
        .get("/sessions/{thread}/recordings", upload::back)
        .on("POST", "/sessions/{thread}/recordings", recordings)
}

/// Under which key the session's draft is kept.
fn draft_key(thread: ThreadId) -> String {
    format!("session:{thread}")
}

async fn show(State(app): State<App>, visitor: Visitor, Path(thread): Path<ThreadId>) -> Result<Response, WebError> {
    let case = Case::load(&app, &visitor, thread).await?;
    let form = kept_form(&app, &visitor, &case).await?;
    page(&SessionPage::of(&visitor, &case, form))
}

/// The session's fields as they were typed last, or as they are in the record.
async fn kept_form(app: &App, visitor: &Visitor, case: &Case) -> Result<Form, WebError> {
    fields::form_of(&case.entry.body).or_draft(app, visitor, draft_key(case.entry.thread)).await
}

/// Shows what was typed with what is wrong.
async fn refuse(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    form: Form,
    errors: Vec<FieldError>,
) -> Result<Response, WebError> {
    let form = whole_form(app, visitor, case, form).await?;
    refused_page(&SessionPage::of(visitor, case, form.refused(errors)))
}

/// A form without the session's own fields, such as one that only brings a recording, becomes the one that is kept.
async fn whole_form(app: &App, visitor: &Visitor, case: &Case, form: Form) -> Result<Form, WebError> {
    if fields::is_whole(&form) { Ok(form) } else { kept_form(app, visitor, case).await }
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let case = Case::load(&app, &visitor, thread).await?;
    let button = Button::of(posted.form.get("do"));
    if button == Button::Strike {
        return strike(&app, &visitor, &case, posted).await;
    }
    let (mut session, mut errors) = fields::read(&posted.form, visitor.show.zone(), &case);
    if errors.is_empty() {
        errors.extend(change::press(button, &mut session, &posted.form, &case, visitor.now));
    }
    let Posted { form, operation } = posted;
    keep(&app, &visitor, &case, Change { session, errors, form, operation, button, reason: None }).await
}

/// What somebody wants to be kept of a session.
struct Change {
    session: Session,
    errors: Vec<FieldError>,
    form: Form,
    operation: String,
    button: Button,
    /// Why, unless a person says so.
    reason: Option<String>,
}

impl Change {
    /// Does nothing stand against keeping it?
    fn is_fit(&self, case: &Case) -> bool {
        !case.entry.struck
            && !case.is_stale(&self.form)
            && self.errors.is_empty()
            && case.check(&self.session, self.button).is_empty()
    }
}

/// Keeps a changed session, or shows what was typed with what is wrong.
async fn keep(app: &App, visitor: &Visitor, case: &Case, change: Change) -> Result<Response, WebError> {
    let Change { session, mut errors, form, operation, button, reason } = change;
    let (location, reason) = (case.after(button), case.reason(form.get("reason")).or(reason));
    if case.entry.struck {
        return Err(WebError::NotFound);
    }
    if case.is_stale(&form) {
        return stale(app, visitor, case, form, &operation, &location).await;
    }
    errors.extend(case.check(&session, button));
    let (Some(reason), true) = (&reason, errors.is_empty()) else {
        errors.extend(case.reason_missing(&form).filter(|_| reason.is_none()));
        return refuse(app, visitor, case, form, errors).await;
    };
    let mut batch = Batch::once(operation, &location).and_forget_draft(draft_key(case.entry.thread));
    batch.amend(&case.entry, case.about(), session.started_at, reason, &session);
    match app.store().save(&visitor.scope, &batch, visitor.now).await {
        Ok(Saved::Before(_) | Saved::Now) => Ok(Redirect::to(&location).into_response()),
        Err(xystra_store::Error::Conflict) => overtaken(app, visitor, case, form).await,
        Err(error) => Err(error.into()),
    }
}

/// The form was made from an older version: either it was posted before, or somebody else was faster.
async fn stale(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    form: Form,
    operation: &str,
    location: &str,
) -> Result<Response, WebError> {
    let mut batch = Batch::once(operation, location);
    // A first version exists already, so this is never written: it only asks whether the operation was done before.
    let none = Entry { version: 0, ..case.entry.clone() };
    batch.amend(&none, case.about(), case.entry.happened_at, CONTINUED, &case.entry.body);
    match app.store().save(&visitor.scope, &batch, visitor.now).await {
        Ok(Saved::Before(location)) => Ok(Redirect::to(&location).into_response()),
        Ok(Saved::Now) | Err(xystra_store::Error::Conflict) => overtaken(app, visitor, case, form).await,
        Err(error) => Err(error.into()),
    }
}

async fn overtaken(app: &App, visitor: &Visitor, case: &Case, form: Form) -> Result<Response, WebError> {
    let message = format!(
        "{} saved version {} of this session meanwhile; below is what you typed: save again to put it in its place",
        case.entry.author.name, case.entry.version
    );
    refuse(app, visitor, case, form, vec![FieldError::new("version", message)]).await
}

/// Takes a session out that never was: it stays in the history and counts nowhere.
async fn strike(app: &App, visitor: &Visitor, case: &Case, posted: Posted) -> Result<Response, WebError> {
    let reason = posted.form.get("strike_reason").to_owned();
    if reason.is_empty() {
        let errors = vec![FieldError::new("strike_reason", "say why this session is struck out")];
        return refuse(app, visitor, case, posted.form, errors).await;
    }
    let location = format!("/episodes/{}", case.record.episode);
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(draft_key(case.entry.thread));
    batch.strike(&case.entry, case.about(), &reason);
    app.store().save(&visitor.scope, &batch, visitor.now).await?;
    Ok(Redirect::to(&location).into_response())
}
