//! The progress report: one sheet of paper for the client, a doctor or an insurer.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::Record;
use xystra_care::entry::Entry;
use xystra_care::id::EpisodeId;
use xystra_care::outcome::{Series, series};
use xystra_care::session::Session;
use xystra_catalog::catalog;

use super::kept::{Kept, kept};
use super::{chosen, path, sentence, standing, words};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::episode::{dose, session};
use crate::pages::keep::Whose;
use crate::pages::plan::sheet;
use crate::show::{number, signed};

/// Sessions on the sheet, the newest.
const LATEST: usize = 2;

#[derive(Template)]
#[template(path = "outlook/report.html")]
struct Report {
    frame: Frame,
    whose: Whose,
    path: String,
    day: String,
    clinician: String,
    facts: Vec<(&'static str, String)>,
    measures: Vec<Line>,
    done: String,
    sessions: Vec<session::Row>,
    outlook: Option<Outlook>,
    plan: Vec<String>,
}

/// One measure on one line.
struct Line {
    label: String,
    unit: String,
    first: String,
    latest: String,
    change: String,
    /// The change that counts; empty when none is known.
    counts: String,
    words: &'static str,
}

/// What virtual clients say, in a few lines.
struct Outlook {
    label: String,
    chart: String,
    says: String,
    verdict: &'static str,
    small: String,
    /// When it was worked out, where that is not with all that is known.
    old: String,
}

/// `GET /episodes/{episode}/report`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let kept = kept(&app, &visitor, &record).await?;
    page(&Report::of(&app, &visitor, &record, &kept).await?)
}

impl Report {
    async fn of(app: &App, visitor: &Visitor, record: &Record, kept: &Kept<'_>) -> Result<Self, WebError> {
        let show = &visitor.show;
        let finished = record.finished_sessions();
        let latest: Vec<&Entry<Session>> = finished.iter().rev().take(LATEST).copied().collect();
        let doses = dose::measured(app, visitor, &latest).await?;
        Ok(Self {
            frame: visitor.frame(format!("Progress report, {}", record.client.body.name), Nav::Clients),
            whose: Whose::of(record),
            path: path(record.episode),
            day: show.date(visitor.now),
            clinician: visitor.account.name.clone(),
            facts: facts(visitor, record),
            measures: measures(record),
            done: done(visitor, &finished),
            sessions: session::rows(show, record, &latest, &doses),
            outlook: outlook(visitor, record, kept),
            plan: plan(record),
        })
    }
}

fn facts(visitor: &Visitor, record: &Record) -> Vec<(&'static str, String)> {
    let (client, intake, show) = (&record.client.body, &record.intake.body, &visitor.show);
    let goals: Vec<&str> = intake.goals.iter().map(|goal| goal.text.as_str()).filter(|text| !text.is_empty()).collect();
    let facts = [
        ("Client", Some(client.name.clone())),
        ("Age", client.age(visitor.today()).map(|age| age.to_string())),
        ("Complaint", Some(intake.title(catalog()))),
        ("Since", intake.since.map(|since| show.day(since))),
        ("First visit", Some(show.date(record.intake.happened_at))),
        ("Goal", Some(goals.join("; "))),
    ];
    facts.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?))).collect()
}

fn measures(record: &Record) -> Vec<Line> {
    let all = series(record, catalog().condition(&record.intake.body.condition));
    all.iter().filter(|one| one.concerns(record.intake.body.side)).map(line).collect()
}

fn line(series: &Series<'_>) -> Line {
    let counts = series.important.as_ref().map(|important| important.value);
    Line {
        label: series.label.clone(),
        unit: series.measure.unit.clone(),
        first: number(series.baseline, 1),
        latest: number(series.latest, 1),
        change: signed(series.latest - series.baseline, 1),
        counts: counts.map(|counts| number(counts, 1)).unwrap_or_default(),
        words: reached(series, counts),
    }
}

fn reached(series: &Series<'_>, counts: Option<f64>) -> &'static str {
    match counts {
        _ if series.points.len() < 2 => "measured once",
        None => "which change counts is not known",
        Some(counts) if series.gain() >= counts => "better by a change that counts",
        Some(counts) if series.gain() <= -counts => "worse by a change that counts",
        Some(_) => "less than a change that counts",
    }
}

/// "4 sessions, Thu 26 February 2026 to Mon 9 March 2026".
fn done(visitor: &Visitor, finished: &[&Entry<Session>]) -> String {
    let day = |session: &Entry<Session>| visitor.show.date(session.body.started_at);
    match finished {
        [] => "No session so far.".to_owned(),
        [only] => format!("1 session, {}.", day(only)),
        [first, .., last] => format!("{} sessions, {} to {}.", finished.len(), day(first), day(last)),
    }
}

fn outlook(visitor: &Visitor, record: &Record, kept: &Kept<'_>) -> Option<Outlook> {
    let (told, show) = (kept.told.as_ref()?, &visitor.show);
    let seen = told.about("")?;
    let choice = chosen(&seen, "");
    let says = sentence(kept, &seen, choice, record, show);
    let card = super::card::Card::of(told, &seen, choice, says, record, show);
    let old = kept.standing != standing::Standing::Current;
    Some(Outlook {
        label: card.label,
        chart: card.chart,
        says: card.says,
        verdict: words::verdict(seen.said.effect.verdict),
        small: card.small,
        old: if old { format!("Worked out {}, before the latest entries.", card.made) } else { String::new() },
    })
}

fn plan(record: &Record) -> Vec<String> {
    let Ok(plan) = record.plan() else { return vec!["No plan is in force.".to_owned()] };
    let course = format!("Version {}: {}.", plan.version, sheet::course(&plan.body));
    let home = &plan.body.draft().home;
    let home = (!home.is_empty()).then(|| format!("At home: {}.", home.join("; ")));
    [course].into_iter().chain(sheet::measuring(&plan.body)).chain(home).collect()
}
