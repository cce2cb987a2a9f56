//! The page of one recording.

use askama::Template;
use xystra_care::id::ThreadId;
use xystra_course::dosing::kept_dose;
use xystra_dose::analysis::NormalTo;
use xystra_dose::picture::Look;
use xystra_dose::{Analysis, Error, METHOD, Tare};
use xystra_store::derived::Derived;
use xystra_store::recording::Recording;

use super::dose::PROGRAM;
use super::earlier::{Earlier, in_short};
use super::part::Part;
use super::place::Place;
use super::quality::{Line, line, lost};
use super::strokes::Strokes;
use super::texture::Map;
use super::tile::{Tile, tiles};
use super::trace::Trace;
use crate::auth::Visitor;
use crate::form::{Form, word};
use crate::frame::{Frame, Nav};
use crate::show::{Show, number};

/// What is shown of a recording.
pub(super) struct Shown {
    pub(super) part: Part,
    pub(super) form: Form,
    pub(super) analysis: Result<Analysis, Error>,
    /// The doses that were kept before, this program's method first.
    pub(super) kept: Vec<Derived>,
    pub(super) earlier: Earlier,
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
    /// The method whose dose is kept, when it is not this program's.
    stale: Option<String>,
    /// What other methods found.
    others: Vec<Other>,
    earlier: Earlier,
    calibrated: Option<String>,
    /// "force in kgf, force.z from Load": what was said of the file.
    said: String,
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
    strokes: Strokes,
    texture: Option<Map>,
    issues: Vec<Line>,
    rate_hz: String,
    format: String,
    channels: String,
    normal: &'static str,
    method: String,
    /// "0.6 %" of the recording are missing; empty for none.
    lost: String,
    has_target: bool,
}

/// What another method found.
struct Other {
    method: String,
    made: String,
    said: String,
}

impl RecordingPage {
    /// The page on an analysis, or on the reason why there is none.
    pub(super) fn of(visitor: &Visitor, place: &Place, recording: Recording, shown: Shown) -> Self {
        let Shown { part, form, analysis, kept, earlier } = shown;
        let show = &visitor.show;
        let calibrated = place.tool.as_ref().and_then(|tool| tool.calibrated).map(|day| show.birthday(day));
        Self {
            frame: visitor.frame(format!("Recording {}", recording.name), Nav::Recordings),
            show: show.clone(),
            client: place.record.client.body.name.clone(),
            session: recording.session,
            session_number: place.session.body.number,
            region: place.region(),
            how: place.how(),
            found: analysis.map(|analysis| Found::of(&analysis, place, visitor)).map_err(|error| error.to_string()),
            stale: kept.first().filter(|first| first.method != METHOD).map(|first| first.method.clone()),
            others: kept.iter().filter(|result| result.method != METHOD).map(|result| other(result, show)).collect(),
            earlier,
            calibrated,
            said: said(&recording),
            query: part.query(),
            is_part: !part.is_whole() && form.errors().is_empty(),
            tare: if part.tare == Tare::None { "none: values as recorded" } else { "from the quiet parts" },
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

fn other(result: &Derived, show: &Show) -> Other {
    let dose = kept_dose(&result.body);
    let said = dose.map_or_else(|| "not readable here".to_owned(), |dose| in_short(&dose, show.force_unit()));
    Other { method: result.method.clone(), made: show.date(result.made_at), said }
}

fn said(recording: &Recording) -> String {
    let reading = &recording.reading;
    let units = reading.units.iter().map(|(quantity, unit)| format!("{quantity} in {unit}"));
    let columns = reading.map.iter().map(|(meaning, column)| format!("{meaning} from {column}"));
    let stream = reading.stream.iter().map(|stream| format!("stream {stream}"));
    units.chain(columns).chain(stream).collect::<Vec<_>>().join(", ")
}

impl Found {
    fn of(analysis: &Analysis, place: &Place, visitor: &Visitor) -> Self {
        let unit = visitor.show.force_unit();
        let drawn = Trace { analysis, target_n: place.target_n, unit };
        let lost = lost(&analysis.recording.issues);
        Self {
            tiles: tiles(&drawn),
            finding: drawn.finding(),
            wide: drawn.picture(Look::WIDE),
            narrow: drawn.picture(Look::NARROW),
            strokes: Strokes::of(&analysis.strokes, place.target_n, unit),
            texture: analysis.texture.as_ref().and_then(Map::of),
            issues: analysis.recording.issues.iter().map(line).collect(),
            rate_hz: number(analysis.recording.rate_hz, 0),
            format: analysis.recording.format.clone(),
            channels: channels(analysis),
            normal: normal(analysis.recording.normal_to),
            method: analysis.method.clone(),
            lost: if lost > 0.0 { format!("{} %", number(100.0 * lost, 1)) } else { String::new() },
            has_target: place.target_n.is_some(),
        }
    }

    /// Is nothing wrong that concerns the numbers?
    fn is_sound(&self) -> bool {
        !self.issues.iter().any(|issue| issue.warns)
    }
}

/// "fz (force, N), t (time, s)".
fn channels(analysis: &Analysis) -> String {
    let channel = |channel: &xystra_dose::channel::Channel| {
        format!("{} ({}, {})", channel.name, word(&channel.quantity), channel.unit)
    };
    analysis.recording.channels.iter().map(channel).collect::<Vec<_>>().join(", ")
}

fn normal(normal_to: NormalTo) -> &'static str {
    match normal_to {
        NormalTo::Tool => "the force along the tool",
        NormalTo::Skin => "the force out of the skin's plane",
    }
}
