//! Stands before every page: who asks, whether they may, and what the journal has to say of it.

use axum::RequestExt;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use xystra_care::role::Role;

use crate::access::{Who, rule};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, for_script};
use crate::pages::{emergency, kiosk};

/// Lets a request through to its page, or answers in its place; then notes whose records were shown.
pub(crate) async fn guard(State(app): State<App>, path: MatchedPath, mut request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let subject = Subject::of(path.as_str(), &mut request).await;
    let (mut parts, body) = request.into_parts();
    let who = rule(method.as_str(), path.as_str());
    if who == Some(Who::Anyone) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let visitor = match Visitor::load(&mut parts, &app).await {
        Ok(visitor) => visitor,
        Err(error) => return answer(&method, error),
    };
    if visitor.kiosk.as_ref().is_some_and(|page| !kiosk::is_open(page, parts.uri.path())) {
        return kiosk::locked(&visitor, &method);
    }
    match admit(who, &visitor, &method) {
        Ok(()) => {
            parts.extensions.insert(visitor.clone());
            let response = next.run(Request::from_parts(parts, body)).await;
            after(&app, &visitor, &subject, response).await
        }
        Err(WebError::NotYours { emergency: true, .. }) => {
            look_in_emergency(&app, visitor, &subject, Request::from_parts(parts, body), next).await
        }
        Err(error) => refuse(&app, &visitor, &subject, &method, error).await,
    }
}

/// A page of the clinical record for somebody whose role it is not for. It is drawn to learn whom it shows; unless each of them
/// is open to this person in an emergency, it is thrown away and the answer is how to open one.
async fn look_in_emergency(
    app: &App,
    mut visitor: Visitor,
    subject: &Subject,
    mut request: Request,
    next: Next,
) -> Response {
    let (method, path) = (request.method().clone(), request.uri().to_string());
    let (open, until) = match app.store().in_emergency(&visitor.scope, visitor.now).await {
        Ok(known) => known,
        Err(error) => return answer(&method, error.into()),
    };
    visitor.emergency = until;
    request.extensions_mut().insert(visitor.clone());
    let response = next.run(request).await;
    let shown = visitor.scope.seen();
    let is_open = !shown.is_empty() && shown.is_subset(&open);
    if response.status() == StatusCode::NOT_FOUND || (response.status().is_success() && is_open) {
        return after(app, &visitor, subject, response).await;
    }
    visitor.emergency = None;
    note(app, &visitor, "refuse", subject).await;
    match shown.first() {
        Some(client) if shown.len() == 1 => emergency::ask(&visitor, *client, &path),
        _ => answer(&method, WebError::NotYours { role: visitor.account.role, emergency: false }),
    }
}

/// May this visitor take this way?
fn admit(who: Option<Who>, visitor: &Visitor, method: &Method) -> Result<(), WebError> {
    let role = visitor.account.role;
    match who {
        Some(who) if who.admits(role) => Ok(()),
        Some(Who::Care) if is_reading(method) => Err(WebError::NotYours { role, emergency: true }),
        _ => Err(WebError::NotYours { role, emergency: false }),
    }
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Says no, and the journal says that it was said.
async fn refuse(app: &App, visitor: &Visitor, subject: &Subject, method: &Method, error: WebError) -> Response {
    if subject.path == "/" && visitor.account.role == Role::Auditor {
        return Redirect::to("/settings/journal").into_response();
    }
    note(app, visitor, "refuse", subject).await;
    answer(method, error)
}

/// Notes whose records a page showed, that there was nothing of this practice behind an id, or that a form was not of ours.
async fn after(app: &App, visitor: &Visitor, subject: &Subject, response: Response) -> Response {
    let missed = match response.status() {
        StatusCode::NOT_FOUND if subject.id.is_some() => Some("not-found"),
        StatusCode::FORBIDDEN => Some("refuse"),
        _ => None,
    };
    if let Some(action) = missed {
        note(app, visitor, action, subject).await;
        return response;
    }
    if let Err(error) = app.store().note_seen(&visitor.scope, visitor.now).await {
        tracing::error!(%error, "a reading waits to be journaled");
    }
    response
}

/// A full disk does not keep a clinician from an allergy: the row waits in memory, and the program says so.
async fn note(app: &App, visitor: &Visitor, action: &'static str, subject: &Subject) {
    let (kind, id) = subject.words();
    if let Err(error) = app.store().note(&visitor.scope, action, kind, &id, visitor.now).await {
        tracing::error!(%error, "a refusal waits to be journaled");
    }
}

/// A script gets a status and a sentence, a person a page.
fn answer(method: &Method, error: WebError) -> Response {
    if *method == Method::PUT { for_script(&error) } else { error.into_response() }
}

/// What a request is about, in words that hold nothing anybody typed: the page's pattern, and an id if it is one.
struct Subject {
    path: String,
    kind: Option<String>,
    id: Option<Uuid>,
}

impl Subject {
    async fn of(path: &str, request: &mut Request) -> Self {
        let params = request.extract_parts::<RawPathParams>().await.ok();
        let last = params.as_ref().and_then(|params| params.iter().last());
        let found = last.and_then(|(name, value)| Some((name.to_owned(), value.parse::<Uuid>().ok()?)));
        let (kind, id) = found.unzip();
        Self { path: path.to_owned(), kind, id }
    }

    fn words(&self) -> (&str, String) {
        match (&self.kind, self.id) {
            (Some(kind), Some(id)) => (kind, id.to_string()),
            _ => ("page", self.path.clone()),
        }
    }
}
