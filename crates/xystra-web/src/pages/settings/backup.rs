//! Backups: made with one button, read back before they count, and downloaded by name.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use xystra_store::backup::{Contents, LastBackup, read_back};
use xystra_store::shelf::{self, Kept, Shelf};

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use crate::show::{Show, number};

#[derive(Template)]
#[template(path = "settings/backup.html")]
struct Page {
    frame: Frame,
    show: Show,
    now: Timestamp,
    folder: String,
    last: Option<LastBackup>,
    kept: Vec<Kept>,
    checked: Option<Checked>,
}

/// A backup that was read from its first line to its last a moment ago.
struct Checked {
    name: String,
    result: Result<Contents, String>,
}

/// Which backup to read back.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    check: Option<String>,
}

/// `GET /settings/backup`; `?check=NAME` reads one back.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let shelf = Shelf::of(app.store(), &visitor.scope);
    let checked = match wanted.check {
        Some(name) => Some(check(&shelf, name).await?),
        None => None,
    };
    page(&Page {
        frame: visitor.frame("Backup", Nav::Practice),
        show: visitor.show.clone(),
        now: visitor.now,
        folder: shelf.folder().display().to_string(),
        last: app.store().last_backup(&visitor.scope).await?,
        kept: shelf.list(),
        checked,
    })
}

async fn check(shelf: &Shelf, name: String) -> Result<Checked, WebError> {
    let file = shelf.file(&name).ok_or(WebError::NotFound)?;
    let reading = tokio::task::spawn_blocking(move || read_back(&file));
    let result = reading.await.expect("reading back does not panic").map_err(|error| error.to_string());
    Ok(Checked { name, result })
}

/// `POST /settings/backup`: makes one, reads it back, and shows what it holds.
pub(super) async fn make(State(app): State<App>, visitor: Visitor, _posted: Posted) -> Result<Response, WebError> {
    let shelf = Shelf::of(app.store(), &visitor.scope);
    let name = shelf::name(visitor.now);
    let file = shelf.room_for(&name)?;
    app.store().back_up(&visitor.scope, &file, env!("CARGO_PKG_VERSION"), visitor.now).await?;
    Ok(Redirect::to(&format!("/settings/backup?check={name}")).into_response())
}

/// `GET /settings/backup/{name}`: the file, if it lies on the shelf.
pub(super) async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path(name): Path<String>,
) -> Result<Response, WebError> {
    let file = Shelf::of(app.store(), &visitor.scope).file(&name).ok_or(WebError::NotFound)?;
    let bytes = tokio::fs::read(&file).await.map_err(|source| xystra_store::Error::Io { path: file, source })?;
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

/// "840 B", "12.4 kB", "3.1 MB".
fn size(bytes: u64) -> String {
    match bytes {
        bytes if bytes < 1000 => format!("{bytes} B"),
        bytes if bytes < 1_000_000 => format!("{} kB", number(bytes as f64 / 1e3, 1)),
        bytes => format!("{} MB", number(bytes as f64 / 1e6, 1)),
    }
}
