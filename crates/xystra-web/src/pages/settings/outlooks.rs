//! How the practice's outlooks did: each new value against the band that was given before it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use xystra_course::outlook::Scores as Kept;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::outlook::Scores;

#[derive(Template)]
#[template(path = "settings/outlooks.html")]
struct Page {
    frame: Frame,
    /// By method, the newest first: its name, how many episodes, and how it did.
    methods: Vec<(String, usize, Option<Scores>)>,
}

/// `GET /settings/outlooks`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    let held = app.store().outlook_scores::<Kept>(&visitor.scope).await?;
    let mut by_method: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
    for one in held {
        by_method.entry(one.method).or_default().push(one.body);
    }
    let methods = by_method.into_iter().rev().map(|(method, all)| (method, all.len(), Scores::of(&all)));
    page(&Page { frame: visitor.frame("Outlooks", Nav::Practice), methods: methods.collect() })
}
