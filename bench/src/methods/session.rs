//! How long what stays changed after one session.

use anyhow::Result;
use xystra_tissue::remodel::{Course, State, Tolerance, simulate};

use super::course::{course, study};
use super::figure::{Chart, Line, write};
use crate::section::table;

/// What is looked at: output, name with unit, decimals.
const LOOKED_AT: [(&str, &str, usize); 10] = [
    ("tone", "reflex excitability, by rest", 2),
    ("perfusion-skin", "skin perfusion, by rest", 2),
    ("temperature", "skin temperature, degC", 2),
    ("perfusion-deep", "deep perfusion, by rest", 3),
    ("threshold", "pressure pain threshold, by entry", 2),
    ("motion", "motion gained, deg", 1),
    ("soreness", "soreness, 0-10", 2),
    ("synthesis-rate", "collagen synthesis, by rest", 3),
    ("procollagen", "procollagen, by rest", 3),
    ("stiffness", "stiffness, by rest", 3),
];
/// A largest change below this is no change.
const NONE: f64 = 1e-3;
const FIGURES: [(&str, f64, &str); 6] = [
    ("tone", 0.25, "hours"),
    ("perfusion-skin", 2.0, "hours"),
    ("threshold", 2.0, "hours"),
    ("motion", 72.0, "hours"),
    ("synthesis-rate", 240.0, "hours"),
    ("soreness", 240.0, "hours"),
];

/// A course and the same person without the session, at the same times.
struct Pair {
    hours: Vec<f64>,
    with: Course,
    without: Course,
}

/// The table; the figure goes into its file.
pub fn part() -> Result<String> {
    let pair = pair()?;
    figure(&pair)?;
    let rows = LOOKED_AT.iter().map(|(id, name, places)| pair.row(id, name, *places)).collect::<Result<Vec<_>>>()?;
    Ok(table(&["what", "at rest", "furthest", "when", "back by half after", "back by nine tenths after"], &rows))
}

fn pair() -> Result<Pair> {
    let study = study("one-session")?;
    let hours = hours();
    let (plan, with) = course(&study, "strokes", &hours)?;
    let without = simulate(&plan.parameters, &State::rest(&plan.parameters), &[], &with.times_h, Tolerance::DAILY)?;
    Ok(Pair { hours, with, without })
}

/// Minutes at first, then hours, to four weeks.
fn hours() -> Vec<f64> {
    let minutes = (0..720).map(|n| f64::from(n) / 240.0);
    let tens = (18..288).map(|n| f64::from(n) / 6.0);
    let rest = (24..=336).map(|n| f64::from(n) * 2.0);
    minutes.chain(tens).chain(rest).collect()
}

impl Pair {
    /// Change against the person without the session.
    fn change(&self, id: &str) -> Result<Vec<f64>> {
        Ok(self.with.output(id)?.iter().zip(self.without.output(id)?).map(|(with, without)| with - without).collect())
    }

    fn row(&self, id: &str, name: &str, places: usize) -> Result<Vec<String>> {
        let change = self.change(id)?;
        let largest = (0..change.len()).max_by(|a, b| change[*a].abs().total_cmp(&change[*b].abs())).unwrap_or(0);
        let number = |value: f64| format!("{value:.places$}");
        let rest = self.without.output(id)?[0];
        if change[largest].abs() < NONE {
            let cells = [name.to_owned(), number(rest), "unchanged".to_owned()];
            return Ok(cells.into_iter().chain(["-", "-", "-"].map(str::to_owned)).collect());
        }
        let back = |share: f64| self.back(&change, largest, share);
        let furthest = self.with.output(id)?[largest];
        Ok(vec![name.to_owned(), number(rest), number(furthest), words(self.hours[largest]), back(0.5), back(0.1)])
    }

    /// When the change stays below a share of its largest, from that on.
    fn back(&self, change: &[f64], largest: usize, share: f64) -> String {
        let bound = share * change[largest].abs();
        match change.iter().rposition(|value| value.abs() > bound) {
            Some(last) if last + 1 < self.hours.len() => words(self.hours[last + 1] - self.hours[largest]),
            _ => format!("more than {}", words(self.hours.last().copied().unwrap_or(0.0))),
        }
    }
}

/// "12 min", "30 h", "9 d".
fn words(hours: f64) -> String {
    match hours {
        h if h < 2.0 / 60.0 => format!("{:.0} s", h * 3600.0),
        h if h < 2.0 => format!("{:.0} min", h * 60.0),
        h if h < 48.0 => format!("{h:.0} h"),
        h => format!("{:.0} d", h / 24.0),
    }
}

fn figure(pair: &Pair) -> Result<()> {
    let mut charts = Vec::new();
    for (id, end, across) in FIGURES {
        let name = LOOKED_AT.iter().find(|row| row.0 == id).map_or(id, |row| row.1);
        let line = |class, name: &str, values: Vec<f64>| {
            let points = pair.hours.iter().copied().zip(values).take_while(|point| point.0 <= end).collect();
            Line { class, name: name.to_owned(), points }
        };
        let without = pair.without.output(id)?;
        let rest = without.first().copied().unwrap_or(0.0);
        let lines = vec![line("b", "without", without), line("a", "one session", pair.with.output(id)?)];
        charts.push(Chart { title: name.to_owned(), across, lines, rest });
    }
    write("one-session", "What one session of five minutes changes, each on its own scale of time.", &charts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_in_the_unit_that_suits() {
        assert_eq!([0.01, 0.5, 30.0, 96.0].map(words), ["36 s", "30 min", "30 h", "4 d"]);
    }
}
