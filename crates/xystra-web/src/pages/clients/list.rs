//! All clients, and finding one.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::id::ClientId;
use xystra_care::session::Session;
use xystra_store::find::Found;

use super::name_and_age;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::show::capital;

/// Clients on one page.
const MOST: u32 = 200;
/// Clients in the instant find.
const MOST_FOUND: u32 = 8;
/// How far the list looks back for the last session and ahead for the next appointment.
const ONE_YEAR: SignedDuration = SignedDuration::from_hours(365 * 24);

#[derive(Template)]
#[template(path = "clients/list.html")]
struct List {
    frame: Frame,
    find: String,
    rows: Vec<Row>,
    total: i64,
}

/// One client of the list.
struct Row {
    id: ClientId,
    name: String,
    born: Option<String>,
    complaints: Vec<String>,
    last: Option<String>,
    next: Option<String>,
}

/// What to find.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(default, alias = "q")]
    find: String,
}

pub(super) async fn all(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let found = app.store().find_clients(&visitor.scope, &wanted.find, MOST).await?;
    let times = Times::around(&app, &visitor).await?;
    let rows = found.iter().map(|found| row(found, &times, &visitor)).collect();
    let total = app.store().count_clients(&visitor.scope).await?;
    page(&List { frame: visitor.frame("Clients", Nav::Clients), find: wanted.find, rows, total })
}

fn row(found: &Found, times: &Times, visitor: &Visitor) -> Row {
    let client = &found.client.body;
    Row {
        id: found.id,
        name: name_and_age(client, visitor),
        born: client.born.map(|born| visitor.show.birthday(born)),
        complaints: found.complaints.iter().map(|complaint| capital(complaint)).collect(),
        last: times.last.get(&found.id).map(|at| visitor.show.date(*at)),
        next: times.next.get(&found.id).map(|at| visitor.show.moment(*at)),
    }
}

/// The last session and the next booked appointment of every client.
struct Times {
    last: BTreeMap<ClientId, Timestamp>,
    next: BTreeMap<ClientId, Timestamp>,
}

impl Times {
    async fn around(app: &App, visitor: &Visitor) -> Result<Self, WebError> {
        let (now, scope) = (visitor.now, &visitor.scope);
        let sessions = app.store().between::<Session>(scope, now - ONE_YEAR, now).await?;
        let booked = app.store().between::<Appointment>(scope, now, now + ONE_YEAR).await?;
        let mut next = BTreeMap::new();
        for (client, entry) in booked.into_iter().filter(|(_, entry)| entry.body.state == Booking::Booked) {
            next.entry(client).or_insert(entry.body.at);
        }
        Ok(Self { last: sessions.into_iter().map(|(client, entry)| (client, entry.body.started_at)).collect(), next })
    }
}

/// One line of the instant find.
#[derive(Debug, Serialize)]
pub(super) struct Hit {
    href: String,
    name: String,
    line: String,
}

/// `GET /clients/find?q=`: the first few, for the script.
pub(super) async fn find(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Vec<Hit>>, WebError> {
    let found = app.store().find_clients(&visitor.scope, &wanted.find, MOST_FOUND).await?;
    Ok(Json(found.iter().map(|found| hit(found, &visitor)).collect()))
}

fn hit(found: &Found, visitor: &Visitor) -> Hit {
    let complaints: Vec<String> = found.complaints.iter().map(|complaint| capital(complaint)).collect();
    let line = if complaints.is_empty() { "No complaint yet".to_owned() } else { complaints.join(" · ") };
    Hit { href: format!("/clients/{}", found.id), name: name_and_age(&found.client.body, visitor), line }
}
