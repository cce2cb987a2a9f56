//! The page of one recording.

use askama::Template;
use xystra_care::Entry;
use xystra_care::finding::label;
use xystra_care::id::ThreadId;
use xystra_care::plan::{Plan, Target};
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force, Session};
use xystra_catalog::{Range, catalog};
use xystra_dose::{Analysis, Error, Issue, IssueKind, Options, Stroke, Tare};
use xystra_store::recording::Recording;

use super::dose::PROGRAM;
use super::trace::{NARROW, Trace, WIDE, beside, places, plural, trace};
use crate::auth::Visitor;
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::show::{Show, capital, number};

/// Where a recording belongs.
pub(super) struct Place {
    pub(super) client: String,
    pub(super) session: Entry<Session>,
    /// The plan that the session was done under.
    pub(super) plan: Option<Plan>,
}

/// One recording.
#[derive(Template)]
#[template(path = "recording/recording.html")]
pub(super) struct RecordingPage {
    frame: Frame,
    form: Form,
    show: Show,
    recording: Recording,
    client: String,
    session: ThreadId,
    session_number: u32,
    /// Region, instrument and stroke of the application that it was attached to.
    region: Option<String>,
    how: String,
    /// What is drawn, or why nothing can be.
    found: Result<Found, String>,
    /// The same options as a query, for the table.
    query: String,
    is_part: bool,
    tare: &'static str,
    program: &'static str,
    catalog: &'static str,
}

/// What the analysis found, in the practice's words and unit.
struct Found {
    tiles: [Tile; 5],
    finding: String,
    wide: String,
    narrow: String,
    rows: Vec<Row>,
    issues: Vec<Line>,
    rate_hz: String,
    channels: String,
    has_target: bool,
    force: &'static str,
}

/// One number of the dose.
struct Tile {
    name: &'static str,
    value: String,
    unit: String,
    under: String,
}

/// One stroke.
struct Row {
    cells: [String; 7],
    place: &'static str,
}

/// One thing that is wrong, or good to know.
struct Line {
    /// Does it concern the numbers?
    warns: bool,
    what: String,
    consequence: String,
}

impl RecordingPage {
    /// The page on an analysis, or on the reason why there is none.
    pub(super) fn of(
        visitor: &Visitor,
        place: Place,
        recording: Recording,
        form: Form,
        options: Options,
        analysis: Result<Analysis, Error>,
    ) -> Self {
        let session = place.session.body;
        let is_its = |application: &&Application| application.force == Force::Measured(recording.id);
        let application = session.applications.iter().find(is_its);
        let target_n = application.zip(place.plan.as_ref()).and_then(|(application, plan)| target_n(plan, application));
        let unit = visitor.show.force_unit();
        Self {
            frame: visitor.frame(format!("Recording {}", recording.name), Nav::Recordings),
            show: visitor.show.clone(),
            client: place.client,
            session: recording.session,
            session_number: session.number,
            region: application.map(|application| label(&application.region)),
            how: application.map(how).unwrap_or_default(),
            found: analysis.map(|analysis| Found::of(&analysis, target_n, unit)).map_err(|error| error.to_string()),
            query: query(&options),
            is_part: options != Options::default() && form.errors().is_empty(),
            tare: if options.tare == Tare::None { "none: values as recorded" } else { "resting level subtracted" },
            program: PROGRAM,
            catalog: xystra_catalog::VERSION,
            recording,
            form,
        }
    }

    /// The first digits of the fingerprint.
    fn fingerprint(&self) -> String {
        format!("{} {} … {}", &self.recording.sha256[..4], &self.recording.sha256[4..8], &self.recording.sha256[60..])
    }
}

fn how(application: &Application) -> String {
    let instrument = catalog().instrument(&application.instrument).map(|instrument| instrument.name.clone());
    let stroke = catalog().stroke(&application.stroke).map(|stroke| stroke.name.to_lowercase());
    [instrument, stroke].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the plan asked for on that region, N.
fn target_n(plan: &Plan, application: &Application) -> Option<Range> {
    let planned = &plan.draft().applications;
    match planned.iter().find(|planned| planned.region == application.region)?.target {
        Target::Band(band) => catalog().band(band).map(|band| band.newton),
        Target::Newton { low, high } => Some(Range { low, high }),
    }
}

fn query(options: &Options) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("from", options.from_s), ("to", options.to_s)] {
        if let Some(value) = value {
            query.append_pair(name, &value.to_string());
        }
    }
    if options.tare == Tare::None {
        query.append_pair("tare", "none");
    }
    query.finish()
}

impl Found {
    fn of(analysis: &Analysis, target_n: Option<Range>, unit: ForceUnit) -> Self {
        let drawn = Trace { analysis, target_n, unit };
        Self {
            tiles: tiles(&drawn),
            finding: drawn.finding(),
            wide: trace(&drawn, WIDE),
            narrow: trace(&drawn, NARROW),
            rows: (1..).zip(&analysis.strokes).map(|(n, stroke)| row(n, stroke, target_n, unit)).collect(),
            issues: analysis.recording.issues.iter().map(line).collect(),
            rate_hz: number(analysis.recording.rate_hz, 0),
            channels: analysis.recording.channels.join(", "),
            has_target: target_n.is_some(),
            force: unit.sign(),
        }
    }

