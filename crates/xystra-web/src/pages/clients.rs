//! The clients: finding one, the page of each, and their appointments.

mod appointment;
mod chip;
mod edit;
mod erase;
mod list;
mod merge;
mod page;
mod retention;

use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::routes::Routes;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/clients", list::all)
        .get("/clients/find", list::find)
        .get("/clients/new", edit::new)
        .post("/clients/new", edit::add)
        .get("/clients/{client}", page::show)
        .get("/clients/{client}/edit", edit::edit)
        .post("/clients/{client}/edit", edit::amend)
        .post("/clients/{client}/strike", edit::strike)
        .get("/clients/retention", retention::show)
        .get("/clients/{client}/erase", erase::ask)
        .post("/clients/{client}/erase", erase::erase)
        .get("/clients/{client}/merge", merge::show)
        .post("/clients/{client}/merge", merge::merge)
        .post("/clients/{client}/unmerge", merge::unmerge)
        .post("/clients/{client}/appointments", appointment::book)
        .post("/appointments/{thread}", appointment::settle)
}

/// The client of that id, unless this practice has none.
pub(super) async fn load(app: &App, visitor: &Visitor, client: ClientId) -> Result<Entry<Client>, WebError> {
    let known = app.store().of_client::<Client>(&visitor.scope, client).await?;
    known.into_iter().rfind(|entry| !entry.struck).ok_or(WebError::NotFound)
}

/// "Demo client, 44", or the name alone.
pub(super) fn name_and_age(client: &Client, visitor: &Visitor) -> String {
    client.age(visitor.today()).map_or_else(|| client.name.clone(), |age| format!("{}, {age}", client.name))
}
