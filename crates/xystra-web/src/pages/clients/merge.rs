//! The same person entered twice: records that look alike side by side, and putting two of them together.

mod likely;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use xystra_care::id::{ClientId, ThreadId};
use xystra_care::merge::Merge;
use xystra_care::{Entry, FieldError};

use super::load;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use likely::Pair;

#[derive(Template)]
#[template(path = "clients/merge.html")]
struct Page {
    frame: Frame,
    form: Form,
    id: ClientId,
    name: String,
    find: String,
    pairs: Vec<Pair>,
    merges: Vec<Merged>,
    done: bool,
}

/// A record that was taken in, and can be given back.
struct Merged {
    thread: ThreadId,
    name: String,
    when: String,
    who: String,
}

/// What to look for, and whether something was just done.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    find: String,
    done: Option<String>,
}

/// `GET /clients/{client}/merge`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    page(&Page::load(&app, &visitor, id, &wanted, Form::new()).await?)
}

/// `POST /clients/{client}/merge`: moves one record into the other, and leads to the one that is kept.
pub(super) async fn merge(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let ids = (posted.form.get("other").parse::<ClientId>(), posted.form.get("keep").parse::<ClientId>());
    let (Ok(other), Ok(keep)) = ids else {
        let error = FieldError::new("keep", "choose which of the two records is kept");
        let form = posted.form.refused(vec![error]);
        return refused_page(&Page::load(&app, &visitor, id, &Wanted::default(), form).await?);
    };
    let from = if keep == id { other } else { id };
    if keep != id && keep != other {
        return Err(WebError::NotFound);
    }
    if !merges(&app, &visitor, keep).await?.iter().any(|entry| entry.body.from == from) {
        app.store().merge_clients(&visitor.scope, from, keep, visitor.now).await?;
    }
    Ok(Redirect::to(&format!("/clients/{keep}/merge?done=yes")).into_response())
}

/// `POST /clients/{client}/unmerge`: gives a record back that was taken in, and leads to it.
pub(super) async fn unmerge(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let merges = merges(&app, &visitor, id).await?;
    let wanted = merges.iter().find(|entry| entry.thread.to_string() == posted.form.get("merge"));
    let merge = wanted.ok_or(WebError::NotFound)?;
    let back = app.store().unmerge(&visitor.scope, merge.thread, visitor.now).await?;
    Ok(Redirect::to(&format!("/clients/{back}")).into_response())
}

/// Records that were put into this one and still are.
async fn merges(app: &App, visitor: &Visitor, id: ClientId) -> Result<Vec<Entry<Merge>>, WebError> {
    let known: Vec<Entry<Merge>> = app.store().of_client(&visitor.scope, id).await?;
    Ok(known.into_iter().filter(|entry| !entry.struck).collect())
}

impl Page {
    async fn load(app: &App, visitor: &Visitor, id: ClientId, wanted: &Wanted, form: Form) -> Result<Self, WebError> {
        let client = load(app, visitor, id).await?;
        let merged = |entry: Entry<Merge>| Merged {
            thread: entry.thread,
            name: entry.body.name,
            when: visitor.show.moment(entry.recorded_at),
            who: entry.author.name,
        };
        Ok(Self {
            frame: visitor.frame("Put two records together", Nav::Clients),
            form,
            id,
            find: wanted.find.clone(),
            pairs: likely::pairs(app, visitor, id, &client, &wanted.find).await?,
            merges: merges(app, visitor, id).await?.into_iter().rev().map(merged).collect(),
            done: wanted.done.is_some(),
            name: client.body.name,
        })
    }
}
