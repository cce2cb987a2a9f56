//! The lab: what an edge does that a thumb does not, what a course does to tissue in time, and what both are held against.
//! A model's pages: no client stands on them.

mod contact;
mod course;
pub(super) mod kept;
pub(super) mod slider;
mod validation;

use askama::Template;
use axum::response::Response;

use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;

/// Every page of the lab: its address and what it is called.
pub(super) const PAGES: &[(&str, &str)] =
    &[("/lab/contact", "Edge and thumb"), ("/lab/course", "Time course"), ("/lab/validation", "Held against studies")];

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/lab", entrance)
        .get("/lab/contact", contact::show)
        .get("/lab/contact/answer", contact::answer)
        .get("/lab/course", course::show)
        .get("/lab/course/answer", course::answer)
        .get("/lab/validation", validation::show)
}

#[derive(Template)]
#[template(path = "lab/entrance.html")]
struct Entrance {
    frame: Frame,
}

async fn entrance(visitor: Visitor) -> Result<Response, WebError> {
    page(&Entrance { frame: visitor.frame("Lab", Nav::Lab) })
}

/// Works something out beside the requests, since it may take some hundredths of a second.
pub(super) async fn worked_out<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WebError> + Send + 'static,
) -> Result<T, WebError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
