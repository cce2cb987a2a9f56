//! Who did what to which record: by person and by client, and whether the chain holds.

mod line;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::id::{AccountId, ClientId};
use xystra_store::journal::Filter;
use xystra_store::people::Person;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use line::Line;

/// Rows on a page.
const ROWS: u32 = 50;

#[derive(Template)]
#[template(path = "settings/journal.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    people: Vec<Person>,
    filter: Filter,
    /// The address of the page with older rows, if there are any.
    older: Option<String>,
    /// How many rows were followed, or which one does not fit.
    checked: Option<Result<usize, String>>,
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Self, WebError> {
        let filter = Filter {
            account: asked.person.parse::<AccountId>().ok(),
            client: asked.client.trim().parse::<ClientId>().ok(),
        };
        let rows = app.store().journal_of(&visitor.scope, filter, asked.before, ROWS).await?;
        let people = app.store().people(&visitor.scope).await?;
        let last = rows.last().filter(|last| last.number > 1 && rows.len() == ROWS as usize);
        Ok(Self {
            frame: visitor.frame("Journal", Nav::Practice),
            older: last.map(|last| older(filter, last.number)),
            lines: rows.iter().map(|row| Line::of(row, &people, &visitor.show)).collect(),
            people,
            filter,
            checked: None,
        })
    }

    /// Is this the person who is asked about?
    fn is_asked(&self, id: &AccountId) -> bool {
        self.filter.account == Some(*id)
    }

    /// The client who is asked about.
    fn client(&self) -> String {
        self.filter.client.map(|id| id.to_string()).unwrap_or_default()
    }
}

fn older(filter: Filter, before: i64) -> String {
    let person = filter.account.map(|id| id.to_string()).unwrap_or_default();
    let client = filter.client.map(|id| id.to_string()).unwrap_or_default();
    format!("/settings/journal?person={person}&client={client}&before={before}")
}

/// Which rows are asked for; what is no id lets everything through.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    person: String,
    #[serde(default)]
    client: String,
    before: Option<i64>,
}

/// `GET /settings/journal`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    page(&Page::of(&app, &visitor, &asked).await?)
}

/// `POST /settings/journal/check`: changes nothing, but reads every row.
pub(super) async fn check(State(app): State<App>, visitor: Visitor, _posted: Posted) -> Result<Response, WebError> {
    let checked = Some(app.store().verify_journal(&visitor.scope).await?);
    page(&Page { checked, ..Page::of(&app, &visitor, &Asked::default()).await? })
}
