//! All clients, and finding one.

use std::collections::BTreeMap;

use askama::Template;
use axum::Json;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
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
const MOST: u32 = 100;
/// Clients in the instant find.
const MOST_FOUND: u32 = 8;

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
    let times = Times::of(&app, &visitor, &found).await?;
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

/// The last session and the next booked appointment of the clients found.
struct Times {
    last: BTreeMap<ClientId, Timestamp>,
    next: BTreeMap<ClientId, Timestamp>,
}

impl Times {
    async fn of(app: &App, visitor: &Visitor, found: &[Found]) -> Result<Self, WebError> {
        let (now, scope) = (visitor.now, &visitor.scope);
        let clients: Vec<ClientId> = found.iter().map(|found| found.id).collect();
        let last = app.store().last_of::<Session>(scope, &clients, now).await?;
        let mut next = BTreeMap::new();
        for (client, entry) in app.store().coming::<Appointment>(scope, &clients, now).await? {
            if entry.body.state == Booking::Booked {
                next.entry(client).or_insert(entry.body.at);
            }
        }
        Ok(Self { last, next })
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
