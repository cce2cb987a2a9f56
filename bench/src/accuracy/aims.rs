//! What the table of accuracy must show.

use xystra_dose::synthetic::Tally;

use super::Outcome;
use super::table::tallies;

/// Quantities of force, whose error stays below [`FORCE`].
const FORCES: [&str; 4] = ["mean force", "peak force", "mean resultant", "peak resultant"];
const FORCE: f64 = 0.10;
const RATE: f64 = 0.03;
/// Share of the 90 % intervals that hold the truth.
const COVERED: f64 = 0.85;

/// The aims that were missed, in words.
pub fn missed(outcomes: &[Outcome]) -> Vec<String> {
    let mut missed = Vec::new();
    for tally in tallies(outcomes).iter().filter(|tally| tally.class.starts_with("all")) {
        match tally.class.as_str() {
            "all clean" => exact(tally, 0.99, &mut missed),
            "all noisy" => exact(tally, 0.95, &mut missed),
            _ => {}
        }
        if tally.class != "all faulty" {
            errors(tally, &mut missed);
        }
        if tally.missed > 0 {
            missed
                .push(format!("{}: {} of {} planted faults were not found", tally.class, tally.missed, tally.planted));
        }
        if tally.class == "all clean" && tally.invented > 0 {
            missed.push(format!("{}: {} faults were invented", tally.class, tally.invented));
        }
    }
    missed
}

fn exact(tally: &Tally, aim: f64, missed: &mut Vec<String>) {
    if tally.exact < aim {
        missed.push(format!("{}: the strokes of {:.1} % are exact", tally.class, 100.0 * tally.exact));
    }
}

fn errors(tally: &Tally, missed: &mut Vec<String>) {
    for quantity in tally.quantities.iter().filter(|quantity| quantity.count > 0) {
        let (name, worst) = (quantity.quantity, quantity.error.worst);
        let aim = if FORCES.contains(&name) { FORCE } else { RATE };
        if (FORCES.contains(&name) || name == "rate") && worst >= aim {
            missed.push(format!("{}: {name} is wrong by {:.1} % once", tally.class, 100.0 * worst));
        }
        if quantity.covered < COVERED {
            missed.push(format!(
                "{}: {:.0} % of the intervals of {name} hold the truth",
                tally.class,
                100.0 * quantity.covered
            ));
        }
    }
}
