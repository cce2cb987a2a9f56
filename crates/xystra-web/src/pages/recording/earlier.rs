//! The same region in earlier sessions: what each delivered, with its doubt.

use xystra_care::Entry;
use xystra_care::id::RecordingId;
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Session};
use xystra_catalog::{Range, catalog};
use xystra_course::dosing::{applied, force_words, recording_of};
use xystra_dose::{Dose, Estimate, Provenance};
use xystra_store::Error;
use xystra_store::recording::Recording;

use super::dose::dose_of;
use super::place::Place;
use super::trace::places;
use crate::app::App;
use crate::auth::Visitor;
use crate::chart::{Anchor, Scale, Svg, nice_step, prov};
use crate::error::WebError;
use crate::show::number;

/// Most sessions that are shown.
const MOST: usize = 8;

/// The sessions of a region up to the recording's own, oldest first.
pub(super) struct Earlier {
    pub(super) rows: Vec<Row>,
    /// The mean forces with their intervals, as a picture.
    pub(super) picture: String,
}

/// What one session delivered to the region.
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) day: String,
    pub(super) force: String,
    pub(super) strokes: String,
    pub(super) contact: String,
    pub(super) known: Provenance,
    /// The mark as SVG.
    pub(super) mark: String,
    pub(super) recording: Option<RecordingId>,
    /// Is it the recording of this page?
    pub(super) is_this: bool,
}

impl Earlier {
    /// Nothing for a recording that belongs to no region, or a region that was treated for the first time.
    pub(super) async fn of(
        app: &App,
        visitor: &Visitor,
        place: &Place,
        recording: &Recording,
    ) -> Result<Self, WebError> {
        let mut told = Vec::new();
        for (session, application) in sessions(place) {
            let measured = measured(app, visitor, application).await?;
            if let Some(dose) = applied(application, measured.as_ref(), catalog()).dose {
                told.push((session, application, dose));
            }
        }
        let is_this = |application: &Application| recording_of(application) == Some(recording.id);
        let rows = told.iter().map(|(session, application, dose)| Row {
            is_this: is_this(application),
            recording: recording_of(application),
            ..row(visitor, session, dose)
        });
        let rows: Vec<Row> = rows.collect();
        let forces: Vec<(u32, Dose)> = told.iter().map(|(session, _, dose)| (session.body.number, *dose)).collect();
        let picture =
            if rows.len() > 1 { picture(&forces, place.target_n, visitor.show.force_unit()) } else { String::new() };
        Ok(Self { rows, picture })
    }
}

/// The region's applications in finished sessions before the recording's, and its own.
fn sessions(place: &Place) -> Vec<(&Entry<Session>, &Application)> {
    let Some(own) = &place.application else { return Vec::new() };
    let before = |session: &&Entry<Session>| session.body.started_at < place.session.body.started_at;
    let earlier = place.record.finished_sessions().into_iter().filter(before);
    let done = earlier.filter_map(|session| {
        let applied = session.body.done().find(|application| application.region == own.region)?;
        Some((session, applied))
    });
    let mut told: Vec<_> = done.collect();
    told.drain(..told.len().saturating_sub(MOST - 1));
    told.push((&place.session, own));
    told
}

