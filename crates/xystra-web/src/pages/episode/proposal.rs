//! The proposal: rules only, each change under its rule, and a plan only under a clinician's name.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::decision::Decision;
use xystra_care::facts::{Facts, facts};
use xystra_care::id::EpisodeId;
use xystra_care::plan::Plan;
use xystra_care::{FieldError, Record, Refusal};
use xystra_catalog::advice::{Action, Rule};
use xystra_catalog::catalog;
use xystra_course::proposal::{Change, Proposal, propose};
use xystra_store::Batch;
use xystra_store::entries::About;

use super::{Episode, Forms, Wanted, path};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, refused_page};
use crate::form::Posted;
use crate::pages::keep::keep;
use crate::show::capital;

/// What the card shows.
pub(super) struct Card {
    pub(super) says: String,
    pub(super) changes: Vec<Row>,
    pub(super) rules: Vec<&'static Rule>,
    /// What no plan can answer, with where to go for it.
    pub(super) asks: Vec<Ask>,
    /// The version it would become; `None` when there is nothing to change.
    pub(super) version: Option<u32>,
    /// The rules' ids, so that what is accepted is what was shown.
    pub(super) shown: String,
    pub(super) who: String,
}

/// One change.
pub(super) struct Row {
    pub(super) what: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// Something to do that is no change of plan.
pub(super) struct Ask {
    pub(super) word: &'static str,
    pub(super) href: String,
}

/// What waits for a decision, if anything does.
pub(super) fn card(visitor: &Visitor, record: &Record, facts: &Facts) -> Option<Card> {
    let proposal = propose(record, facts, catalog())?;
    let version = record.plan.as_ref().filter(|_| proposal.draft.is_some()).map(|plan| plan.version + 1);
    Some(Card {
        says: proposal.says.clone(),
        changes: proposal.changes.iter().map(|change| row(visitor, change)).collect(),
        rules: proposal.rules(),
        asks: proposal.asks.iter().filter_map(|rule| way(record, rule)).collect(),
        version,
        shown: proposal.rule_ids().join(" "),
        who: visitor.account.name.clone(),
    })
}

fn row(visitor: &Visitor, change: &Change) -> Row {
    let words = |setting: &xystra_course::proposal::Setting| setting.words(visitor.show.force_unit(), catalog());
    Row { what: capital(&change.what), from: words(&change.from), to: words(&change.to) }
}

fn way(record: &Record, rule: &Rule) -> Option<Ask> {
    let at = |page: &str| format!("/episodes/{}{page}", record.episode);
    match rule.action {
        Action::Reassess => Some(Ask { word: "Measure again", href: at("/measurements") }),
        Action::PlanDischarge => Some(Ask { word: "Plan the discharge", href: at("#close") }),
        Action::ConsiderStopping | Action::StopAndRefer => Some(Ask { word: "End the episode", href: at("#close") }),
        Action::HoldRegion => Some(Ask { word: "Check skin", href: super::action::last_response(record) }),
        _ => None,
    }
}

/// `POST /episodes/{episode}/plan/proposal`: accept makes the next version of the plan, decline keeps why not.
pub(super) async fn decide(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let facts = facts(&record, catalog(), visitor.show.zone(), visitor.now);
    // Decided already, perhaps by this very form posted twice.
    let Some(proposal) = propose(&record, &facts, catalog()) else {
        return Ok(Redirect::to(&path(episode)).into_response());
    };
    if posted.form.get("rules") != proposal.rule_ids().join(" ") {
        return Err(WebError::Store(xystra_store::Error::Conflict));
    }
    let decided = match posted.form.get("decision") {
        "accept" => accept(&record, &proposal, &visitor),
        "decline" => decline(&record, &proposal, posted.form.get("reason")),
        _ => Err(Undecided::Form(vec![FieldError::new("reason", "choose to accept or to decline")])),
    };
    match decided {
        Ok(decided) => save(&app, &visitor, &record, decided, posted.operation).await,
        Err(Undecided::Refused(refusal)) => Err(refusal.into()),
        Err(Undecided::Form(errors)) => {
            let forms = Forms::drafted(&app, &visitor, episode).await?;
            let forms = Forms { proposal: posted.form.refused(errors), ..forms };
            refused_page(&Episode::of(&app, &visitor, &record, &Wanted::default(), forms).await?)
        }
    }
}

/// A decision, with the plan it makes.
struct Decided {
    decision: Decision,
    plan: Option<Plan>,
}

/// Why nothing was decided.
enum Undecided {
    Refused(Refusal),
    Form(Vec<FieldError>),
}

fn accept(record: &Record, proposal: &Proposal, visitor: &Visitor) -> Result<Decided, Undecided> {
    let old = record.plan().map_err(Undecided::Refused)?;
    let Some(draft) = proposal.draft.clone() else {
        return Err(Undecided::Form(vec![FieldError::new("reason", "there is no change of plan to accept")]));
    };
    let clearance = record.clearance(catalog(), visitor.now).map_err(Undecided::Refused)?;
    let plan = Plan::new(draft, &clearance, catalog()).map_err(Undecided::Form)?;
    let decision = Decision::Accepted { rules: proposal.rule_ids(), plan_version: old.version + 1 };
    Ok(Decided { decision, plan: Some(plan) })
}

fn decline(record: &Record, proposal: &Proposal, reason: &str) -> Result<Decided, Undecided> {
    if reason.is_empty() {
        return Err(Undecided::Form(vec![FieldError::new("reason", "say in a few words why not")]));
    }
    let decision = Decision::Declined {
        rules: proposal.rule_ids(),
        sessions_done: record.finished_sessions().len(),
        reason: reason.to_owned(),
    };
    Ok(Decided { decision, plan: None })
}

async fn save(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    decided: Decided,
    operation: String,
) -> Result<Response, WebError> {
    let about = About::episode(record.client_id, record.episode);
    let location = path(record.episode);
    let mut batch = Batch::once(operation, &location);
    if let (Some(plan), Some(old), Decision::Accepted { rules, .. }) = (&decided.plan, &record.plan, &decided.decision)
    {
        batch.amend(old, about, visitor.now, &format!("proposal: {}", rules.join(", ")), plan);
    }
    batch.add(about, visitor.now, &decided.decision);
    keep(app, visitor, &batch, &location).await
}
