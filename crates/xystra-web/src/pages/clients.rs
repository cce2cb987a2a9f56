//! The clients: finding one, the page of each, and their appointments.

mod appointment;
mod chip;
mod edit;
mod list;
mod page;

use axum::Router;
use axum::routing::{get, post};
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/clients", get(list::all))
        .route("/clients/find", get(list::find))
        .route("/clients/new", get(edit::new).post(edit::add))
        .route("/clients/{client}", get(page::show))
        .route("/clients/{client}/edit", get(edit::edit).post(edit::amend))
        .route("/clients/{client}/strike", post(edit::strike))
        .route("/clients/{client}/appointments", post(appointment::book))
        .route("/appointments/{thread}", post(appointment::settle))
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
