//! Strokes as the tissue meets them: the edge, how hard, for how long, how fast.

use xystra_care::session::{Application, Force};
use xystra_catalog::instrument::Edge as Sizes;
use xystra_catalog::{Catalog, Range};
use xystra_cohort::case::{self, Strokes};
use xystra_dose::{Dose, Estimate};
use xystra_tissue::contact::Edge;
use xystra_tissue::study::assumption::assumption;

use crate::dosing::applied;

/// What was done; a recording that yields no dose says as little as nobody does.
pub(crate) fn strokes(application: &Application, measured: Option<&Dose>, catalog: &Catalog) -> Option<Strokes> {
    let guessed = || applied(&Application { force: Force::Guessed, ..application.clone() }, None, catalog);
    let dose = applied(application, measured, catalog).dose.or_else(|| guessed().dose)?;
    Some(Strokes {
        edge: edge(application, catalog),
        force: force(&dose),
        minutes: minutes(application, &dose, catalog),
        speed_mm_s: speed(&dose),
    })
}

fn force(dose: &Dose) -> case::Force {
    let Estimate { value, low, high } = dose.mean_force_n;
    case::Force { newton: value, low, high, provenance: dose.provenance }
}

/// As the clinician said, returns through the air included, since that is what papers count; else the time in contact over the share of
/// it that contact usually is.
fn minutes(application: &Application, dose: &Dose, catalog: &Catalog) -> f64 {
    let contact = || catalog.guess("contact").map_or(1.0, |guess| guess.value);
    let said = application.minutes.filter(|minutes| *minutes > 0.0);
    said.unwrap_or_else(|| dose.contact_s.value / 60.0 / contact())
}

/// Length of all strokes over the time in contact, where positions were recorded.
fn speed(dose: &Dose) -> Option<f64> {
    let length_m = dose.length_m?.value;
    (length_m > 0.0 && dose.contact_s.value > 0.0).then(|| 1e3 * length_m / dose.contact_s.value)
}

/// The edge that was named, else the instrument's first; what the catalog does not say is assumed as in studies. No friction and
/// upright, as the model was fitted.
pub(crate) fn edge(application: &Application, catalog: &Catalog) -> Edge {
    let instrument = catalog.instrument(&application.instrument);
    let edges = instrument.map(|instrument| instrument.edges.as_slice()).unwrap_or_default();
    of_sizes(edges.iter().find(|edge| edge.id == application.edge).or(edges.first()))
}

fn of_sizes(sizes: Option<&Sizes>) -> Edge {
    let (radius, length) = (assumption("edge-radius").ok(), assumption("edge-length").ok());
    let radius_mm = sizes.map(|sizes| middle(sizes.radius_mm)).or(radius.map(|one| one.value));
    let longest = length.map_or(f64::INFINITY, |one| one.high);
    let length_mm = sizes.map(|sizes| middle(sizes.length_mm).min(longest)).or(length.map(|one| one.value));
    Edge {
        radius_mm: radius_mm.unwrap_or(1.0),
        length_mm,
        along_mm: None,
        bevel_deg: None,
        tilt_deg: 0.0,
        friction: 0.0,
    }
}

fn middle(range: Range) -> f64 {
    (range.low * range.high).sqrt()
}
