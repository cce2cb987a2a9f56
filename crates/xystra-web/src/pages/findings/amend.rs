//! A finding's next version, or its last.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::Entry;
use xystra_care::finding::Finding;
use xystra_care::id::ThreadId;
use xystra_store::Batch;

use super::{label, read, words};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::pages::keep::{Whose, as_seen, keep, reason_error};
use crate::pages::regions::{self, Group};
use crate::pages::strike::Strike;
use crate::show::Show;

#[derive(Template)]
#[template(path = "findings/amend.html")]
struct Amend {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    regions: Vec<Group>,
    entry: Entry<Finding>,
    region: String,
    recorded: String,
    action: String,
    button: String,
}

impl Amend {
    async fn load(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<Self, WebError> {
        let (episode, entry) = app.store().thread_in_episode::<Finding>(&visitor.scope, thread).await?;
        let record = app.store().record(&visitor.scope, episode.ok_or(WebError::NotFound)?).await?;
        Ok(Self {
            frame: visitor.frame("Amend a finding", Nav::Clients),
            form: Form::new(),
            show: visitor.show.clone(),
            whose: Whose::of(&record),
            regions: regions::groups(&record),
            region: label(&entry.body.region),
            recorded: visitor.show.moment(entry.recorded_at),
            action: format!("/findings/{thread}/amend"),
            button: format!("Keep as version {}", entry.version + 1),
            entry,
        })
    }
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
    amend.form = to_form(&amend.entry.body).or_draft(&app, &visitor, key(thread)).await?;
    page(&amend)
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let mut amend = Amend::load(&app, &visitor, thread).await?;
    let finding = match (read(&posted.form, visitor.show.zone()), reason_error(&posted.form)) {
        (Ok(finding), None) => finding,
        (found, reason) => {
            let errors = found.err().into_iter().flatten().chain(reason).collect();
            amend.form = posted.form.refused(errors).keyed(key(thread));
            return refused_page(&amend);
        }
    };
    let location = format!("/episodes/{}/findings#found", amend.whose.episode);
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(thread));
    let old = as_seen(amend.entry, &posted.form);
    batch.amend(&old, amend.whose.about(), old.happened_at, posted.form.get("reason"), &finding);
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

async fn striking(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<(Strike, Entry<Finding>), WebError> {
    let (episode, entry) = app.store().thread_in_episode::<Finding>(&visitor.scope, thread).await?;
    let whose = Whose::load(app, visitor, episode).await?;
    let what = format!("{}: {}, {} of 3", label(&entry.body.region), words::kind(entry.body.kind), entry.body.severity);
    Ok((Strike::of(visitor, whose, &entry, "findings", what), entry))
}

fn key(thread: ThreadId) -> String {
    format!("finding-amend:{thread}")
}

fn to_form(finding: &Finding) -> Form {
    Form::new()
        .with("region", &finding.region)
        .with_word("kind", &finding.kind)
        .with("severity", finding.severity)
        .with_some_word("depth", finding.depth.as_ref())
        .with_word("how", &finding.how)
        .with("remark", &finding.remark)
}
