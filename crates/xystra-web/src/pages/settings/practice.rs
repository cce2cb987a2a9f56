//! How the practice writes and counts.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use xystra_care::practice::Practice;
use xystra_store::backup::LastBackup;

use super::Said;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::show::Show;

/// Under which key the draft is kept.
const DRAFT: &str = "practice:settings";

const DATES: &[(&str, &str)] =
    &[("day-month-year", "11 March 2026"), ("month-day-year", "March 11, 2026"), ("iso", "2026-03-11")];
const FORCES: &[(&str, &str)] = &[("newton", "N"), ("kilogram-force", "kgf")];

#[derive(Template)]
#[template(path = "settings/practice.html")]
struct Page {
    frame: Frame,
    form: Form,
    show: Show,
    now: Timestamp,
    saved: bool,
    zones: Vec<String>,
    last: Option<LastBackup>,
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, form: Form, saved: bool) -> Result<Self, WebError> {
        Ok(Self {
            frame: visitor.frame("Practice", Nav::Practice),
            form,
            show: visitor.show.clone(),
            now: visitor.now,
            saved,
            zones: jiff::tz::db().available().map(|name| name.to_string()).collect(),
            last: app.store().last_backup(&visitor.scope).await?,
        })
    }
}

/// `GET /settings`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(said): Query<Said>,
) -> Result<Response, WebError> {
    let form = form_of(&visitor.practice).or_draft(&app, &visitor, DRAFT).await?;
    page(&Page::of(&app, &visitor, form, said.saved.is_some()).await?)
}

/// `POST /settings`.
pub(super) async fn save(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    match read(&posted.form, &visitor) {
        Ok(practice) => {
            app.store().set_practice(&visitor.scope, &practice, visitor.now).await?;
            app.store().drop_draft(&visitor.scope, DRAFT).await?;
            Ok(Redirect::to("/settings?saved=practice").into_response())
        }
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(DRAFT);
            refused_page(&Page::of(&app, &visitor, form, false).await?)
        }
    }
}

fn form_of(practice: &Practice) -> Form {
    Form::new()
        .with("name", &practice.name)
        .with("time_zone", &practice.time_zone)
        .with_word("dates", &practice.dates)
        .with_word("force", &practice.force)
        .with("keep_years", practice.keep_years)
        .with("idle_min", practice.idle_min)
        .with("absolute_h", practice.absolute_h)
}

fn read(form: &Form, visitor: &Visitor) -> Result<Practice, Vec<xystra_care::FieldError>> {
    let mut reader = form.reader(visitor.show.zone());
    let (dates, force, keep_years) = (reader.choice("dates"), reader.choice("force"), reader.whole("keep_years"));
    let dates = reader.need("dates", dates, "choose how dates are written");
    let force = reader.need("force", force, "choose how forces are shown");
    let keep_years = reader.need("keep_years", keep_years, "say for how many years records are kept");
    let (idle_min, absolute_h) = (reader.whole("idle_min"), reader.whole("absolute_h"));
    let now = &visitor.practice;
    let practice = Practice {
        name: reader.text("name"),
        time_zone: reader.text("time_zone"),
        dates: dates.unwrap_or(now.dates),
        force: force.unwrap_or(now.force),
        keep_years: keep_years.unwrap_or(now.keep_years),
        idle_min: idle_min.unwrap_or(now.idle_min),
        absolute_h: absolute_h.unwrap_or(now.absolute_h),
    };
    reader.and(practice.check());
    let errors = reader.errors();
    if errors.is_empty() { Ok(practice) } else { Err(errors) }
}
