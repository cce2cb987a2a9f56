//! The plan to be read: for the client on paper, while no new version may be made, and in its versions.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use xystra_care::plan::{Plan, Planned};
use xystra_care::{Entry, Record, Refusal};
use xystra_catalog::catalog;
use xystra_catalog::claim::Question;
use xystra_catalog::condition::NaturalCourse;
use xystra_course::dosing::target_words;
use xystra_store::Step;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::keep::Whose;
use crate::show::{Show, capital, number};

/// A plan in words.
pub(super) struct Sheet {
    version: u32,
    author: String,
    when: String,
    /// "2 sessions a week for 5 weeks, 10 in all, at least 48 h apart".
    course: String,
    rows: Vec<Row>,
    with: Vec<String>,
    home: Vec<String>,
    /// When to measure again, and what else tells treatment from recovery.
    measuring: Vec<String>,
    remark: String,
}

/// One region of a plan in words.
struct Row {
    region: String,
    instrument: String,
    stroke: String,
    target: String,
    minutes: String,
}

/// One version of the plan.
pub(super) struct Version {
    pub(super) number: u32,
    pub(super) when: String,
    pub(super) author: String,
    pub(super) reason: String,
}

impl Sheet {
    fn of(entry: &Entry<Plan>, show: &Show) -> Self {
        let draft = entry.body.draft();
        Self {
            version: entry.version,
            author: entry.author.name.clone(),
            when: show.date(entry.happened_at),
            course: course(&entry.body),
            rows: draft.applications.iter().map(|planned| Row::of(planned, show)).collect(),
            with: draft.with.clone(),
            home: draft.home.clone(),
            measuring: measuring(&entry.body),
            remark: draft.remark.clone(),
        }
    }
}

impl Row {
    fn of(planned: &Planned, show: &Show) -> Self {
        let instrument = catalog().instrument(&planned.instrument).map(|instrument| instrument.name.clone());
        let stroke = catalog().stroke(&planned.stroke).map(|stroke| stroke.name.clone());
        Self {
            region: capital(&xystra_care::finding::label(&planned.region)),
            instrument: instrument.unwrap_or_else(|| planned.instrument.clone()),
            stroke: stroke.unwrap_or_else(|| planned.stroke.clone()),
            target: target_words(planned.target, show.force_unit(), catalog()),
            minutes: number(planned.minutes, 1),
        }
    }
}

/// "2 sessions a week for 5 weeks, 10 in all, at least 48 h apart".
pub(in crate::pages) fn course(plan: &Plan) -> String {
    let draft = plan.draft();
    let sessions = many(draft.sessions_per_week, "session");
    let weeks = many(draft.weeks, "week");
    format!("{sessions} a week for {weeks}, {} in all, at least {} h apart", plan.sessions(), draft.gap_hours)
}

/// When to measure again, and what else tells treatment from recovery.
pub(in crate::pages) fn measuring(plan: &Plan) -> Vec<String> {
    let draft = plan.draft();
    let again = format!("Measure again after {}.", many(draft.reassess_after, "session"));
    let baseline = match draft.baseline_measurements {
        0 => None,
        count => Some(format!("Measure {} before the first session.", many(count, "time"))),
    };
    let pause = draft.pause.map(|pause| {
        let (sessions, weeks) = (many(pause.after_sessions, "session"), many(pause.weeks, "week"));
        format!("A planned break of {weeks} after {sessions}.")
    });
    baseline.into_iter().chain([again]).chain(pause).collect()
}

/// "1 week", "5 weeks".
fn many(count: u8, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// What a client should know before the first visit, by the catalog's ids.
const GOOD_TO_KNOW: [&str; 2] = ["does-it-hurt", "bruises"];

/// For the client, on paper.
#[derive(Template)]
#[template(path = "plan/print.html")]
struct Print {
    frame: Frame,
    whose: Whose,
    sheet: Sheet,
    natural: Option<&'static NaturalCourse>,
    questions: Vec<&'static Question>,
}

/// The plan in force as a sheet for the client.
pub(super) fn print(visitor: &Visitor, record: &Record) -> Result<Response, WebError> {
    let plan = record.plan.as_ref().filter(|plan| !plan.struck).ok_or(Refusal::NoPlan)?;
    let condition = record.intake.body.condition_in(catalog());
    page(&Print {
        frame: visitor.frame("Your plan", Nav::Clients),
        whose: Whose::of(record),
        sheet: Sheet::of(plan, &visitor.show),
        natural: condition.map(|condition| &condition.natural_course),
        questions: catalog().questions.iter().filter(|one| GOOD_TO_KNOW.contains(&one.id.as_str())).collect(),
    })
}

/// Why no plan may be made now, and what opens it; a plan that is there can still be read.
#[derive(Template)]
#[template(path = "plan/refused.html")]
struct Refused {
    frame: Frame,
    whose: Whose,
    why: String,
    /// Where it can be opened, and what to do there.
    way: (String, &'static str),
    sheet: Option<Sheet>,
}

/// The page that says why not.
pub(super) fn refused(visitor: &Visitor, record: &Record, refusal: &Refusal) -> Result<Response, WebError> {
    let episode = record.episode;
    let way = match refusal {
        Refusal::Closed { .. } => (format!("/clients/{}", record.client_id), "To the client"),
        Refusal::DoNotTreat { .. } => (format!("/episodes/{episode}/screening"), "Look at the screening"),
        _ => (format!("/episodes/{episode}/screening"), "Go to the screening"),
    };
    let refused = Refused {
        frame: visitor.frame("Plan", Nav::Clients),
        whose: Whose::of(record),
        why: capital(&refusal.to_string()),
        way,
        sheet: record.plan.as_ref().filter(|plan| !plan.struck).map(|plan| Sheet::of(plan, &visitor.show)),
    };
    Ok((StatusCode::CONFLICT, Html(refused.render()?)).into_response())
}

/// Every version of the plan, newest first.
pub(super) async fn versions(app: &App, visitor: &Visitor, record: &Record) -> Result<Vec<Version>, WebError> {
    let lines = app.store().history(&visitor.scope, record).await?;
    let versions = lines.into_iter().filter(|line| line.step == Plan::STEP).map(|line| Version {
        number: line.entry.version,
        when: visitor.show.moment(line.entry.recorded_at),
        author: line.entry.author.name,
        reason: line.entry.reason.unwrap_or_else(|| "first plan".to_owned()),
    });
    Ok(versions.collect())
}
