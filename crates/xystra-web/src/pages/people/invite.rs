//! Links by which somebody joins the practice.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::FieldError;
use xystra_care::role::Role;

use super::list::List;
use super::{Made, serves};
use crate::app::App;
use crate::auth::{Token, Visitor};
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};

/// `POST /settings/people`: makes a link and shows it this once.
pub(super) async fn invite(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    posted: Posted,
) -> Result<Response, WebError> {
    let name = posted.form.get("name").to_owned();
    let role = Role::of_word(posted.form.get("role"));
    let (Some(role), false) = (role, name.is_empty()) else {
        let form = posted.form.clone().refused(errors(&name, role));
        return refused_page(&List::of(&app, &visitor, form).await?);
    };
    let (token, ends_at) = (Token::new(), visitor.now + serves());
    app.store().invite(&visitor.scope, (&name, role), &token.hash(), ends_at, visitor.now).await?;
    let made = Made::of(&app, &headers, &token, &name, visitor.show.moment(ends_at));
    page(&List::of(&app, &visitor, Form::new()).await?.with(made))
}

fn errors(name: &str, role: Option<Role>) -> Vec<FieldError> {
    let missing = [
        name.is_empty()
            .then(|| FieldError::new("name", "say who is asked to join: the name stands under what they write")),
        role.is_none().then(|| FieldError::new("role", "choose what they may do")),
    ];
    missing.into_iter().flatten().collect()
}

/// `POST /settings/people/take-back`.
pub(super) async fn take_back(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    app.store().take_back(&visitor.scope, posted.form.get("invitation"), visitor.now).await?;
    Ok(Redirect::to("/settings/people?saved=taken-back").into_response())
}