async fn measured(app: &App, visitor: &Visitor, application: &Application) -> Result<Option<Dose>, WebError> {
    let Some(id) = recording_of(application) else { return Ok(None) };
    match app.store().recording(&visitor.scope, id).await {
        Ok(recording) => dose_of(app, visitor, &recording).await,
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn row(visitor: &Visitor, session: &Entry<Session>, dose: &Dose) -> Row {
    Row {
        number: session.body.number,
        day: visitor.show.date(session.body.started_at),
        force: force_words(dose.mean_force_n, visitor.show.force_unit()),
        strokes: words(dose.strokes, ""),
        contact: words(dose.contact_s, " s"),
        known: dose.provenance,
        mark: prov(dose.provenance),
        recording: None,
        is_this: false,
    }
}

/// "120 (96–150) s"; without doubt "20".
fn words(quantity: Estimate, unit: &str) -> String {
    let [value, low, high] = [quantity.value, quantity.low, quantity.high].map(|value| number(value, 0));
    if low == high { format!("{value}{unit}") } else { format!("{value}{unit} ({low}–{high})") }
}

const WIDTH: f64 = 340.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 34.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 158.0;

/// A point for each session with its interval: the mark is full when measured.
fn picture(forces: &[(u32, Dose)], target_n: Option<Range>, unit: ForceUnit) -> String {
    let shown = |newton: f64| unit.show(newton);
    let largest = forces.iter().map(|(_, dose)| dose.mean_force_n.high).chain(target_n.map(|target| target.high));
    let largest = shown(largest.fold(0.0, f64::max)).max(f64::MIN_POSITIVE);
    let step = nice_step(largest, 4.0);
    let y = Scale::new(0.0, (largest / step).ceil() * step, BOTTOM, TOP);
    let x = Scale::new(-0.5, forces.len() as f64 - 0.5, LEFT, WIDTH - 6.0);
    let mut svg = Svg::image("chart earlier", WIDTH, HEIGHT, &finding(forces, unit));
    if let Some(target) = target_n {
        let (top, bottom) = (y.at(shown(target.high)), y.at(shown(target.low)));
        svg.rect("tband", (LEFT, top), (WIDTH - 6.0 - LEFT, bottom - top));
    }
    for value in y.ticks(step) {
        svg.line("grid-ln", &[(LEFT, y.at(value)), (WIDTH - 6.0, y.at(value))]);
        svg.text("al", (LEFT - 6.0, y.at(value) + 4.5), Anchor::End, &number(value, 2));
    }
    svg.text("al", (0.0, 12.0), Anchor::Start, &format!("mean force, {}", unit.sign()));
    for (place, (number, dose)) in forces.iter().enumerate() {
        let (at, force) = (x.at(place as f64), dose.mean_force_n);
        svg.line("wh", &[(at, y.at(shown(force.low))), (at, y.at(shown(force.high)))]);
        let class = if dose.provenance == Provenance::Measured { "ob" } else { "ob is-said" };
        svg.circle(class, (at, y.at(shown(force.value))), 5.0, &format!("{}", dose.provenance));
        svg.text("al", (at, BOTTOM + 18.0), Anchor::Middle, &number.to_string());
    }
    svg.text("al", (LEFT, HEIGHT - 1.0), Anchor::Start, "session");
    svg.finish()
}

fn finding(forces: &[(u32, Dose)], unit: ForceUnit) -> String {
    let said = forces.iter().map(|(number, dose)| {
        format!("session {number} {}, {}", force_words(dose.mean_force_n, unit), dose.provenance)
    });
    format!("Mean force on this region: {}", said.collect::<Vec<_>>().join("; "))
}

/// What an earlier method found, in short.
pub(super) fn in_short(dose: &Dose, unit: ForceUnit) -> String {
    let peak = number(unit.show(dose.peak_force_n.value), places(unit));
    let force = force_words(dose.mean_force_n, unit);
    format!("{force} mean, {peak} {} largest, {} strokes", unit.sign(), number(dose.strokes.value, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dose(provenance: Provenance, mean: Estimate) -> Dose {
        let one = Estimate::exact(1.0);
        Dose {
            provenance,
            contact_s: one,
            strokes: one,
            rate_per_min: None,
            duty: None,
            mean_force_n: mean,
            peak_force_n: one,
            mean_resultant_n: None,
            peak_resultant_n: None,
            impulse_ns: one,
            resultant_impulse_ns: None,
            force_cv: None,
            length_m: None,
        }
    }

    #[test]
    fn a_guess_is_drawn_as_wide_as_it_is_and_nothing_leaves_the_picture() {
        let forces = [
            (1, dose(Provenance::Guessed, Estimate::new(4.5, 1.6, 10.0))),
            (2, dose(Provenance::Measured, Estimate::new(4.0, 3.9, 4.1))),
        ];
        let svg = picture(&forces, Some(Range { low: 3.5, high: 6.0 }), ForceUnit::Newton);
        assert_eq!((svg.matches("class=\"wh\"").count(), svg.matches("is-said").count()), (2, 1));
        assert!(svg.contains("session 1 4.5 N (1.6–10), guessed") && !svg.contains("NaN"), "{svg}");
    }

    #[test]
    fn a_count_without_doubt_shows_none() {
        assert_eq!(words(Estimate::exact(20.0), ""), "20");
        assert_eq!(words(Estimate::new(108.0, 54.0, 162.0), " s"), "108 s (54–162)");
    }
}
