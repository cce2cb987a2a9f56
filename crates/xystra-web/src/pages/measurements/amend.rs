//! A measurement's next version, or its last.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use xystra_care::id::ThreadId;
use xystra_care::measurement::{Measurement, activities_mean};
use xystra_care::{Entry, FieldError};
use xystra_catalog::catalog;
use xystra_catalog::measure::Measure;
use xystra_store::Batch;

use super::method::{self, Fields};
use super::read;
use super::sheet::{block_of, label};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted, Reader};
use crate::frame::{Frame, Nav};
use crate::pages::keep::{Whose, as_seen, keep, reason_error};
use crate::pages::strike::Strike;
use crate::show::{Show, number};

const SIDES: &[(&str, &str)] = &[("left", "Left"), ("right", "Right")];

#[derive(Template)]
#[template(path = "measurements/amend.html")]
struct Amend {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    entry: Entry<Measurement>,
    measure: &'static Measure,
    what: String,
    method: Fields,
    scores: Vec<Score>,
    recorded: String,
    action: String,
    button: String,
}

impl Amend {
    async fn load(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<Self, WebError> {
        let (episode, entry) = app.store().thread_in_episode::<Measurement>(&visitor.scope, thread).await?;
        let record = app.store().record(&visitor.scope, episode.ok_or(WebError::NotFound)?).await?;
        let measure = catalog().measure(&entry.body.measure).ok_or(WebError::NotFound)?;
        Ok(Self {
            frame: visitor.frame("Amend a measurement", Nav::Clients),
            form: Form::new(),
            show: visitor.show.clone(),
            what: label(measure, entry.body.side, &record),
            whose: Whose::of(&record),
            measure,
            method: Fields::of(block_of(measure.kind)),
            scores: scores(&entry.body),
            recorded: visitor.show.moment(entry.recorded_at),
            action: format!("/measurements/{thread}/amend"),
            button: format!("Keep as version {}", entry.version + 1),
            entry,
        })
    }

    /// What is wrong with the posted form, or when it was and what was measured.
    fn read(&self, form: &Form, visitor: &Visitor) -> Result<(Timestamp, Measurement), Vec<FieldError>> {
        let mut read = form.reader(visitor.show.zone());
        let at = read::moment(&mut read, visitor);
        let taken = self.taken(&mut read);
        if let Some(taken) = &taken {
            read.and(taken.check(catalog()));
        }
        let errors: Vec<_> = read.errors().into_iter().chain(reason_error(form)).collect();
        match (at, taken) {
            (Some(at), Some(taken)) if errors.is_empty() => Ok((at, taken)),
            _ => Err(errors),
        }
    }

    fn taken(&self, read: &mut Reader<'_>) -> Option<Measurement> {
        let scored = self.scores.iter().filter_map(|score| Some((score.activity.clone(), read.number(&score.field)?)));
        let activities: Vec<(String, f64)> = scored.collect();
        let value = if self.scores.is_empty() { read.number("value") } else { activities_mean(&activities) };
        let value = read.need("value", value, "a measurement needs a value: strike it out if there was none")?;
        Some(Measurement {
            measure: self.measure.id.clone(),
            value,
            side: self.entry.body.side.and_then(|_| read.choice("side")),
            method: self.method.read(read),
            activities,
            remark: read.text("remark"),
        })
    }
}

/// One of the client's own activities and where its score is posted.
struct Score {
    activity: String,
    field: String,
}

fn scores(taken: &Measurement) -> Vec<Score> {
    let numbered = taken.activities.iter().enumerate();
    numbered.map(|(n, (activity, _))| Score { activity: activity.clone(), field: format!("activity_{n}") }).collect()
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
) -> Result<Response, WebError> {
    let mut amend = Amend::load(&app, &visitor, thread).await?;
    if amend.entry.struck {
        return Err(WebError::NotFound);
    }
    amend.form = to_form(&amend.entry, &amend.method, &visitor.show).or_draft(&app, &visitor, key(thread)).await?;
    page(&amend)
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let mut amend = Amend::load(&app, &visitor, thread).await?;
    let (at, taken) = match amend.read(&posted.form, &visitor) {
        Ok(read) => read,
        Err(errors) => {
            amend.form = posted.form.refused(errors).keyed(key(thread));
            return refused_page(&amend);
        }
    };
    let location = format!("/episodes/{}/measurements#taken", amend.whose.episode);
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(thread));
    let old = as_seen(amend.entry, &posted.form);
    batch.amend(&old, amend.whose.about(), at, posted.form.get("reason"), &taken);
    keep(&app, &visitor, &batch, &location).await
}

pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
) -> Result<Response, WebError> {
    let (strike, entry) = striking(&app, &visitor, thread).await?;
    strike.ask(&entry)
}

pub(super) async fn strike(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (strike, entry) = striking(&app, &visitor, thread).await?;
    strike.post(&app, &visitor, entry, posted).await
}

async fn striking(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<(Strike, Entry<Measurement>), WebError> {
    let amend = Amend::load(app, visitor, thread).await?;
    let value = number(amend.entry.body.value, 1);
    let when = visitor.show.date(amend.entry.happened_at);
    let what = format!("{}: {value} {} on {when}", amend.what, amend.measure.unit);
    Ok((Strike::of(visitor, amend.whose, &amend.entry, "measurements", what), amend.entry))
}

fn key(thread: ThreadId) -> String {
    format!("measurement-amend:{thread}")
}

fn to_form(entry: &Entry<Measurement>, method: &Fields, show: &Show) -> Form {
    let taken = &entry.body;
    let form = Form::new()
        .with("at", show.input_moment(entry.happened_at))
        .with("value", taken.value)
        .with_some("side", taken.side)
        .with("remark", &taken.remark);
    let scored = scores(taken).into_iter().zip(&taken.activities);
    let form = scored.fold(form, |form, (score, (_, value))| form.with(score.field, value));
    method.fill(form, &taken.method)
}
