//! Notes: written, amended while they are open, signed once, and from then on only added to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::entry::Entry;
use xystra_care::id::{EpisodeId, ThreadId};
use xystra_care::note::Note;
use xystra_care::{FieldError, Record};
use xystra_store::Batch;
use xystra_store::entries::About;

use super::{Episode, Forms, Wanted, path};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, refused_page};
use crate::form::{Form, Posted};
use crate::pages::keep::{as_seen, keep};

/// One note as the page shows it.
pub(super) struct Row {
    pub(super) thread: ThreadId,
    pub(super) version: u32,
    pub(super) text: String,
    /// "Test therapist, Wed 11 March 2026, 09:30".
    pub(super) byline: String,
    /// When it was signed.
    pub(super) signed: Option<String>,
    /// The session that it is about.
    pub(super) session: Option<u32>,
    /// Text and byline of each addendum, oldest first.
    pub(super) addenda: Vec<(String, String)>,
    /// What is being typed: a change while it is open, an addendum once it is signed.
    pub(super) form: Form,
}

/// Under which key a new note's draft is kept.
pub(super) fn key(episode: EpisodeId) -> String {
    format!("note:{episode}")
}

fn amend_key(thread: ThreadId) -> String {
    format!("note-amend:{thread}")
}

fn addendum_key(thread: ThreadId) -> String {
    format!("addendum:{thread}")
}

/// The newest notes in force, and how many there are when these are not all.
pub(super) fn shown(record: &Record, most: usize) -> (Vec<&Entry<Note>>, Option<usize>) {
    let notes = record.notes.iter().filter(|entry| !entry.struck && entry.body.adds_to.is_none());
    let mut notes: Vec<_> = notes.rev().collect();
    let all = notes.len();
    notes.truncate(most);
    (notes, (all > most).then_some(all))
}

/// These notes with their addenda.
pub(super) async fn rows(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    notes: &[&Entry<Note>],
    forms: &Forms,
) -> Result<Vec<Row>, WebError> {
    let drafts: Vec<String> = app.store().drafts(&visitor.scope).await?.into_iter().map(|(key, _)| key).collect();
    let mut rows = Vec::new();
    for entry in notes {
        let form = match &forms.of_note {
            Some((thread, form)) if *thread == entry.thread.to_string() => form.clone(),
            _ => drafted(app, visitor, entry, &drafts).await?,
        };
        rows.push(row(visitor, record, entry, form));
    }
    Ok(rows)
}

/// What is being typed under a note; a draft is read only where there is one.
async fn drafted(app: &App, visitor: &Visitor, entry: &Entry<Note>, drafts: &[String]) -> Result<Form, WebError> {
    let (fresh, key) = match entry.body.signed_at {
        None => (Form::new().with("text", &entry.body.text), amend_key(entry.thread)),
        Some(_) => (Form::new(), addendum_key(entry.thread)),
    };
    if drafts.contains(&key) { fresh.or_draft(app, visitor, key).await } else { Ok(fresh.keyed(key)) }
}

fn row(visitor: &Visitor, record: &Record, entry: &Entry<Note>, form: Form) -> Row {
    let addenda = record.notes.iter().filter(|other| !other.struck && other.body.adds_to == Some(entry.thread));
    let session = entry.body.session.and_then(|thread| record.sessions.iter().find(|session| session.thread == thread));
    Row {
        thread: entry.thread,
        version: entry.version,
        text: entry.body.text.clone(),
        byline: byline(visitor, entry),
        signed: entry.body.signed_at.map(|at| visitor.show.moment(at)),
        session: session.map(|session| session.body.number),
        addenda: addenda.map(|other| (other.body.text.clone(), byline(visitor, other))).collect(),
        form,
    }
}

fn byline(visitor: &Visitor, entry: &Entry<Note>) -> String {
    format!("{}, {}", entry.author.name, visitor.show.moment(entry.recorded_at))
}

