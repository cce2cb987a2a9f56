//! The pages, one module per step of the loop, and the way to each of them.

mod by_link;
mod catalog;
mod checkin;
mod client_page;
mod clients;
mod consent;
mod door;
pub(crate) mod emergency;
mod episode;
mod findings;
mod history;
mod intake;
mod keep;
pub(crate) mod kiosk;
mod lab;
mod links;
mod measurements;
mod outlook;
mod people;
mod plan;
mod recording;
mod regions;
mod response;
mod screening;
mod session;
pub(crate) mod settings;
mod strike;
mod today;
mod trust;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::app::App;
use crate::guard::guard;
use crate::routes::Routes;
use crate::{asset, drafts, headers};

/// Largest request body apart from a recording, bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// Everything that can be asked for, behind its guard.
pub fn router(app: App) -> Router {
    routes()
        .into_router()
        .route_layer(from_fn_with_state(app.clone(), guard))
        .fallback(door::nothing_here)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::custom(crate::fault::after_panic))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(headers::set))
        .with_state(app)
}

pub(crate) use today::Standings;
pub use trust::trust_router;

/// Every method with its address, for a test that walks through all of them.
pub fn ways_in() -> Vec<(&'static str, &'static str)> {
    routes().list().to_vec()
}

/// Every page.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .and(door::routes())
        .and(trust::routes())
        .and(today::routes())
        .and(clients::routes())
        .and(consent::routes())
        .and(intake::routes())
        .and(screening::routes())
        .and(findings::routes())
        .and(measurements::routes())
        .and(plan::routes())
        .and(session::routes())
        .and(response::routes())
        .and(links::routes())
        .and(client_page::routes())
        .and(by_link::routes())
        .and(episode::routes())
        .and(outlook::routes())
        .and(history::routes())
        .and(recording::routes())
        .and(catalog::routes())
        .and(lab::routes())
        .and(settings::routes())
        .and(people::routes())
        .and(kiosk::routes())
        .and(emergency::routes())
        .put("/drafts/{form}", drafts::keep)
        .post("/drafts/{form}/discard", drafts::discard)
        .get("/static/{*path}", asset::serve)
}