    /// Is nothing wrong that concerns the numbers?
    fn is_sound(&self) -> bool {
        !self.issues.iter().any(|issue| issue.warns)
    }
}

fn tiles(drawn: &Trace<'_>) -> [Tile; 5] {
    let (analysis, unit) = (drawn.analysis, drawn.unit);
    let dose = &analysis.dose;
    let force = |newton: f64| number(unit.show(newton), places(unit));
    let tile = |name, value, unit: &str, under: String| Tile { name, value, unit: unit.to_owned(), under };
    let largest = format!("largest {} {}, {}", force(dose.peak_force_n), unit.sign(), spread(&analysis.strokes));
    let rate = dose.rate_per_min.map_or_else(|| "not known".to_owned(), |rate| number(rate, 0));
    let recorded = format!("of {} s recorded", number(analysis.recording.duration_s, 0));
    let bursts = plural(analysis.bursts, "burst");
    let inside = drawn.target_n.map_or_else(
        || format!("in {bursts}"),
        |target| {
            let ends = format!("{} to {} {}", force(target.low), force(target.high), unit.sign());
            format!("in {bursts}; {} within the target, {ends}", drawn.inside(target))
        },
    );
    [
        tile("Mean force", force(dose.mean_force_n), unit.sign(), largest),
        tile("Strokes", dose.strokes.to_string(), "", inside),
        tile("Rate", rate, "per min", "from stroke to stroke, pauses left out".to_owned()),
        tile("Contact", number(dose.contact_s, 0), "s", recorded),
        tile("Impulse", force(dose.impulse_ns), &format!("{} s", unit.sign()), "mean force times contact".to_owned()),
    ]
}

/// "stroke to stroke 18 %": standard deviation of the strokes' means over their mean.
fn spread(strokes: &[Stroke]) -> String {
    if strokes.len() < 2 {
        return "one stroke".to_owned();
    }
    let count = strokes.len() as f64;
    let mean = strokes.iter().map(|stroke| stroke.mean_force_n).sum::<f64>() / count;
    let squares = strokes.iter().map(|stroke| (stroke.mean_force_n - mean).powi(2)).sum::<f64>();
    format!("stroke to stroke {} %", number(100.0 * (squares / (count - 1.0)).sqrt() / mean, 0))
}

fn row(n: usize, stroke: &Stroke, target_n: Option<Range>, unit: ForceUnit) -> Row {
    let force = |newton: f64| format!("{:.1$}", unit.show(newton), places(unit));
    let lasts_s = stroke.end_s - stroke.start_s;
    let length = stroke.length_m.map_or_else(|| "–".to_owned(), |length| format!("{:.0}", 1000.0 * length));
    let cells = [
        n.to_string(),
        format!("{:.2}", stroke.start_s),
        format!("{lasts_s:.2}"),
        force(stroke.mean_force_n),
        force(stroke.peak_force_n),
        force(stroke.impulse_ns),
        length,
    ];
    Row { cells, place: target_n.map_or("", |target| beside(stroke, target).unwrap_or("in target")) }
}

fn line(issue: &Issue) -> Line {
    let channel = issue.channel.as_ref().map(|channel| format!(" of {channel}")).unwrap_or_default();
    let (from, to) = (number(issue.extent.start_s, 2), number(issue.extent.end_s, 2));
    let whole = issue.share >= 1.0;
    let extent =
        if whole { String::new() } else { format!(", {from} to {to} s, {} %", number(100.0 * issue.share, 1)) };
    Line {
        warns: !matches!(issue.kind, IssueKind::OneAxis | IssueKind::NoMotion | IssueKind::Synthetic),
        what: format!("{}{channel}{extent}", issue_words(issue.kind)),
        consequence: capital(&issue.consequence),
    }
}

fn issue_words(kind: IssueKind) -> &'static str {
    match kind {
        IssueKind::Gap => "Samples missing",
        IssueKind::IrregularClock => "Clock irregular",
        IssueKind::SlowClock => "Clock slow",
        IssueKind::Frozen => "Frozen values",
        IssueKind::Saturated => "Clipped values",
        IssueKind::Silent => "Silent channel",
        IssueKind::Implausible => "Force implausible",
        IssueKind::StartsInContact => "Starts in contact",
        IssueKind::NoRest => "No quiet part",
        IssueKind::Drift => "Drift",
        IssueKind::LargeOffset => "Large resting level",
        IssueKind::OneAxis => "One axis of force",
        IssueKind::NoMotion => "No position",
        IssueKind::Synthetic => "Synthetic",
        _ => "Worth knowing",
    }
}
