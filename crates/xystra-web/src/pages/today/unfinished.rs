//! What was begun and not finished: drafts with their way back, and episodes that have no plan yet.

use std::sync::Arc;

use uuid::Uuid;
use xystra_care::Record;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_catalog::catalog;

use super::Day;
use super::standing::Standing;
use crate::app::App;
use crate::error::WebError;
use crate::pages::episode::action;

/// Days for which an episode without a plan stays on the list.
const SHOWN_DAYS: f64 = 14.0;

/// One thing to go on with.
pub(super) struct Unfinished {
    /// "Intake, Demo client 3".
    pub(super) title: String,
    /// "typed 5 min ago, not saved to the record yet".
    pub(super) line: String,
    pub(super) href: String,
}

/// Drafts first, newest first; then episodes without a plan.
pub(super) async fn unfinished(app: &App, day: &Day<'_>) -> Result<Vec<Unfinished>, WebError> {
    let visitor = day.visitor;
    let mut unfinished = Vec::new();
    for (key, at) in app.store().drafts(&visitor.scope).await? {
        let Some((word, href)) = way_back(&key) else { continue };
        let who = whose(app, day, &key).await?;
        let title = if who.is_empty() { word.to_owned() } else { format!("{word}, {who}") };
        let line = format!("typed {}, not saved to the record yet", crate::show::ago(at, visitor.now));
        unfinished.push(Unfinished { title, line, href });
    }
    unfinished.extend(day.standings.iter().filter_map(|standing| without_plan(day, standing)));
    Ok(unfinished)
}

/// What the form is, and where it stands.
fn way_back(key: &str) -> Option<(&'static str, String)> {
    let (step, id) = key.split_once(':')?;
    Some(match step {
        "client" if id == "new" => ("New client", "/clients/new".to_owned()),
        "client" => ("Client", format!("/clients/{id}/edit")),
        "consent" => ("Consent", format!("/clients/{id}/consent")),
        "appointment" => ("Appointment", format!("/clients/{id}")),
        "intake" => ("Intake", format!("/clients/{id}/episodes/new")),
        "intake-amend" => ("Intake", format!("/episodes/{id}/intake")),
        "screening" => ("Screening", format!("/episodes/{id}/screening")),
        "finding" | "findings" => ("Finding", format!("/episodes/{id}/findings")),
        "measurement" | "measurements" => ("Measurement", format!("/episodes/{id}/measurements")),
        "plan" => ("Plan", format!("/episodes/{id}/plan")),
        "session" => ("Session", format!("/sessions/{id}")),
        "response" | "checkin" => ("Check-in", format!("/sessions/{id}/response")),
        "note" => ("Note", format!("/episodes/{id}#notes")),
        "close" => ("Discharge", format!("/episodes/{id}#close")),
        _ => return None,
    })
}

/// The client's name, by the id of the client, the episode or the session.
async fn whose(app: &App, day: &Day<'_>, key: &str) -> Result<String, WebError> {
    let id = key.split_once(':').map(|(_, id)| id).unwrap_or_default();
    let Ok(id) = id.parse::<Uuid>() else { return Ok(String::new()) };
    let fits = |record: &&Arc<Record>| {
        record.client_id.0 == id
            || record.episode.0 == id
            || record.sessions.iter().any(|session| session.thread.0 == id)
    };
    if let Some(record) = day.standings.iter().map(|standing| &standing.record).find(fits) {
        return Ok(day.name(record));
    }
    let known = app.store().of_client::<Client>(&day.visitor.scope, ClientId(id)).await?;
    Ok(known.into_iter().next().map(|entry| entry.body.name).unwrap_or_default())
}

/// An episode that was taken in lately and has no plan.
fn without_plan(day: &Day<'_>, standing: &Standing) -> Option<Unfinished> {
    let Standing { record, visit, .. } = standing;
    let age_days = xystra_care::entry::hours_between(record.intake.recorded_at, day.visitor.now) / 24.0;
    if record.plan.is_some() || record.closed().is_some() || age_days > SHOWN_DAYS {
        return None;
    }
    let next = action::next(record, visit.next, &visit.due)?;
    let title = format!("{}, {}", day.name(record), record.intake.body.title(catalog()));
    Some(Unfinished { title, line: format!("no plan yet; next: {}", next.word.to_lowercase()), href: next.href })
}

#[cfg(test)]
mod tests {
    use super::way_back;

    #[test]
    fn a_draft_leads_back_to_its_form() {
        assert_eq!(way_back("note:7"), Some(("Note", "/episodes/7#notes".into())));
        assert_eq!(way_back("client:new"), Some(("New client", "/clients/new".into())));
        assert_eq!(way_back("tool"), None);
    }
}
