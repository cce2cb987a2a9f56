//! The practice's own ways: how it writes and counts, its tools, the password, backups and the journal.

mod about;
mod backup;
mod journal;
mod password;
mod practice;
mod tools;

use axum::Router;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::app::App;

/// Every page of the settings: its address and what it is called.
pub(super) const PAGES: &[(&str, &str)] = &[
    ("/settings", "Practice"),
    ("/settings/tools", "Tools"),
    ("/settings/backup", "Backup"),
    ("/settings/password", "Password"),
    ("/settings/journal", "Journal"),
    ("/settings/about", "About"),
];

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(practice::show).post(practice::save))
        .route("/settings/tools", get(tools::show).post(tools::add))
        .route("/settings/tools/{thread}", get(tools::edit).post(tools::amend))
        .route("/settings/backup", get(backup::show).post(backup::make))
        .route("/settings/backup/{name}", get(backup::download))
        .route("/settings/password", get(password::show).post(password::change))
        .route("/settings/journal", get(journal::show))
        .route("/settings/journal/check", post(journal::check))
        .route("/settings/about", get(about::show))
}

/// What was done a moment ago, said once on the page that follows.
#[derive(Debug, Deserialize)]
struct Said {
    #[serde(default)]
    saved: Option<String>,
}
