//! A recording of an instrumented tool, brought to one application of the session.
//!
//! The recording is read and analysed before anything is kept: a file that gives no honest dose leaves no trace.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::FieldError;
use xystra_care::id::ThreadId;
use xystra_care::session::{Force, Session};
use xystra_dose::read::Reading;
use xystra_dose::{Dose, Error, Options};
use xystra_store::recording::Place;

use super::ask::{self, Ask};
use super::case::Case;
use super::change::Button;
use super::page::SessionPage;
use super::{Change, fields, keep, whole_form};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, refused_page};
use crate::form::{Form, Posted};
use crate::pages::recording::{analysed, keep_dose};

/// Largest recording, MB: an hour at 1000 Hz in seven columns.
const LARGEST_MB: usize = 64;
const MB: usize = 1024 * 1024;
/// Largest other field, bytes.
const LARGEST_TEXT: usize = MB;
/// A larger body is read to its end up to here, so that the browser gets to see the answer; bytes.
pub(super) const READ_AT_MOST: usize = 1024 * MB;

/// A file as it came.
struct File {
    name: String,
    content: Content,
}

enum Content {
    Whole(Vec<u8>),
    TooLarge { bytes: usize },
}

/// Why a recording was not kept.
struct Unfit {
    status: StatusCode,
    message: String,
    /// What to say of the file, if that would help.
    ask: Option<Ask>,
}

/// Keeps a recording and makes it the measured force of its application, with everything else that the form says.
pub(super) async fn upload(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    uri: Uri,
    multipart: Multipart,
) -> Result<Response, WebError> {
    let (form, files) = parts(multipart).await?;
    let Posted { form, operation } = Posted::of(uri.path(), form, &visitor)?;
    let case = Case::load(&app, &visitor, thread).await?;
    let (session, errors) = fields::read(&form, visitor.show.zone(), &case);
    let mut change = Change { session, errors, form, operation, button: Button::Save, reason: None };
    if change.is_fit(&case) {
        let n = change.form.get("application").parse().unwrap_or(0);
        match attach(&app, &visitor, &case, &mut change.session, n, (chosen(files, n), &change.form)).await? {
            Ok(name) => change.reason = Some(format!("recording {name} attached")),
            Err(unfit) => return refused(&app, &visitor, &case, change.form, n, unfit).await,
        }
    }
    keep(&app, &visitor, &case, change).await
}

/// The address of the upload, asked for after a sign-in or a reload, leads back to the session.
pub(super) async fn back(Path(thread): Path<ThreadId>) -> Redirect {
    Redirect::to(&format!("/sessions/{thread}"))
}

/// Reads, analyses and keeps the recording, and names it as the force of application `n`.
async fn attach(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    session: &mut Session,
    n: usize,
    brought: (Option<File>, &Form),
) -> Result<Result<String, Unfit>, WebError> {
    let (file, form) = brought;
    if session.applications.len() <= n {
        return Ok(Err(Unfit::because("this session has no such application".to_owned())));
    }
    let said = Said::of(app, visitor, form, &session.applications[n].tool, n).await?;
    let Measured { name, content, reading, dose } = match measured(file, &said.ways, n).await {
        Ok(measured) => measured,
        Err(unfit) => return Ok(Err(unfit)),
    };
    let place = Place { client: case.record.client_id, episode: case.record.episode, session: case.entry.thread };
    let id = app.store().add_recording(&visitor.scope, place, &name, &content, &reading, visitor.now).await?;
    keep_dose(app, visitor, &app.store().recording(&visitor.scope, id).await?, &dose).await?;
    if said.is_new && !said.tool.is_empty() {
        app.store().keep_tool_reading(&visitor.scope, &said.tool, &reading, visitor.now).await?;
    }
    let taken =
        session.applications.iter().enumerate().any(|(other, known)| other != n && known.force == Force::Measured(id));
    if taken {
        return Ok(Err(Unfit::because(format!(
            "{name} is the force of another region already: choose its own recording"
        ))));
    }
    session.applications[n].force = Force::Measured(id);
    Ok(Ok(name))
}

/// What is said of a file beyond what it says itself.
struct Said {
    /// The practice's tool that made it, by name; empty when not said.
    tool: String,
    /// The ways to read it, the likeliest first.
    ways: Vec<Reading>,
    /// Did the form say any of it?
    is_new: bool,
}

