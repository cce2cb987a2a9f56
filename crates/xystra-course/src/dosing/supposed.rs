//! The dose of an application that nobody measured: as wide as what stands in for it.

use xystra_care::session::{Application, Force};
use xystra_catalog::{Catalog, Range};
use xystra_dose::{Dose, Estimate};

/// The dose as far as the clinician's band, minutes and count say it; the rest is what clinicians do
/// (`data/catalog/guessed.toml`). `None` where a recording was named.
pub(super) fn dose(application: &Application, catalog: &Catalog) -> Option<Dose> {
    let mean_force_n = mean_n(application.force, catalog)?;
    let minutes = minutes(application, catalog)?;
    let contact_s = minutes.times(guess(catalog, "contact")?).scaled(60.0);
    let rate_per_min = guess(catalog, "rate")?.scaled(60.0);
    let counted = counted(application, catalog);
    Some(Dose {
        provenance: application.force.provenance(),
        contact_s,
        // The rate counts the returns through the air, and so do the minutes.
        strokes: counted.unwrap_or_else(|| rate_per_min.times(minutes)),
        // Counted strokes over said minutes would take pauses for slow strokes.
        rate_per_min: Some(rate_per_min).filter(|_| counted.is_none()),
        duty: None,
        mean_force_n,
        peak_force_n: peak_n(application.force, mean_force_n, catalog)?,
        mean_resultant_n: None,
        peak_resultant_n: None,
        impulse_ns: mean_force_n.times(contact_s),
        resultant_impulse_ns: None,
        force_cv: (application.force == Force::Guessed).then(|| guess(catalog, "cv")).flatten(),
        length_m: None,
    })
}

fn guess(catalog: &Catalog, id: &str) -> Option<Estimate> {
    catalog.guess(id).map(|guess| Estimate::new(guess.value, guess.low, guess.high))
}

/// The clinicians' distribution; or the band, whose ends hold nine of ten strokes, since the clinician says that it was
/// held.
fn mean_n(force: Force, catalog: &Catalog) -> Option<Estimate> {
    match force {
        Force::Guessed => guess(catalog, "mean-one-hand"),
        Force::Banded(band) => catalog.band(band).map(|band| middle(band.newton)),
        Force::Measured(_) => None,
    }
}

fn middle(range: Range) -> Estimate {
    Estimate::new(f64::midpoint(range.low, range.high), range.low, range.high)
}

/// A band says nothing of peaks: they stand above its mean as the published peaks stand above the published means.
fn peak_n(force: Force, mean_n: Estimate, catalog: &Catalog) -> Option<Estimate> {
    let (mean, peak) = (guess(catalog, "mean-one-hand")?, guess(catalog, "peak-one-hand")?);
    let ratios = [peak.low / mean.low, peak.high / mean.high];
    let ratio = Estimate::new(peak.value / mean.value, ratios[0].min(ratios[1]), ratios[0].max(ratios[1]));
    Some(if force == Force::Guessed { peak } else { mean_n.times(ratio) })
}

/// As the clinician said, without doubt of their own: pauses are in the share of contact.
fn minutes(application: &Application, catalog: &Catalog) -> Option<Estimate> {
    let said = application.minutes.filter(|minutes| *minutes > 0.0).map(Estimate::exact);
    said.or_else(|| guess(catalog, "minutes"))
}

fn counted(application: &Application, catalog: &Catalog) -> Option<Estimate> {
    Some(guess(catalog, "count")?.scaled(f64::from(application.strokes?)))
}
