//! The practice's own ways: how it writes and counts, its tools, the password, backups and the journal.

mod about;
mod backup;
mod devices;
mod journal;
mod outlooks;
mod password;
mod practice;
mod second_factor;
mod tools;

use serde::Deserialize;

use crate::routes::Routes;

/// Every page of the settings: its address and what it is called.
pub(crate) const PAGES: &[(&str, &str)] = &[
    ("/settings", "Practice"),
    ("/settings/tools", "Tools"),
    ("/settings/outlooks", "Outlooks"),
    ("/settings/backup", "Backup"),
    ("/settings/people", "People"),
    ("/settings/password", "Password"),
    ("/settings/second-factor", "Second factor"),
    ("/settings/devices", "Devices"),
    ("/settings/journal", "Journal"),
    ("/settings/about", "About"),
];

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/settings", practice::show)
        .post("/settings", practice::save)
        .get("/settings/tools", tools::show)
        .post("/settings/tools", tools::add)
        .get("/settings/tools/{thread}", tools::edit)
        .post("/settings/tools/{thread}", tools::amend)
        .get("/settings/outlooks", outlooks::show)
        .get("/settings/backup", backup::show)
        .post("/settings/backup", backup::make)
        .get("/settings/backup/{name}", backup::download)
        .get("/settings/password", password::show)
        .post("/settings/password", password::change)
        .get("/settings/second-factor", second_factor::show)
        .post("/settings/second-factor", second_factor::begin)
        .post("/settings/second-factor/confirm", second_factor::confirm)
        .post("/settings/second-factor/off", second_factor::turn_off)
        .get("/settings/devices", devices::show)
        .post("/settings/devices", devices::end)
        .get("/settings/journal", journal::show)
        .post("/settings/journal/check", journal::check)
        .get("/settings/about", about::show)
}

/// What was done a moment ago, said once on the page that follows.
#[derive(Debug, Deserialize)]
struct Said {
    #[serde(default)]
    saved: Option<String>,
}
