//! What a course does to tissue in time, by the model: with treatment and without, mechanism by mechanism.

mod curves;
mod parts;
mod settings;
mod words;

use std::sync::Arc;

use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse, Response};
use xystra_course::loading::loading;
use xystra_tissue::Error;

use super::kept::Kept;
use super::worked_out;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use curves::Curves;
use parts::divisions;
use settings::Settings;

#[derive(Template)]
#[template(path = "lab/course.html")]
struct Page {
    frame: Frame,
    settings: Settings,
    answer: Arc<String>,
}

/// What is replaced while somebody slides.
#[derive(Template)]
#[template(path = "lab/course_answer.html")]
struct Answer {
    says: String,
    curves: Curves,
    divisions: Vec<parts::Division>,
}

static KEPT: Kept<String> = Kept::new();

/// `GET /lab/course`.
pub(super) async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, WebError> {
    let settings = Settings::read(&query.unwrap_or_default());
    let answer = answered(settings.clone()).await?;
    page(&Page { frame: visitor.frame("Time course", Nav::Lab), settings, answer })
}

/// `GET /lab/course/answer`: the part of the page that follows the sliders.
pub(super) async fn answer(RawQuery(query): RawQuery) -> Result<Response, WebError> {
    let answer = answered(Settings::read(&query.unwrap_or_default())).await?;
    Ok(Html(answer.as_str().to_owned()).into_response())
}

async fn answered(settings: Settings) -> Result<Arc<String>, WebError> {
    worked_out(move || KEPT.get(&settings.query(), || Ok(Answer::of(&settings)?.render()?))).await
}

impl Answer {
    fn of(settings: &Settings) -> Result<Self, Error> {
        let loading = loading(&settings.protocol)?;
        let divisions = divisions(settings, &loading)?;
        let says = words::says(settings, &loading, &divisions)?;
        Ok(Self { says, curves: Curves::of(settings, &loading)?, divisions })
    }
}
