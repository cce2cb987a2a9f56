//! The page of a session.

use askama::Template;
use xystra_care::finding::label;
use xystra_care::id::ThreadId;
use xystra_care::practice::Tool;
use xystra_care::response::Grade;
use xystra_care::session::Direction;
use xystra_catalog::advice::Rule;
use xystra_catalog::atlas::{Sensitive, atlas};
use xystra_catalog::catalog;
use xystra_catalog::instrument::{Emollient, Stroke};
use xystra_course::dosing::{applied, recording_of};
use xystra_dose::Provenance;

use super::ask::Ask;
use super::card::{Card, cards};
use super::case::Case;
use super::draft_key;
use super::fields::count;
use crate::auth::Visitor;
use crate::chart::prov;
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::pages::response::{SkinTile, skin_tiles, skin_words};
use crate::show::{Show, capital};

/// How much of the home programme was done, least first.
const HOMES: [&str; 4] = ["none", "some", "most", "all"];

/// The page of a session: a form while it goes on, an account of it afterwards.
#[derive(Template)]
#[template(path = "session/session.html")]
pub(super) struct SessionPage<'a> {
    frame: Frame,
    form: Form,
    show: Show,
    case: &'a Case,
    client: String,
    title: String,
    /// Sessions of the plan in all.
    of: Option<u32>,
    /// When it was saved last.
    saved: String,
    /// Rules that speak before the session, and while it goes on.
    before: Vec<&'static Rule>,
    during: Vec<&'static Rule>,
    /// The session before, when nobody has asked yet how it was.
    ask_about: Option<(ThreadId, u32)>,
    /// Is there a session before this one?
    has_last: bool,
    cards: Vec<Card<'a>>,
    /// Regions that may be added: where something was found, and all others.
    found: Vec<(String, String)>,
    others: Vec<(String, String)>,
    strokes: &'static [Stroke],
    emollients: &'static [Emollient],
    tools: &'a [Tool],
    skins: [SkinTile; 7],
    dark_skin: bool,
    /// What the rules say of strong discomfort.
    lighten: &'static str,
    stop: &'static str,
    done: Vec<DoneLine>,
    skin: &'static str,
    home: Option<&'static str>,
    homes: [&'static str; 4],
    grade: Option<Grade>,
}

/// What was done to one region.
struct DoneLine {
    region: String,
    how: String,
    dose: String,
    provenance: Provenance,
    mark: String,
    recording: Option<String>,
}

impl<'a> SessionPage<'a> {
    /// The page on a form.
    pub(super) fn of(visitor: &Visitor, case: &'a Case, form: Form) -> Self {
        let (record, session) = (&case.record, &case.entry.body);
        let title = record.intake.body.title(catalog());
        let (found, others) = regions_to_add(&form, case);
        Self {
            frame: visitor.frame(format!("Session {} · {}", session.number, record.client.body.name), Nav::Clients),
            show: visitor.show.clone(),
            client: record.client.body.name.clone(),
            of: record.plan.as_ref().map(|plan| plan.body.sessions()).filter(|of| *of >= session.number),
            saved: crate::show::ago(case.entry.recorded_at, visitor.now),
            before: if case.is_open() { case.advice_before(visitor) } else { Vec::new() },
            during: if case.is_open() { case.advice_during(visitor) } else { Vec::new() },
            ask_about: ask_about(case),
            has_last: case.last().is_some(),
            cards: cards(&form, case, &visitor.show),
            strokes: &catalog().strokes,
            emollients: &catalog().emollients,
            tools: &case.tools,
            skins: skin_tiles(),
            dark_skin: record.client.body.skin == Some(xystra_care::client::SkinTone::Dark),
            lighten: says("discomfort-5"),
            stop: says("discomfort-7"),
            done: done_lines(case, &visitor.show),
            skin: session.skin.map_or("not said", skin_words),
            home: session.home_done.and_then(|done| HOMES.get(usize::from(done)).copied()),
            homes: HOMES,
            grade: record.grade_of(&case.entry),
            form: form.keyed(draft_key(case.entry.thread)),
            title,
            case,
            found,
            others,
        }
    }

    /// The same with one more thing to say of the file of application `n`.
    pub(super) fn asking(mut self, n: usize, ask: Option<Ask>) -> Self {
        if let (Some(card), Some(ask)) = (self.cards.get_mut(n), ask) {
            card.asks.retain(|known| known.name != ask.name);
            card.asks.push(ask);
        }
        self
    }

    /// Is the form for a session that goes on? Else it puts a finished one right.
    fn is_open(&self) -> bool {
        self.case.is_open()
    }

    /// Should the form that puts right stand open?
    fn is_amending(&self) -> bool {
        !self.form.errors().is_empty() || self.form.restored.is_some()
    }
}

/// What a rule of the catalog says.
fn says(rule: &str) -> &'static str {
    catalog().rule(rule).map_or("", |rule| rule.says.as_str())
}

/// The session before, as long as nobody has told how it was.
fn ask_about(case: &Case) -> Option<(ThreadId, u32)> {
    let last = case.last().filter(|last| case.is_open() && case.record.checkins_of(last.thread).is_empty())?;
    Some((last.thread, last.body.number))
}

type Options = Vec<(String, String)>;

/// Regions that are not in the list yet and where strokes are allowed: those with a finding first.
fn regions_to_add(form: &Form, case: &Case) -> (Options, Options) {
    let there: Vec<&str> = (0..count(form)).map(|n| form.at("region", &n)).collect();
    let cells = atlas().cells().iter().filter(|cell| cell.sensitive() != Some(Sensitive::NoStrokes));
    let free = cells.filter(|cell| !there.contains(&cell.id.to_string().as_str()));
    let (found, others): (Vec<_>, Vec<_>) =
        free.partition(|cell| case.record.current_findings().any(|finding| finding.body.region == cell.id));
    let options = |cells: Vec<&xystra_catalog::atlas::Cell>| {
        let mut options: Options = cells.into_iter().map(|cell| (cell.id.to_string(), cell.label())).collect();
        options.sort_by(|a, b| a.1.cmp(&b.1));
        options
    };
    (options(found), options(others))
}

fn done_lines(case: &Case, show: &Show) -> Vec<DoneLine> {
    let line = |application: &xystra_care::session::Application| {
        let recording = recording_of(application);
        let dose = applied(application, recording.and_then(|id| case.doses.get(&id)), catalog());
        DoneLine {
            region: capital(&label(&application.region)),
            how: how(application),
            dose: dose.words(show.force_unit()),
            provenance: dose.provenance,
            mark: prov(dose.provenance),
            recording: recording.map(|id| id.to_string()),
        }
    };
    case.entry.body.done().map(line).collect()
}

fn how(application: &xystra_care::session::Application) -> String {
    let instrument = catalog().instrument(&application.instrument);
    let edge = instrument.and_then(|known| known.edges.iter().find(|edge| edge.id == application.edge));
    let parts = [
        instrument.map(|instrument| instrument.name.clone()),
        Some(application.tool.clone()).filter(|tool| !tool.is_empty()),
        edge.map(|edge| edge.name.clone()),
        catalog().stroke(&application.stroke).map(|stroke| stroke.name.to_lowercase()),
        application.direction.map(|direction| direction_words(direction).to_owned()),
        catalog().emollient(&application.emollient).map(|emollient| emollient.name.to_lowercase()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn direction_words(direction: Direction) -> &'static str {
    match direction {
        Direction::Proximal => "towards the heart",
        Direction::Distal => "away from the heart",
        Direction::Across => "across the fibres",
        Direction::Several => "several directions",
    }
}
