//! The way to the pages: a router that knows its own list, so that a test can walk through all of it.

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodRouter, get, post, put};

use crate::app::App;

/// Pages with their addresses.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    router: Router<App>,
    list: Vec<(&'static str, &'static str)>,
}

impl Routes {
    /// No pages yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A page to look at.
    #[must_use]
    pub(crate) fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on("GET", path, get(handler))
    }

    /// A form to post.
    #[must_use]
    pub(crate) fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on("POST", path, post(handler))
    }

    /// Something a script keeps.
    #[must_use]
    pub(crate) fn put<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on("PUT", path, put(handler))
    }

    /// A way with layers of its own; `handler` answers `method` alone.
    #[must_use]
    pub(crate) fn on(mut self, method: &'static str, path: &'static str, handler: MethodRouter<App>) -> Self {
        self.router = self.router.route(path, handler);
        self.list.push((method, path));
        self
    }

    /// These pages and those.
    #[must_use]
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.router = self.router.merge(others.router);
        self.list.extend(others.list);
        self
    }

    /// Every method with its address, as they were added.
    pub(crate) fn list(&self) -> &[(&'static str, &'static str)] {
        &self.list
    }

    /// The router itself.
    pub(crate) fn into_router(self) -> Router<App> {
        self.router
    }
}
