//! What a client opens by a link, without signing in: a check-in's form, once, or the client's own page.
//!
//! No cookie is set and none is needed: the address is the key. Whatever else is tried gets one and the same answer.

use askama::Template;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::post;
use jiff::Timestamp;
use xystra_store::link::{Behind, Kind, Link, Standing};

use super::{checkin, client_page};
use crate::app::App;
use crate::auth::{Address, Token};
use crate::error::WebError;
use crate::form::Form;
use crate::frame::{Frame, theme_of};
use crate::routes::Routes;
use crate::show::Show;

/// Largest form that a client sends, bytes.
const LARGEST: usize = 16 * 1024;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/c/{token}", open).on("POST", "/c/{token}", post(send).layer(DefaultBodyLimit::max(LARGEST)))
}

/// A link that opens, and what stands behind it.
pub(super) struct Opened {
    pub(super) link: Link,
    pub(super) behind: Behind,
    pub(super) show: Show,
    pub(super) now: Timestamp,
    pub(super) theme: Option<&'static str>,
}

impl Opened {
    /// The frame of a page for the client.
    pub(super) fn frame(&self, title: impl Into<String>) -> Frame {
        Frame {
            practice: self.behind.practice.name.clone(),
            theme: self.theme,
            ..Frame::outside(title, &HeaderMap::new())
        }
    }
}

/// A link that opens nothing.
#[derive(Template)]
#[template(path = "checkin/closed.html")]
struct Closed {
    frame: Frame,
    heading: &'static str,
    words: &'static str,
}

async fn open(
    State(app): State<App>,
    Path(token): Path<String>,
    from: Address,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    match found(&app, &token, from, &headers).await? {
        Err(closed) => Ok(closed),
        Ok(opened) if opened.link.kind == Kind::Page => {
            app.store().note_opened(&opened.link, opened.now).await?;
            client_page::linked(&opened)
        }
        Ok(opened) => checkin::form(&opened, Form::new()),
    }
}

async fn send(
    State(app): State<App>,
    Path(token): Path<String>,
    from: Address,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, WebError> {
    match found(&app, &token, from, &headers).await? {
        Err(closed) => Ok(closed),
        Ok(opened) if opened.link.kind == Kind::Page => Err(WebError::NotFound),
        Ok(opened) => match checkin::send(&app, &opened, Form::decode(&body)).await? {
            Some(answer) => Ok(answer),
            None => used(&headers),
        },
    }
}

/// What the link opens, or the answer in its place.
async fn found(
    app: &App,
    token: &str,
    from: Address,
    headers: &HeaderMap,
) -> Result<Result<Opened, Response>, WebError> {
    let now = app.clock().now();
    if app.tries().wait(from, now).is_some() {
        return Ok(Err(closed(headers, StatusCode::TOO_MANY_REQUESTS, "Please wait", WAIT)?));
    }
    let link = app.store().link(&Token::given(token).hash()).await?;
    let opened = match link.map(|link| (link.standing(now), link)) {
        Some((Standing::Used, _)) => return Ok(Err(used(headers)?)),
        Some((Standing::Open, link)) => opened(app, link, headers).await?,
        Some((Standing::Ended, _)) | None => {
            app.tries().failed(from, now);
            None
        }
    };
    match opened {
        Some(opened) => Ok(Ok(opened)),
        None => Ok(Err(closed(headers, StatusCode::NOT_FOUND, "This link opens nothing", GONE)?)),
    }
}

/// What stands behind a link that serves. Without consent in force it opens nothing, nor when what it is about was struck out.
async fn opened(app: &App, link: Link, headers: &HeaderMap) -> Result<Option<Opened>, WebError> {
    let now = app.clock().now();
    let behind = match app.store().behind(&link).await {
        Ok(behind) if behind.record.consent(now).is_ok() => behind,
        Ok(_) | Err(xystra_store::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(Opened { show: Show::of(&behind.practice), link, behind, now, theme: theme_of(headers) }))
}

const WAIT: &str = "Too many links were tried from here. Wait a minute, then open the link that you were given.";
const GONE: &str = "It may be over, or taken back, or not whole. Ask the practice for a new one. If you are worried about \
                    something, call the practice or a doctor.";
const USED: &str = "Your answers are with the practice, so this link is used up. If anything has changed since, or worries \
                    you, call the practice or a doctor.";

fn used(headers: &HeaderMap) -> Result<Response, WebError> {
    closed(headers, StatusCode::OK, "Thank you, it has arrived", USED)
}

fn closed(
    headers: &HeaderMap,
    status: StatusCode,
    heading: &'static str,
    words: &'static str,
) -> Result<Response, WebError> {
    let html = Closed { frame: Frame::outside(heading, headers), heading, words }.render()?;
    Ok((status, Html(html)).into_response())
}
