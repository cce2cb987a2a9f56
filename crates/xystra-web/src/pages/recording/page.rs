//! The page of one recording.

use askama::Template;
use xystra_care::Record;
use xystra_care::finding::label;
use xystra_care::id::ThreadId;
use xystra_care::plan::Target;
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force};
use xystra_catalog::{Range, catalog};
use xystra_dose::{Analysis, Error, Issue, IssueKind, Options, Stroke, Tare};
use xystra_store::recording::Recording;

use super::dose::PROGRAM;
use super::trace::{NARROW, Trace, WIDE, beside, places, trace};
use crate::auth::Visitor;
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::show::{Show, number};

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
}

/// What the analysis found, in the practice's words and unit.
struct Found {
    tiles: Vec<Tile>,
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
        record: &Record,
        recording: Recording,
        form: Form,
        options: Options,
        analysis: Result<Analysis, Error>,
    ) -> Self {
        let session = record.sessions.iter().find(|entry| entry.thread == recording.session);
        let number = session.map_or(0, |entry| entry.body.number);
        let is_its = |application: &&Application| application.force == Force::Measured(recording.id);
        let application = session.and_then(|entry| entry.body.applications.iter().find(is_its));
        let target_n = application.and_then(|application| target_n(record, application));
        let unit = visitor.show.force_unit();
        Self {
            frame: visitor.frame(format!("Recording {}", recording.name), Nav::Recordings),
            show: visitor.show.clone(),
            client: record.client.body.name.clone(),
            session: recording.session,
            session_number: number,
            region: application.map(|application| label(&application.region)),
            how: application.map(how).unwrap_or_default(),
            found: analysis.map(|analysis| Found::of(&analysis, target_n, unit)).map_err(|error| error.to_string()),
            query: query(&options),
            is_part: options != Options::default() && form.errors().is_empty(),
            tare: if options.tare == Tare::None { "none: values as recorded" } else { "resting level subtracted" },
            program: PROGRAM,
            recording,
            form,
        }
    }

    /// The first digits of the fingerprint.
    fn fingerprint(&self) -> String {
        format!("{} {} … {}", &self.recording.sha256[..4], &self.recording.sha256[4..8], &self.recording.sha256[60..])
    }

    /// The catalog's version.
    fn catalog(&self) -> &'static str {
        xystra_catalog::VERSION
    }
}

fn how(application: &Application) -> String {
    let instrument = catalog().instrument(&application.instrument).map(|instrument| instrument.name.clone());
    let stroke = catalog().stroke(&application.stroke).map(|stroke| stroke.name.to_lowercase());
    [instrument, stroke].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What the plan in force asks for on that region, N.
fn target_n(record: &Record, application: &Application) -> Option<Range> {
    let planned = &record.plan.as_ref()?.body.draft().applications;
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

fn tiles(drawn: &Trace<'_>) -> Vec<Tile> {
    let (analysis, unit) = (drawn.analysis, drawn.unit);
    let dose = &analysis.dose;
    let force = |newton: f64| number(unit.show(newton), places(unit));
    let tile = |name, value, unit: &str, under: String| Tile { name, value, unit: unit.to_owned(), under };
    let inside = drawn.target_n.map(|target| {
        let ends = format!("target {} to {} {}", force(target.low), force(target.high), unit.sign());
        tile("Strokes in the target", drawn.inside(target).to_string(), &format!("of {}", dose.strokes), ends)
    });
    let rate = dose.rate_per_min.map_or_else(|| "not known".to_owned(), |rate| number(rate, 0));
    let all = [
        Some(tile("Mean force", force(dose.mean_force_n), unit.sign(), spread(&analysis.strokes))),
        inside,
        Some(tile("Largest force", force(dose.peak_force_n), unit.sign(), "normal force, one-sample spikes left out".to_owned())),
        Some(tile("Rate", rate, "per min", "from stroke to stroke, pauses left out".to_owned())),
        Some(tile("Contact", number(dose.contact_s, 0), "s", format!("of {} s recorded", number(analysis.recording.duration_s, 0)))),
        Some(tile("Impulse", force(dose.impulse_ns), &format!("{} s", unit.sign()), "mean force times contact".to_owned())),
        Some(tile("Strokes", dose.strokes.to_string(), "", format!("in {} bursts", analysis.bursts))),
    ];
    all.into_iter().flatten().collect()
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
    let extent = if whole { String::new() } else { format!(", {from} to {to} s, {} %", number(100.0 * issue.share, 1)) };
    Line {
        warns: !matches!(issue.kind, IssueKind::OneAxis | IssueKind::NoMotion | IssueKind::Synthetic),
        what: format!("{}{channel}{extent}", issue_words(issue.kind)),
        consequence: issue.consequence.clone(),
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
