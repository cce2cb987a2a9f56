//! A clinician accepts a choice: the next version of the plan, and a decision under their name.

use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::id::EpisodeId;
use xystra_care::plan::Plan;
use xystra_care::{FieldError, Record};
use xystra_catalog::catalog;
use xystra_course::outlook::choices::Offer;
use xystra_course::proposal::chosen;
use xystra_store::Batch;
use xystra_store::entries::About;

use super::kept::{Kept, kept};
use super::ranked::ranking;
use super::{Page, Wanted, path, words};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, refused_page};
use crate::form::Posted;
use crate::pages::keep::keep;

/// `POST /episodes/{episode}/outlook/accept`: only what was shown, and only while the rules let it be ranked.
pub(super) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let kept = kept(&app, &visitor, &record).await?;
    let accepted =
        offer(&kept, &visitor, &record, &posted).and_then(|offer| Ok((offer, plan(&record, &visitor, offer)?)));
    match accepted {
        Ok((offer, plan)) => save(&app, &visitor, &record, (&kept, offer, &plan), posted.operation).await,
        Err(errors) => {
            let form = posted.form.refused(errors);
            refused_page(&Page::of(&app, &visitor, &record, &Wanted::default(), form).await?)
        }
    }
}

/// The choice that was posted, as it was shown.
fn offer<'a>(
    kept: &'a Kept<'_>,
    visitor: &Visitor,
    record: &Record,
    posted: &Posted,
) -> Result<&'a Offer, Vec<FieldError>> {
    let wrong = |words: &str| vec![FieldError::new("choice", words)];
    let changed = || wrong("what the outlook stands on has changed meanwhile: look at the new one, then decide");
    let told = kept.told.as_ref().ok_or_else(changed)?;
    if ranking(kept, visitor, record).is_none() || posted.form.get("outlook") != told.foretold.made_from {
        return Err(changed());
    }
    let offer = told.foretold.offer(posted.form.get("choice")).ok_or_else(|| wrong("choose one of the choices"))?;
    if offer.draft.is_some() { Ok(offer) } else { Err(wrong("this choice changes no plan: go on, or end the episode")) }
}

fn plan(record: &Record, visitor: &Visitor, offer: &Offer) -> Result<Plan, Vec<FieldError>> {
    let refused = |refusal: xystra_care::Refusal| vec![FieldError::new("choice", refusal.to_string())];
    let clearance = record.clearance(catalog(), visitor.now).map_err(refused)?;
    Plan::new(offer.draft.clone().unwrap_or_default(), &clearance, catalog())
}

async fn save(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    (kept, offer, plan): (&Kept<'_>, &Offer, &Plan),
    operation: String,
) -> Result<Response, WebError> {
    let (Ok(old), Some(told)) = (record.plan(), &kept.told) else { return Err(WebError::NotFound) };
    let about = About::episode(record.client_id, record.episode);
    let location = path(record.episode);
    let mut batch = Batch::once(operation, &location);
    let reason = format!("outlook: {}", words::choice(&offer.id).to_lowercase());
    batch.amend(old, about, visitor.now, &reason, plan);
    batch.add(about, visitor.now, &chosen(&told.foretold, offer, old.version + 1));
    keep(app, visitor, &batch, &location).await
}
