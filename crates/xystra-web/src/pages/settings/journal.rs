//! Who did what to which record: the newest rows, and whether the chain holds.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use xystra_store::journal::Row;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use crate::show::Show;

/// Rows shown.
const NEWEST: u32 = 50;

#[derive(Template)]
#[template(path = "settings/journal.html")]
struct Page {
    frame: Frame,
    show: Show,
    rows: Vec<Row>,
    me: String,
    my_name: String,
    /// How many rows were followed, or which one does not fit.
    checked: Option<Result<usize, String>>,
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, checked: Option<Result<usize, String>>) -> Result<Self, WebError> {
        Ok(Self {
            frame: visitor.frame("Journal", Nav::Practice),
            show: visitor.show.clone(),
            rows: app.store().journal(&visitor.scope, NEWEST).await?,
            me: visitor.account.id.to_string(),
            my_name: visitor.account.name.clone(),
            checked,
        })
    }

    /// The visitor by name, anybody else by id.
    fn who<'a>(&'a self, account: &'a str) -> &'a str {
        if account == self.me { &self.my_name } else { account }
    }
}

/// `GET /settings/journal`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    page(&Page::of(&app, &visitor, None).await?)
}

/// `POST /settings/journal/check`: changes nothing, but reads every row.
pub(super) async fn check(State(app): State<App>, visitor: Visitor, _posted: Posted) -> Result<Response, WebError> {
    let checked = app.store().verify_journal(&visitor.scope).await?;
    page(&Page::of(&app, &visitor, Some(checked)).await?)
}
