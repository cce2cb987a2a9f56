//! The episode pages.

use axum::Router;

use crate::app::App;

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
