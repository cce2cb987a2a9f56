//! The device in a client's hands: one page is open on it until somebody types the password.

use askama::Template;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use xystra_care::FieldError;

use crate::app::App;
use crate::auth::Visitor;
use crate::auth::tries::check_password;
use crate::error::{WebError, for_script, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().post("/kiosk", hand_over).get("/kiosk/unlock", show).post("/kiosk/unlock", unlock)
}

/// May the page of this path be handed over? Only pages that are made for a client.
fn kiosk_allows(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["clients", client, "page"] => client.parse::<uuid::Uuid>().is_ok(),
        ["c", link] => link.chars().all(|sign| sign.is_ascii_alphanumeric()),
        _ => false,
    }
}

/// Is this way open while `page` is in a client's hands? The page itself, what it posts to, and the way to give it back.
pub(crate) fn is_open(page: &str, path: &str) -> bool {
    let page = page.split('?').next().unwrap_or(page);
    path == page || path == "/kiosk/unlock" || path.strip_prefix(page).is_some_and(|rest| rest.starts_with('/'))
}

/// The page that stands before everything else while a client holds the device.
#[derive(Template)]
#[template(path = "door/locked.html")]
struct Locked {
    frame: Frame,
    form: Form,
    /// The page that is open.
    page: String,
}

impl Locked {
    fn of(visitor: &Visitor, form: Form) -> Self {
        let page = visitor.kiosk.clone().unwrap_or_else(|| "/".to_owned());
        Self { frame: visitor.frame("Handed over", Nav::None), form, page }
    }
}

/// Answers in place of whatever else was asked for.
pub(crate) fn locked(visitor: &Visitor, method: &Method) -> Response {
    if *method == Method::PUT {
        return for_script(&WebError::NotOurForm);
    }
    match Locked::of(visitor, Form::new()).render() {
        Ok(html) => (StatusCode::FORBIDDEN, Html(html)).into_response(),
        Err(error) => WebError::from(error).into_response(),
    }
}

/// `POST /kiosk`: leaves the page of `path` open and nothing else.
async fn hand_over(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let path = posted.form.get("path");
    if !kiosk_allows(path.split('?').next().unwrap_or_default()) {
        return Err(WebError::NotFound);
    }
    app.store().set_kiosk(&visitor.scope, &visitor.token.hash(), Some(path), visitor.now).await?;
    Ok(Redirect::to(path).into_response())
}

/// `GET /kiosk/unlock`.
async fn show(visitor: Visitor) -> Response {
    if visitor.kiosk.is_none() { Redirect::to("/").into_response() } else { locked(&visitor, &Method::GET) }
}

/// `POST /kiosk/unlock`: for whoever signed in here and knows the password. Guessing is slowed as at the door.
async fn unlock(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let Some(page) = visitor.kiosk.clone() else { return Ok(Redirect::to("/").into_response()) };
    if let Some(message) = check_password(&app, &visitor, posted.form.exact("password")).await? {
        let form = Form::new().refused(vec![FieldError::new("password", message)]);
        return refused_page(&Locked::of(&visitor, form));
    }
    app.store().set_kiosk(&visitor.scope, &visitor.token.hash(), None, visitor.now).await?;
    let to = if page.starts_with("/clients/") { page.as_str() } else { "/" };
    Ok(Redirect::to(to).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "/clients/019cdb6e-0000-7000-8000-000000000000/page";

    #[test]
    fn only_pages_made_for_a_client_are_handed_over() {
        assert!(kiosk_allows(PAGE) && kiosk_allows("/c/0123abcd"));
        for other in
            ["/", "/clients/all/page", "/clients/019cdb6e-0000-7000-8000-000000000000", "/c/../clients", "//x/page"]
        {
            assert!(!kiosk_allows(other), "{other}");
        }
    }

    #[test]
    fn nothing_but_the_page_is_open_while_it_is_handed_over() {
        assert!(is_open(PAGE, PAGE) && is_open(&format!("{PAGE}?episode=1"), PAGE) && is_open(PAGE, "/kiosk/unlock"));
        assert!(is_open(PAGE, &format!("{PAGE}/answer")));
        for other in ["/", "/clients", "/kiosk", "/sign-out", &format!("{PAGE}s"), &PAGE.replace("page", "edit")] {
            assert!(!is_open(PAGE, other), "{other}");
        }
    }
}
