//! The pages, one module per step of the loop, and the way to each of them.

mod catalog;
mod clients;
mod consent;
mod door;
mod episode;
mod findings;
mod history;
mod intake;
mod keep;
mod measurements;
mod plan;
mod recording;
mod regions;
mod response;
mod screening;
mod session;
mod settings;
mod strike;
mod today;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post, put};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::app::App;
use crate::{asset, drafts, headers};

/// Largest request body apart from a recording, bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// Everything that can be asked for.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .merge(door::routes())
        .merge(today::routes())
        .merge(clients::routes())
        .merge(consent::routes())
        .merge(intake::routes())
        .merge(screening::routes())
        .merge(findings::routes())
        .merge(measurements::routes())
        .merge(plan::routes())
        .merge(session::routes())
        .merge(response::routes())
        .merge(episode::routes())
        .merge(history::routes())
        .merge(recording::routes())
        .merge(catalog::routes())
        .merge(settings::routes())
        .route("/drafts/{form}", put(drafts::keep))
        .route("/drafts/{form}/discard", post(drafts::discard))
        .route("/static/{*path}", get(asset::serve))
        .fallback(door::nothing_here);
    pages
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(CsrfLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::set))
        .with_state(app)
}
