//! Appointments: booking one, and what became of it.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::SignedDuration;
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::{Entry, FieldError};
use xystra_store::Batch;
use xystra_store::entries::About;

use super::page::ClientPage;
use crate::app::App;
use crate::auth::Visitor;
use crate::drafts::local;
use crate::error::{WebError, refused_page};
use crate::form::{Form, Posted};
use crate::pages::keep::keep;

/// The key of the draft of an appointment.
pub(super) fn key(client: ClientId) -> String {
    format!("appointment:{client}")
}

pub(super) async fn book(
    State(app): State<App>,
    visitor: Visitor,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    super::load(&app, &visitor, client).await?;
    let (booked, errors) = read(&posted.form, &visitor);
    let Some(booked) = booked.filter(|_| errors.is_empty()) else {
        let form = posted.form.refused(errors).keyed(key(client));
        return refused_page(&ClientPage::load(&app, &visitor, client, form).await?);
    };
    let location = format!("/clients/{client}");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(client));
    batch.add(About::client(client), booked.at, &booked);
    keep(&app, &visitor, &batch, &location).await
}

/// `POST /appointments/{thread}`: cancelled, not come, or kept; then back to where the form stood.
pub(super) async fn settle(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (client, old) = find(&app, &visitor, thread).await?;
    let mut reader = posted.form.reader(visitor.show.zone());
    let state = reader.choice::<Booking>("state");
    let Some(state) = reader.need("state", state, "choose what became of the appointment") else {
        let form = Form::new().refused(reader.errors()).keyed(key(client));
        return refused_page(&ClientPage::load(&app, &visitor, client, form).await?);
    };
    let back = posted.form.get("back");
    let location = if back.is_empty() { format!("/clients/{client}") } else { local(back).to_owned() };
    let mut batch = Batch::once(posted.operation, &location);
    let body = Appointment { state, ..old.body.clone() };
    batch.amend(&old, About::client(client), old.happened_at, "what became of it", &body);
    keep(&app, &visitor, &batch, &location).await
}

/// The appointment, and whose it is.
async fn find(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<(ClientId, Entry<Appointment>), WebError> {
    let entry = app.store().thread::<Appointment>(&visitor.scope, thread).await?;
    let end = entry.happened_at + SignedDuration::from_micros(1);
    let then = app.store().between::<Appointment>(&visitor.scope, entry.happened_at, end).await?;
    let client = then.into_iter().find(|(_, known)| known.thread == thread).map(|(client, _)| client);
    Ok((client.ok_or(WebError::NotFound)?, entry))
}

fn read(form: &Form, visitor: &Visitor) -> (Option<Appointment>, Vec<FieldError>) {
    let mut reader = form.reader(visitor.show.zone());
    let at = reader.moment("at");
    let at = reader.need("at", at, "choose day and time");
    if at.is_some_and(|at| at < visitor.now - SignedDuration::from_hours(24)) {
        reader.wrong("at", format!("{} is in the past: check the date", form.get("at")));
    }
    let episode = form.get("episode").parse::<EpisodeId>().ok();
    let remark = reader.text("remark");
    (at.map(|at| Appointment { at, episode, state: Booking::Booked, remark }), reader.errors())
}
