//! Striking a fact out: it stays in the history with the reason, and counts nowhere.

use askama::Template;
use axum::response::Response;
use xystra_care::{Entry, FieldError};
use xystra_store::{Batch, Step};

use super::keep::{Whose, as_seen, keep};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};

/// Asks for the reason before something is struck out.
#[derive(Template)]
#[template(path = "findings/strike.html")]
pub(super) struct Strike {
    frame: Frame,
    form: Form,
    whose: Whose,
    /// In words, what would be struck out.
    what: String,
    action: String,
    back: String,
    version: u32,
}

impl Strike {
    /// `step` is the path's word, such as `findings`; `what` says in words what would be struck out.
    pub(super) fn of<T>(visitor: &Visitor, whose: Whose, entry: &Entry<T>, step: &str, what: String) -> Self {
        Self {
            frame: visitor.frame("Strike out", Nav::Clients),
            form: Form::new(),
            what,
            action: format!("/{step}/{}/strike", entry.thread),
            back: format!("/episodes/{}/{step}", whose.episode),
            version: entry.version,
            whose,
        }
    }

    /// The page that asks; nothing is struck out twice.
    pub(super) fn ask<T>(&self, entry: &Entry<T>) -> Result<Response, WebError> {
        if entry.struck { Err(WebError::NotFound) } else { page(self) }
    }

    /// Strikes the entry out, or asks again.
    pub(super) async fn post<T: Step>(
        mut self,
        app: &App,
        visitor: &Visitor,
        entry: Entry<T>,
        posted: Posted,
    ) -> Result<Response, WebError> {
        if posted.form.get("reason").is_empty() {
            let error = FieldError::new("reason", "striking out needs a reason: say in a few words what was wrong");
            self.form = posted.form.refused(vec![error]);
            return refused_page(&self);
        }
        let mut batch = Batch::once(posted.operation, &self.back);
        batch.strike(&as_seen(entry, &posted.form), self.whose.about(), posted.form.get("reason"));
        keep(app, visitor, &batch, &self.back).await
    }
}