impl Said {
    /// What was said of the tool before is tried first, with what the form says in its place.
    async fn of(app: &App, visitor: &Visitor, form: &Form, tool: &str, n: usize) -> Result<Self, WebError> {
        let now = ask::said(form, n);
        let before = match tool {
            "" => None,
            tool => app.store().tool_reading(&visitor.scope, tool).await?,
        };
        let is_new = now != Reading::default();
        let first = before.map(|before| ask::together(before, &now)).filter(|first| *first != now);
        Ok(Self { tool: tool.to_owned(), ways: first.into_iter().chain([now]).collect(), is_new })
    }
}

/// A file that gives a dose.
struct Measured {
    name: String,
    content: Vec<u8>,
    reading: Reading,
    dose: Dose,
}

async fn measured(file: Option<File>, ways: &[Reading], n: usize) -> Result<Measured, Unfit> {
    let Some(File { name, content }) = file else {
        return Err(Unfit::because("choose the recording's file first".to_owned()));
    };
    let mut content = match content {
        Content::Whole(content) => content,
        Content::TooLarge { bytes } => {
            let message = too_large(&name, bytes);
            return Err(Unfit { status: StatusCode::PAYLOAD_TOO_LARGE, message, ask: None });
        }
    };
    let mut unfit = Unfit::because(format!("{name} was not read"));
    for reading in ways {
        let (same, analysis) = analysed(&name, content, reading, Options::default()).await;
        content = same;
        match analysis {
            Ok(analysis) => return Ok(Measured { name, content, reading: reading.clone(), dose: analysis.dose }),
            Err(error) => unfit = Unfit::refused(&name, &error, n),
        }
    }
    Err(unfit)
}

impl Unfit {
    fn because(message: String) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, message, ask: None }
    }

    fn refused(name: &str, error: &Error, n: usize) -> Self {
        let ask = Ask::of(error, n);
        let then = if ask.is_some() { " Say it below and choose the file again." } else { "" };
        Self { ask, ..Self::because(format!("{name}: {error}. Nothing was kept.{then}")) }
    }
}

async fn refused(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    form: Form,
    n: usize,
    unfit: Unfit,
) -> Result<Response, WebError> {
    let errors = vec![FieldError::new(format!("file_{n}"), unfit.message)];
    let form = whole_form(app, visitor, case, form).await?;
    let page = refused_page(&SessionPage::of(visitor, case, form.refused(errors)).asking(n, unfit.ask))?;
    Ok((unfit.status, page).into_response())
}

fn too_large(name: &str, bytes: usize) -> String {
    format!(
        "{name} is {} MB, larger than {LARGEST_MB} MB: nothing was kept; record in shorter parts, or export fewer columns",
        bytes.div_ceil(MB)
    )
}

/// The file of this application; a form with one file only may leave its number out.
fn chosen(files: Vec<(String, File)>, n: usize) -> Option<File> {
    let named = files.into_iter().find(|(field, _)| *field == format!("file_{n}") || field == "file");
    named.map(|(_, file)| file)
}

async fn parts(mut multipart: Multipart) -> Result<(Form, Vec<(String, File)>), WebError> {
    let (mut form, mut files) = (Form::new(), Vec::new());
    while let Some(field) = multipart.next_field().await.map_err(|error| unreadable(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file) if file.is_empty() => {}
            Some(file) => {
                form = form.with(&name, &file);
                files.push((name, File { name: file, content: content(field, LARGEST_MB * MB).await? }));
            }
            None => match content(field, LARGEST_TEXT).await? {
                Content::Whole(text) => form = form.with(name, String::from_utf8_lossy(&text)),
                Content::TooLarge { .. } => return Err(WebError::TooLarge { largest_mb: LARGEST_TEXT / MB }),
            },
        }
    }
    Ok((form, files))
}

/// Reads a field to its end, and keeps it when it is no longer than `most` bytes.
async fn content(mut field: Field<'_>, most: usize) -> Result<Content, WebError> {
    let (mut kept, mut bytes) = (Vec::new(), 0);
    while let Some(part) = field.chunk().await.map_err(|error| unreadable(&error))? {
        bytes += part.len();
        if bytes > most {
            kept = Vec::new();
        } else {
            kept.extend_from_slice(&part);
        }
    }
    Ok(if bytes > most { Content::TooLarge { bytes } } else { Content::Whole(kept) })
}

fn unreadable(error: &MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        WebError::TooLarge { largest_mb: LARGEST_MB }
    } else {
        WebError::NotOurForm
    }
}
