//! Keeps what is being typed. The script calls this within a second of the last keystroke.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;
use xystra_store::draft::Kept;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, for_script};
use crate::form::{Posted, check_csrf};

/// What the script sends.
#[derive(Debug, Deserialize)]
pub(crate) struct Keep {
    /// The revision that it continues; 0 for the first.
    revision: i64,
    /// The browser tab.
    tab: String,
    /// The fields, URL-encoded.
    body: String,
}

/// `PUT /drafts/{form}`: 200 with the new revision, 409 when another tab was faster, 401 when nobody is signed in.
pub(crate) async fn keep(
    State(app): State<App>,
    Path(form): Path<String>,
    headers: HeaderMap,
    visitor: Result<Visitor, WebError>,
    Json(keep): Json<Keep>,
) -> Response {
    let kept = match visitor {
        Ok(visitor) => keep_for(&app, &visitor, &form, &headers, &keep).await,
        Err(error) => Err(error),
    };
    kept.unwrap_or_else(|error| for_script(&error))
}

async fn keep_for(
    app: &App,
    visitor: &Visitor,
    form: &str,
    headers: &HeaderMap,
    keep: &Keep,
) -> Result<Response, WebError> {
    let word = headers.get("x-csrf").and_then(|value| value.to_str().ok()).unwrap_or_default();
    check_csrf(word, visitor)?;
    let kept = app.store().keep_draft(&visitor.scope, form, keep.revision, &keep.tab, &keep.body, visitor.now).await?;
    Ok(match kept {
        Kept::At(revision) => Json(json!({ "revision": revision })).into_response(),
        Kept::Elsewhere(draft) => {
            let said = json!({ "revision": draft.revision, "saved_at": visitor.show.moment(draft.saved_at) });
            (StatusCode::CONFLICT, Json(said)).into_response()
        }
    })
}

/// `POST /drafts/{form}/discard`: throws the draft away and goes back to the page.
pub(crate) async fn discard(
    State(app): State<App>,
    Path(form): Path<String>,
    visitor: Visitor,
    posted: Posted,
) -> Result<Redirect, WebError> {
    app.store().drop_draft(&visitor.scope, &form).await?;
    Ok(Redirect::to(local(posted.form.get("back"))))
}

/// A path of ours, whatever somebody wrote there.
pub(crate) fn local(path: &str) -> &str {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_ours_are_followed() {
        assert_eq!(local("/clients?find=a"), "/clients?find=a");
        for elsewhere in ["https://example.org", "//example.org", "/\\example.org", ""] {
            assert_eq!(local(elsewhere), "/");
        }
    }
}
