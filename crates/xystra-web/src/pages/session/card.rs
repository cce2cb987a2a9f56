//! One application of the session as a card.

use xystra_care::finding::label;
use xystra_care::id::RecordingId;
use xystra_care::plan::Planned;
use xystra_care::session::Session;
use xystra_catalog::atlas::RegionId;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_catalog::instrument::{Edge, Instrument};
use xystra_course::dosing::target_words;
use xystra_dose::Provenance;
use xystra_store::recording::Recording;

use super::ask::Ask;
use super::case::Case;
use super::fields::{count, force_word};
use crate::chart::prov;
use crate::form::{Form, word};
use crate::show::{Show, capital};

/// One application as its form shows it.
pub(super) struct Card<'a> {
    pub(super) n: usize,
    pub(super) region: String,
    pub(super) label: String,
    /// "GT-3, frame, 2 min".
    pub(super) caption: String,
    /// The one to go on with.
    pub(super) is_open: bool,
    /// Is something wrong with what stands under "More"?
    pub(super) is_more_open: bool,
    /// What the plan asks for.
    pub(super) target: Option<String>,
    /// Why this region may not be treated.
    pub(super) refused: Option<String>,
    /// Instruments within reach.
    pub(super) near: Vec<&'static Instrument>,
    /// All others.
    pub(super) others: Vec<&'static Instrument>,
    pub(super) edges: &'static [Edge],
    pub(super) forces: Vec<ForceTile>,
    /// The recording that the force comes from.
    pub(super) recording: Option<&'a Recording>,
    /// What its file does not say itself.
    pub(super) asks: Vec<Ask>,
}

/// One way to know the force.
pub(super) struct ForceTile {
    pub(super) value: String,
    pub(super) word: String,
    /// The mark of how it is known.
    pub(super) mark: String,
}

/// The cards of a form; the first one that is not done is open, and so is one with something wrong.
pub(super) fn cards<'a>(form: &Form, case: &'a Case, show: &Show) -> Vec<Card<'a>> {
    let next = (0..count(form)).find(|n| !form.has_at("done", n, "yes"));
    (0..count(form)).map(|n| Card::of(n, Some(n) == next, form, case, show)).collect()
}

impl<'a> Card<'a> {
    fn of(n: usize, is_next: bool, form: &Form, case: &'a Case, show: &Show) -> Self {
        let region = form.at("region", &n).parse::<RegionId>().ok();
        let planned = region.as_ref().and_then(|region| case.planned(region));
        let chosen = catalog().instrument(form.at("instrument", &n));
        let (near, others) = instruments(form, case);
        Self {
            n,
            region: form.at("region", &n).to_owned(),
            label: region.as_ref().map(|region| capital(&label(region))).unwrap_or_default(),
            caption: caption(n, form),
            is_open: is_next || is_wrong(n, form),
            is_more_open: form.error(&format!("file_{n}")).is_some(),
            target: planned.map(|planned: &Planned| target_words(planned.target, show.force_unit(), catalog())),
            refused: region
                .filter(|_| case.is_open())
                .and_then(|region| case.refuses(&region))
                .map(|why| why.to_string()),
            near,
            others,
            edges: chosen.map(|instrument| instrument.edges.as_slice()).unwrap_or_default(),
            forces: forces(n, form, case),
            recording: form.at("force", &n).parse().ok().and_then(|id| case.recording(id)),
            asks: Ask::answered(form, n),
        }
    }

    /// The name of one of its fields.
    pub(super) fn name(&self, field: &str) -> String {
        format!("{field}_{}", self.n)
    }
}

fn caption(n: usize, form: &Form) -> String {
    let instrument = catalog().instrument(form.at("instrument", &n)).map(|instrument| instrument.name.clone());
    let stroke = catalog().stroke(form.at("stroke", &n)).map(|stroke| stroke.name.to_lowercase());
    let minutes =
        Some(form.at("minutes", &n)).filter(|minutes| !minutes.is_empty()).map(|minutes| format!("{minutes} min"));
    [instrument, stroke, minutes].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn is_wrong(n: usize, form: &Form) -> bool {
    form.errors().iter().any(|error| error.field.ends_with(&format!("_{n}")))
}

/// Within reach are the practice's own tools, or the whole set that an instrument belongs to where it has named none.
fn instruments(form: &Form, case: &Case) -> (Vec<&'static Instrument>, Vec<&'static Instrument>) {
    let named: Vec<_> = (0..count(form)).filter_map(|n| catalog().instrument(form.at("instrument", &n))).collect();
    let near = |instrument: &&Instrument| {
        let own = case.tools.iter().any(|tool| tool.instrument == instrument.id);
        let in_set = case.tools.is_empty() && named.iter().any(|known| known.family == instrument.family);
        own || in_set || named.iter().any(|known| known.id == instrument.id)
    };
    let (near, others): (Vec<_>, Vec<_>) = catalog().instruments.iter().partition(near);
    if near.is_empty() { (others, near) } else { (near, others) }
}

/// Guessed, each band, and the recordings that are this application's or nobody's.
fn forces(n: usize, form: &Form, case: &Case) -> Vec<ForceTile> {
    let bands = Band::ALL.map(|band| {
        let name = catalog().band(band).map_or_else(|| word(&band), |entry| entry.name.clone());
        tile(word(&band), name, Provenance::Banded)
    });
    let guessed = tile("guessed".to_owned(), "guessed".to_owned(), Provenance::Guessed);
    let free = case.recordings.iter().filter(|recording| is_free(recording.id, n, form, &case.entry.body));
    let measured = free.map(|recording| tile(recording.id.to_string(), "measured".to_owned(), Provenance::Measured));
    std::iter::once(guessed).chain(bands).chain(measured).collect()
}

fn is_free(id: RecordingId, n: usize, form: &Form, saved: &Session) -> bool {
    let by_form = (0..count(form)).any(|other| other != n && form.has_at("force", &other, &id.to_string()));
    let mine = saved.applications.get(n).is_some_and(|application| force_word(application.force) == id.to_string());
    let by_record = saved.applications.iter().any(|application| force_word(application.force) == id.to_string());
    form.has_at("force", &n, &id.to_string()) || mine || !(by_form || by_record)
}

fn tile(value: String, word: String, how: Provenance) -> ForceTile {
    ForceTile { value, word, mark: prov(how) }
}
