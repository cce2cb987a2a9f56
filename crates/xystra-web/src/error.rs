//! What a page says when it cannot do what was asked, and how to go on.

use askama::Template;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use xystra_care::Refusal;
use xystra_care::role::Role;

use crate::fault::told;
use crate::frame::{Frame, Nav};

/// Why a request got no page of its own.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// Nobody is signed in.
    #[error("sign in first")]
    SignIn {
        /// Where they wanted to go.
        next: String,
    },
    /// A form that no page of ours made for this browser.
    #[error("this form was not made for this browser: open the page again and repeat")]
    NotOurForm,
    /// More than a form may hold.
    #[error("more than {largest_mb} MB: make it smaller")]
    TooLarge {
        /// What is allowed, MB.
        largest_mb: usize,
    },
    /// Not for somebody of this role.
    #[error("this is not open to the role {role}{hint}", role = role.word(), hint = if *emergency { ", except in an emergency" } else { ": ask the owner of the practice" })]
    NotYours {
        /// Whose role.
        role: Role,
        /// May it be opened in an emergency?
        emergency: bool,
    },
    /// There is no such page.
    #[error("there is no such page in this practice")]
    NotFound,
    /// The step may not be taken yet.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The record could not be read or written.
    #[error("{0}")]
    Store(xystra_store::Error),
    /// The model of the lab has no answer.
    #[error("the model has no answer to this: {0}")]
    Tissue(#[from] xystra_tissue::Error),
    /// The virtual clients have no answer.
    #[error("the virtual clients have no answer to this: {0}")]
    Course(#[from] xystra_course::Error),
    /// A page could not be drawn: a fault of ours.
    #[error("the page could not be drawn: {0}")]
    Template(#[from] askama::Error),
}

impl From<xystra_store::Error> for WebError {
    fn from(error: xystra_store::Error) -> Self {
        match error {
            xystra_store::Error::NotFound => Self::NotFound,
            other => Self::Store(other),
        }
    }
}

impl WebError {
    fn status(&self) -> StatusCode {
        match self {
            Self::SignIn { .. } => StatusCode::UNAUTHORIZED,
            Self::NotOurForm | Self::NotYours { .. } => StatusCode::FORBIDDEN,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Tissue(_) | Self::Course(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(_) | Self::Store(xystra_store::Error::Conflict | xystra_store::Error::LastOwner) => {
                StatusCode::CONFLICT
            }
            Self::Store(xystra_store::Error::DiskFull | xystra_store::Error::ReadOnly) => {
                StatusCode::INSUFFICIENT_STORAGE
            }
            Self::Store(xystra_store::Error::Away { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Store(_) | Self::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn heading(&self) -> &'static str {
        match self {
            Self::SignIn { .. } => "Sign in first",
            Self::NotOurForm => "Open the page again",
            Self::TooLarge { .. } => "Too large",
            Self::NotYours { .. } => "Not for your role",
            Self::NotFound => "Nothing here",
            Self::Refused(_) => "Not yet",
            Self::Tissue(_) | Self::Course(_) => "No answer",
            Self::Store(xystra_store::Error::Conflict) => "Somebody was faster",
            Self::Store(xystra_store::Error::LastOwner) => "One owner has to stay",
            Self::Store(_) => "Nothing was saved",
            Self::Template(_) => "A fault of ours",
        }
    }
}

/// An error page that helps onward.
#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    frame: Frame,
    heading: &'static str,
    message: String,
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        if let Self::SignIn { next } = &self {
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            return Redirect::to(&format!("/sign-in?next={next}")).into_response();
        }
        let heading = self.heading();
        let page = ErrorPage { frame: Frame::outside(heading, &HeaderMap::new()), heading, message: told(&self) };
        match page.render() {
            Ok(html) => (self.status(), Html(html)).into_response(),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "A fault of Xystra: nothing was saved.").into_response(),
        }
    }
}

/// The same error for a script: a status and one sentence.
pub(crate) fn for_script(error: &WebError) -> Response {
    (error.status(), Json(serde_json::json!({ "error": told(error) }))).into_response()
}

/// Draws a page.
pub(crate) fn page<T: Template>(template: &T) -> Result<Response, WebError> {
    Ok(Html(template.render()?).into_response())
}

/// Draws a page again because its form was refused; the status says so.
pub(crate) fn refused_page<T: Template>(template: &T) -> Result<Response, WebError> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}
