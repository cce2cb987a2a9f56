//! Plain sentences about choices.

use super::choices::{AGAINST, chance};
use super::told::{Seen, Told, in_ten, nearest};
use super::words;
use crate::show::{Show, number};

/// What one choice leads to.
pub(super) fn ahead(told: &Told<'_>, seen: &Seen<'_>, choice: &str, show: &Show) -> String {
    let Some(ahead) = seen.ahead(choice) else { return String::new() };
    let Some(last) = ahead.bands.last() else { return String::new() };
    let [low, high] = last.ninety.map(|end| number(end, 1));
    let day = told.day(show, last.at_h);
    let first = format!(
        "{}: {} is expected on {day}, and nine of ten clients like this one lie between {low} and {high}.",
        words::choice(choice),
        number(last.middle, 1)
    );
    match chance(ahead, last.at_h) {
        Some(chance) => {
            format!("{first} {} pass the least change that counts by then.", crate::show::capital(in_ten(chance)))
        }
        None => first,
    }
}

/// How far apart a choice and stopping now end.
pub(super) fn apart(told: &Told<'_>, seen: &Seen<'_>, choice: &str, show: &Show) -> String {
    let choice = if choice == AGAINST { "continue" } else { choice };
    let ends = seen.ahead(choice).zip(seen.ahead(AGAINST));
    let Some((last, against)) = ends.and_then(|(ahead, stop)| {
        let last = ahead.bands.last()?;
        Some((last, nearest(&stop.bands, last.at_h)?))
    }) else {
        return "There is no plan in force, so there is nothing to compare yet.".to_owned();
    };
    let better = seen.gain(against.middle, last.middle);
    let (name, day) = (words::choice(choice), told.day(show, last.at_h));
    let overlap = last.ninety[0] <= against.ninety[1] && against.ninety[0] <= last.ninety[1];
    let doubt = if overlap { " The bands overlap, so either may end better." } else { "" };
    if better.abs() < LITTLE * (seen.series.measure.max - seen.series.measure.min) {
        return format!("{name}: expected to end like stopping now, on {day}.");
    }
    let word = if better > 0.0 { "better" } else { "worse" };
    let by = number(better.abs(), 1);
    format!("{name}: expected to end {by} {} {word} than stopping now, on {day}.{doubt}", seen.unit())
}

/// Less of the scale than this is alike (ours).
const LITTLE: f64 = 0.005;

/// The chance that the next session leaves a mark.
pub(super) fn bruise(told: &Told<'_>) -> String {
    let Some(chance) = told.foretold.answer.bruise else { return String::new() };
    let percent = super::told::percent(chance);
    format!("Chance that the next session as planned leaves small bruises or more (grade 3): {percent}.")
}
