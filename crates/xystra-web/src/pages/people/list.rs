//! Everybody of the practice, links that wait, and what was opened in an emergency.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::Timestamp;
use serde::Deserialize;
use xystra_care::id::AccountId;
use xystra_care::role::Role;
use xystra_store::invitation::Invitation;
use xystra_store::people::Person;

use super::Made;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::pages::emergency::Opened;
use crate::show::Show;

#[derive(Template)]
#[template(path = "people/list.html")]
pub(super) struct List {
    frame: Frame,
    form: Form,
    show: Show,
    now: Timestamp,
    me: AccountId,
    people: Vec<Person>,
    invitations: Vec<Invitation>,
    emergencies: Vec<Opened>,
    /// The link that was made a moment ago.
    made: Option<Made>,
    saved: Option<&'static str>,
}

impl List {
    pub(super) async fn of(app: &App, visitor: &Visitor, form: Form) -> Result<Self, WebError> {
        Ok(Self {
            frame: visitor.frame("People", Nav::Practice),
            form,
            show: visitor.show.clone(),
            now: visitor.now,
            me: visitor.account.id,
            people: app.store().people(&visitor.scope).await?,
            invitations: app.store().invitations(&visitor.scope, visitor.now).await?,
            emergencies: Opened::unseen(app, visitor).await?,
            made: None,
            saved: None,
        })
    }

    /// The same page with a link that was made a moment ago.
    pub(super) fn with(self, made: Made) -> Self {
        Self { made: Some(made), ..self }
    }

    /// Somebody's name; their id when the account is gone.
    fn name(&self, id: &AccountId) -> String {
        let person = self.people.iter().find(|person| person.account.id == *id);
        person.map_or_else(|| id.to_string(), |person| person.account.name.clone())
    }
}

/// What was done a moment ago.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    saved: Option<String>,
}

/// `GET /settings/people`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(said): Query<Said>,
) -> Result<Response, WebError> {
    let saved = said.saved.as_deref().and_then(|word| match word {
        "taken-back" => Some("The link is taken back: it serves no more."),
        "seen" => Some("Noted that you looked at it."),
        _ => None,
    });
    page(&List { saved, ..List::of(&app, &visitor, Form::new()).await? })
}