/// `POST /episodes/{episode}/notes`: a new note, signed at once when the button says so.
pub(super) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let text = posted.form.get("text").to_owned();
    if text.is_empty() {
        let form = posted.form.refused(vec![FieldError::new("text", "write the note first")]).keyed(key(episode));
        let forms = Forms { note: form, ..Forms::drafted(&app, &visitor, episode).await? };
        return refused_page(&Episode::of(&app, &visitor, &record, &Wanted::default(), forms).await?);
    }
    let signed_at = (posted.form.get("sign") == "yes").then_some(visitor.now);
    let note = Note { text, session: about_session(&posted.form, &record), adds_to: None, signed_at };
    let location = format!("{}#notes", path(episode));
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(episode));
    batch.add(About::episode(record.client_id, episode), visitor.now, &note);
    keep(&app, &visitor, &batch, &location).await
}

/// The session that the form names, if it is one of this record.
fn about_session(form: &Form, record: &Record) -> Option<ThreadId> {
    let thread = form.get("session").parse().ok()?;
    record.sessions.iter().find(|session| session.thread == thread && !session.struck).map(|session| session.thread)
}

/// `POST /notes/{thread}/sign`: from now on it only takes addenda.
pub(super) async fn sign(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (record, note) = load(&app, &visitor, thread).await?;
    if note.body.signed_at.is_some() {
        return keep(&app, &visitor, &Batch::default(), &format!("{}#notes", path(record.episode))).await;
    }
    let signed = Note { signed_at: Some(visitor.now), ..note.body.clone() };
    change(
        &app,
        &visitor,
        &record,
        Change { old: as_seen(note, &posted.form), body: signed, reason: "signed", posted: &posted },
    )
    .await
}

/// `POST /notes/{thread}/amend`: the next version of an open note, with the reason.
pub(super) async fn amend(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (record, note) = load(&app, &visitor, thread).await?;
    let (text, reason) = (posted.form.get("text").to_owned(), posted.form.get("reason").to_owned());
    let mut errors: Vec<FieldError> = Note::may_amend(&note).err().into_iter().collect();
    for (field, value, message) in
        [("text", &text, "write the note first"), ("reason", &reason, "say in a few words why it changes")]
    {
        if value.is_empty() {
            errors.push(FieldError::new(field, message));
        }
    }
    if !errors.is_empty() {
        return refuse(&app, &visitor, &record, thread, posted.form.refused(errors).keyed(amend_key(thread))).await;
    }
    let body = Note { text, ..note.body.clone() };
    change(&app, &visitor, &record, Change { old: as_seen(note, &posted.form), body, reason: &reason, posted: &posted })
        .await
}

/// `POST /notes/{thread}/addendum`: what is added to a signed note, signed at once.
pub(super) async fn addendum(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let (record, note) = load(&app, &visitor, thread).await?;
    let addendum = match Note::addendum(&note, posted.form.get("text").to_owned(), visitor.now) {
        Ok(addendum) => addendum,
        Err(error) => {
            let form = posted.form.refused(vec![error]).keyed(addendum_key(thread));
            return refuse(&app, &visitor, &record, thread, form).await;
        }
    };
    let location = format!("{}#notes", path(record.episode));
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(addendum_key(thread));
    batch.add(About::episode(record.client_id, record.episode), visitor.now, &addendum);
    keep(&app, &visitor, &batch, &location).await
}

/// A note and the record that it stands in.
async fn load(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<(Arc<Record>, Entry<Note>), WebError> {
    let (episode, note) = app.store().thread_in_episode::<Note>(&visitor.scope, thread).await?;
    let record = app.store().record(&visitor.scope, episode.ok_or(WebError::NotFound)?).await?;
    Ok((record, note))
}

/// The next version of a note.
struct Change<'a> {
    old: Entry<Note>,
    body: Note,
    reason: &'a str,
    posted: &'a Posted,
}

async fn change(app: &App, visitor: &Visitor, record: &Record, change: Change<'_>) -> Result<Response, WebError> {
    let location = format!("{}#notes", path(record.episode));
    let mut batch = Batch::once(&change.posted.operation, &location).and_forget_draft(amend_key(change.old.thread));
    let about = About::episode(record.client_id, record.episode);
    batch.amend(&change.old, about, change.old.happened_at, change.reason, &change.body);
    keep(app, visitor, &batch, &location).await
}

/// The page again, with what was typed under its note.
async fn refuse(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    thread: ThreadId,
    form: Form,
) -> Result<Response, WebError> {
    let forms =
        Forms { of_note: Some((thread.to_string(), form)), ..Forms::drafted(app, visitor, record.episode).await? };
    refused_page(&Episode::of(app, visitor, record, &Wanted::everything(), forms).await?)
}
