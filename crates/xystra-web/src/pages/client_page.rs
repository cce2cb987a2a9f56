//! The client's own page: how it is going in plain words, what to expect, what to do, what is known; to print or to hand over.
//!
//! It is made from a [`View`], which has no room for what clinicians write for each other: notes, findings, screening.

mod progress;
mod view;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::Record;
use xystra_care::appointment::Appointment;
use xystra_care::entry::Entry;
use xystra_care::id::{ClientId, EpisodeId};

use self::view::View;
use super::by_link::Opened;
use super::clients;
use super::outlook::plainly;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/clients/{client}/page", show)
}

/// The page in the practice, with what a clinician may do with it.
#[derive(Template)]
#[template(path = "client_page/page.html")]
struct InPractice {
    frame: Frame,
    client_id: ClientId,
    /// The address of this page, for the tablet that is handed over.
    here: String,
    /// Every complaint of the client, with its address.
    complaints: Vec<Complaint>,
    /// Is there consent in force? Without it nothing is handed out.
    may_share: bool,
    episode: Option<EpisodeId>,
    view: Option<View>,
    name: String,
}

/// One complaint to look at.
struct Complaint {
    title: String,
    href: String,
    is_shown: bool,
}

/// The same page on the client's own phone.
#[derive(Template)]
#[template(path = "client_page/linked.html")]
struct Linked {
    frame: Frame,
    until: String,
    view: View,
}

/// Which complaint.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    episode: Option<EpisodeId>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let client = clients::load(&app, &visitor, id).await?.body;
    let records = app.store().records_of_client(&visitor.scope, id).await?;
    let record = shown(records.iter().map(AsRef::as_ref), wanted.episode)?;
    let booked: Vec<Entry<Appointment>> = app.store().of_client(&visitor.scope, id).await?;
    let episode = record.map(|record| record.episode);
    let complaints = records.iter().map(|record| complaint(record, episode)).collect();
    let outlook = match record {
        Some(record) => plainly(&app, &visitor.scope, record, &visitor.show).await?,
        None => None,
    };
    page(&InPractice {
        frame: visitor.frame(format!("For {}", client.name), Nav::Clients),
        client_id: id,
        here: episode.map_or_else(|| format!("/clients/{id}/page"), |episode| address(id, episode)),
        complaints,
        may_share: record.is_some_and(|record| record.consent(visitor.now).is_ok()),
        view: record.map(|record| View { outlook, ..View::of(record, &booked, &visitor.show, visitor.now) }),
        name: client.name,
        episode,
    })
}

/// The page behind a link.
pub(super) fn linked(opened: &Opened) -> Result<Response, WebError> {
    let view = View::of(&opened.behind.record, &opened.behind.appointments, &opened.show, opened.now);
    let until = opened.show.date(opened.link.ends_at);
    page(&Linked { frame: opened.frame(view.title.clone()), until, view })
}

/// The complaint that was asked for, else the newest that is open, else the newest.
fn shown<'a>(
    records: impl Iterator<Item = &'a Record> + Clone,
    wanted: Option<EpisodeId>,
) -> Result<Option<&'a Record>, WebError> {
    if let Some(wanted) = wanted {
        return records.into_iter().find(|record| record.episode == wanted).map(Some).ok_or(WebError::NotFound);
    }
    let newest = |record: &&Record| (record.closed().is_none(), record.intake.happened_at);
    Ok(records.filter(|record| !record.intake.struck).max_by_key(newest))
}

fn complaint(record: &Record, shown: Option<EpisodeId>) -> Complaint {
    Complaint {
        title: record.intake.body.title(xystra_catalog::catalog()),
        href: address(record.client_id, record.episode),
        is_shown: shown == Some(record.episode),
    }
}

fn address(client: ClientId, episode: EpisodeId) -> String {
    format!("/clients/{client}/page?episode={episode}")
}
