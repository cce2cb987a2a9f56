//! What a course comes to, in a sentence.

use xystra_course::loading::Loading;
use xystra_tissue::Error;

use super::curves::{Line, day_after};
use super::parts::Division;
use super::settings::Settings;
use crate::show::number;

/// Less than this, in points of pain or degrees, nobody would notice.
const LITTLE: f64 = 0.25;
const WEEK_H: f64 = 168.0;

/// The sentence over the drawings.
pub(super) fn says(settings: &Settings, loading: &Loading, divisions: &[Division]) -> Result<String, Error> {
    let pain = [Line::of(&loading.with, "pain")?, Line::of(&loading.without, "pain")?];
    let motion = [Line::of(&loading.with, "motion")?, Line::of(&loading.without, "motion")?];
    let (then, end) = (day_after(loading), f64::from(settings.protocol.looked_weeks) * WEEK_H);
    let hurts = pain[1].at(0.0) > 0.5;
    let (lines, unit) = if hurts { (pain, " of 10") } else { (motion, "\u{b0}") };
    let at = |hour: f64| [lines[0].at(hour), lines[1].at(hour)];
    let name = if hurts { "pain" } else { "range of motion gained" };
    let [with, without] = at(then).map(|value| number(value, 1));
    let sessions = count(loading.sessions_h.len());
    let first =
        format!("{sessions}: a day after the last, {name} is {with}{unit} with treatment and {without} without.");
    let division = divisions.iter().find(|one| one.title == if hurts { "Pain" } else { "Motion" });
    Ok([first, why(division), later(settings, at(then), at(end))].join(" "))
}

fn count(sessions: usize) -> String {
    if sessions == 1 { "One session".to_owned() } else { format!("{sessions} sessions") }
}

fn why(division: Option<&Division>) -> String {
    match division.and_then(|one| Some((one, one.largest()?))) {
        Some((one, largest)) if one.change.abs() >= LITTLE => {
            format!("The largest part of the difference is {largest}.")
        }
        _ => "That is a difference that nobody would notice.".to_owned(),
    }
}

fn later(settings: &Settings, then: [f64; 2], end: [f64; 2]) -> String {
    let (before, after) = ((then[0] - then[1]).abs(), (end[0] - end[1]).abs());
    let weeks = settings.protocol.looked_weeks;
    if before < LITTLE {
        String::new()
    } else if after < LITTLE {
        format!("By week {weeks} the two have met.")
    } else {
        format!("At week {weeks} a difference of {} is left.", number(after, 1))
    }
}
