//! The dose in five numbers, each with its interval.

use xystra_care::practice::ForceUnit;
use xystra_catalog::{Range, catalog};
use xystra_dose::{Estimate, Stroke};

use super::trace::{Trace, beside, places, plural};
use crate::show::number;

/// One number of the dose.
pub(super) struct Tile {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) unit: String,
    /// "3.8 to 4.1": nine of ten lie within; empty when the value has no doubt.
    pub(super) ends: String,
    pub(super) under: String,
}

/// Mean force, what lay inside the band, rate, contact and impulse.
pub(super) fn tiles(drawn: &Trace<'_>) -> [Tile; 5] {
    let (analysis, unit) = (drawn.analysis, drawn.unit);
    let dose = &analysis.dose;
    let force = |quantity: Estimate| quantity.scaled(unit.show(1.0));
    let recorded = format!("of {} s recorded", number(analysis.recording.duration_s, 0));
    let parts = format!("{}, {}", plural(analysis.bursts, "burst"), rate_words(&analysis.strokes));
    let rate = dose.rate_per_min.map(|rate| tile("Rate", rate, "per min", 1, parts.clone()));
    let sum = format!("sum of {}", plural(analysis.strokes.len(), "stroke"));
    [
        tile("Mean force", force(dose.mean_force_n), unit.sign(), places(unit), spread(drawn)),
        inside(drawn),
        rate.unwrap_or_else(|| unknown("Rate", format!("no two strokes follow one another; {parts}"))),
        tile("Contact", dose.contact_s, "s", 1, recorded),
        tile("Impulse", force(dose.impulse_ns), &format!("{} s", unit.sign()), places(unit), sum),
    ]
}

fn tile(name: &'static str, quantity: Estimate, unit: &str, places: usize, under: String) -> Tile {
    let [value, low, high] = [quantity.value, quantity.low, quantity.high].map(|value| number(value, places));
    let ends = if low == high { String::new() } else { format!("{low} to {high}") };
    Tile { name, value, unit: unit.to_owned(), ends, under }
}

fn unknown(name: &'static str, under: String) -> Tile {
    Tile { name, value: "–".to_owned(), unit: "not known".to_owned(), ends: String::new(), under }
}

/// "stroke to stroke 18 %; clinicians 15 to 35 %; largest 6.2 N".
fn spread(drawn: &Trace<'_>) -> String {
    let percent = |share: f64| number(100.0 * share, 0);
    let own = match drawn.analysis.dose.force_cv {
        Some(cv) => format!("stroke to stroke {} %", percent(cv.value)),
        None => "one stroke".to_owned(),
    };
    let usual = catalog().guess("cv").map(|cv| format!("clinicians {} to {} %", percent(cv.low), percent(cv.high)));
    let peak = drawn.analysis.dose.peak_force_n.value;
    let largest = format!("largest {} {}", number(drawn.unit.show(peak), places(drawn.unit)), drawn.unit.sign());
    [Some(own), usual, Some(largest)].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// "16 of 20", "2 above, 2 below"; without a target just the strokes.
fn inside(drawn: &Trace<'_>) -> Tile {
    let (strokes, unit) = (&drawn.analysis.strokes, drawn.unit);
    let Some(target) = drawn.target_n else {
        let under = format!("in {}; no target was planned", plural(drawn.analysis.bursts, "burst"));
        return tile("Strokes", drawn.analysis.dose.strokes, "", 0, under);
    };
    let count = |word| strokes.iter().filter(|stroke| beside(stroke, target) == word).count();
    Tile {
        name: "Mean inside the band",
        value: count(None).to_string(),
        unit: format!("of {}", plural(strokes.len(), "stroke")),
        ends: String::new(),
        under: format!("{} above, {} below {}", count(Some("above")), count(Some("below")), band(target, unit)),
    }
}

fn band(target: Range, unit: ForceUnit) -> String {
    let shown = |newton: f64| number(unit.show(newton), places(unit));
    format!("{} to {} {}", shown(target.low), shown(target.high), unit.sign())
}

/// "11 and 9 strokes": how many there are in each of the first bursts.
fn rate_words(strokes: &[Stroke]) -> String {
    let bursts: Vec<String> =
        strokes.chunk_by(|a, b| a.burst == b.burst).take(4).map(|burst| burst.len().to_string()).collect();
    let more = if strokes.last().is_some_and(|last| last.burst > bursts.len()) { " …" } else { "" };
    format!("{}{more} strokes", bursts.join(", "))
}
