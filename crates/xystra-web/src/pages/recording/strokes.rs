//! The table of strokes on the page: only what was recorded has a column.

use xystra_care::practice::ForceUnit;
use xystra_catalog::Range;
use xystra_dose::Stroke;

use super::trace::{beside, places};

/// The strokes as numbers.
pub(super) struct Strokes {
    /// Name and unit of each column.
    pub(super) heads: Vec<(&'static str, &'static str)>,
    pub(super) rows: Vec<Row>,
}

/// One stroke.
pub(super) struct Row {
    pub(super) cells: Vec<String>,
    /// Beside or in the target; empty without one.
    pub(super) place: &'static str,
}

/// A column: its name and unit, and the value of a stroke with its decimals.
type Column = (&'static str, &'static str, usize, fn(&Stroke) -> Option<f64>);

impl Strokes {
    pub(super) fn of(strokes: &[Stroke], target_n: Option<Range>, unit: ForceUnit) -> Self {
        let columns: Vec<Column> = columns(unit)
            .into_iter()
            .filter(|column| strokes.iter().any(|stroke| (column.3)(stroke).is_some()))
            .collect();
        let heads = std::iter::once(("No", "")).chain(columns.iter().map(|column| (column.0, column.1))).collect();
        let rows = (1..).zip(strokes).map(|(number, stroke)| row(number, stroke, &columns, target_n, unit));
        Self { heads, rows: rows.collect() }
    }
}

fn columns(unit: ForceUnit) -> [Column; 11] {
    let (force, decimals) = (unit.sign(), places(unit));
    let impulse = match unit {
        ForceUnit::Newton => "N s",
        ForceUnit::KilogramForce => "kgf s",
    };
    [
        ("Start", "s", 2, |stroke| Some(stroke.start_s)),
        ("Lasts", "s", 2, |stroke| Some(stroke.end_s - stroke.start_s)),
        ("Mean", force, decimals, |stroke| Some(stroke.mean_force_n)),
        ("Peak", force, decimals, |stroke| Some(stroke.peak_force_n)),
        ("Shear", force, decimals, |stroke| stroke.mean_shear_n),
        ("Impulse", impulse, decimals, |stroke| Some(stroke.impulse_ns)),
        ("Length", "mm", 0, |stroke| stroke.length_m.map(|length| 1000.0 * length)),
        ("Speed", "mm/s", 0, |stroke| stroke.speed_m_s.map(|speed| 1000.0 * speed)),
        ("Angle", "°", 0, |stroke| stroke.angle_deg),
        ("Direction", "°", 0, |stroke| stroke.direction_deg),
        ("Vibration", "× usual", 2, |stroke| stroke.vibration),
    ]
}

fn row(number: usize, stroke: &Stroke, columns: &[Column], target_n: Option<Range>, unit: ForceUnit) -> Row {
    let cell = |(_, sign, decimals, value): &Column| {
        let is_force = sign.starts_with(unit.sign());
        let shown = value(stroke).map(|value| if is_force { unit.show(value) } else { value });
        shown.map_or_else(|| "–".to_owned(), |value| format!("{value:.decimals$}"))
    };
    let cells = std::iter::once(number.to_string()).chain(columns.iter().map(cell)).collect();
    Row { cells, place: target_n.map_or("", |target| beside(stroke, target).unwrap_or("in band")) }
}

#[cfg(test)]
mod tests {
    use xystra_dose::read::Reading;
    use xystra_dose::{Options, Sweeps, analyse, read};

    use super::*;

    #[test]
    fn only_what_was_recorded_has_a_column() {
        let whole = read::whole("x", Sweeps::default().to_csv().as_bytes(), &Reading::default()).unwrap();
        let mut strokes = analyse(&whole, &Options::default()).unwrap().strokes;
        let names = |strokes: &[Stroke]| {
            let shown = Strokes::of(strokes, None, ForceUnit::KilogramForce);
            shown.heads.iter().map(|head| head.0).collect::<Vec<_>>()
        };
        assert!(names(&strokes).contains(&"Length") && names(&strokes).contains(&"Shear"));
        for stroke in &mut strokes {
            (stroke.length_m, stroke.speed_m_s) = (None, None);
        }
        assert!(!names(&strokes).contains(&"Length") && !names(&strokes).contains(&"Speed"));
        let shown = Strokes::of(&strokes, Some(Range { low: 0.0, high: 90.0 }), ForceUnit::KilogramForce);
        let mean = ForceUnit::KilogramForce.show(strokes[0].mean_force_n);
        assert_eq!((shown.rows[0].cells[3].as_str(), shown.rows[0].place), (format!("{mean:.2}").as_str(), "in band"));
    }
}
