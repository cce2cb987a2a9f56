//! Clients whose time is over: nothing was written about them for as long as the practice keeps a record. A person decides
//! about each; no record goes by itself.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_care::keeping::kept_until;
use xystra_care::merge::Merge;
use xystra_store::Scope;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

/// Days of the shortest year: whoever is silent for fewer cannot be over.
const YEAR_D: i64 = 365;

#[derive(Template)]
#[template(path = "clients/retention.html")]
struct Page {
    frame: Frame,
    keep_years: u16,
    rows: Vec<Row>,
}

/// A client whose time is over.
struct Row {
    id: ClientId,
    name: String,
    last: String,
    kept_until: String,
    /// Without a date of birth nobody can tell whether the client was a child.
    born: Option<String>,
}

/// `GET /clients/retention`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    let days = YEAR_D * i64::from(visitor.practice.keep_years);
    let at = visitor.now.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN);
    // Who is only looked through is not shown to anybody.
    let quiet = visitor.scope.quietly();
    let silent = app.store().silent_since(&quiet, at).await?;
    let merged = merged(&app, &quiet).await?;
    let mut rows = Vec::new();
    for (id, last) in silent.into_iter().filter(|(id, _)| !merged.contains(id)) {
        let known: Vec<Entry<Client>> = app.store().of_client(&quiet, id).await?;
        rows.extend(known.last().and_then(|entry| row(id, &entry.body, last, &visitor)));
    }
    let frame = visitor.frame("Clients whose time is over", Nav::Clients);
    page(&Page { frame, keep_years: visitor.practice.keep_years, rows })
}

fn row(id: ClientId, client: &Client, last: Timestamp, visitor: &Visitor) -> Option<Row> {
    let until = kept_until(&visitor.practice, last, client.born);
    if until >= visitor.today() {
        return None;
    }
    visitor.scope.saw(id);
    let (last, kept_until) = (visitor.show.date(last), visitor.show.day(until));
    Some(Row {
        id,
        name: client.name.clone(),
        last,
        kept_until,
        born: client.born.map(|born| visitor.show.birthday(born)),
    })
}

/// Clients who were merged into others: they are erased together with those.
async fn merged(app: &App, scope: &Scope) -> Result<BTreeSet<ClientId>, WebError> {
    let merges = app.store().between::<Merge>(scope, Timestamp::MIN, Timestamp::MAX).await?;
    Ok(merges.into_iter().map(|(_, entry)| entry.body.from).collect())
}
