//! One choice beside another, in words.

use xystra_catalog::catalog;
use xystra_cohort::case::{Quantity, Track};

use super::worth::{bruise, gained};
use crate::outlook::{Asked, Foretold};
use crate::words::{capital, count, number, quantity};

/// A difference that rounds to less is not told, in the measure's unit.
const LEAST: f64 = 0.05;

/// "Lighter: 0.1 points less relief by week 6, bruising chance 8 % instead of 31 %."
pub(super) fn says(choice: &str, beside: &str, asked: &Asked, foretold: &Foretold, at_h: f64) -> String {
    let mut parts =
        differences(choice, beside, asked, foretold, at_h).into_iter().map(|one| one.words).collect::<Vec<_>>();
    let by = format!("by week {}", number(((at_h - foretold.now_h) / 168.0).round()));
    match parts.first_mut() {
        Some(first) => *first = format!("{first} {by}"),
        None => parts.push(format!("much the same {by}")),
    }
    parts.extend(bruising(choice, beside, foretold));
    parts.extend(sessions(choice, beside, foretold));
    format!("{}: {}.", name(choice), parts.join(", "))
}

/// What `other` does better than `choice`: more gain, fewer sessions, fewer bruises.
pub(super) fn given_up(choice: &str, other: &str, asked: &Asked, foretold: &Foretold, at_h: f64) -> String {
    let gains = differences(other, choice, asked, foretold, at_h).into_iter().filter(|one| one.gain > 0.0);
    let costs = costs(choice, other, foretold);
    let all: Vec<String> = gains.map(|one| one.words).chain(costs).collect();
    let beside = name(other).to_lowercase();
    if all.is_empty() {
        return format!("Nothing that the model knows of is given up beside \"{beside}\".");
    }
    format!("Given up beside \"{beside}\": {}.", all.join(", "))
}

/// More sessions, and a larger chance of a bruise, than the other asks for.
fn costs(choice: &str, other: &str, foretold: &Foretold) -> Vec<String> {
    let many = |id: &str| foretold.offer(id).map_or(0, |offer| offer.sessions_h.len());
    let more = many(choice).saturating_sub(many(other));
    let sessions = (more > 0).then(|| count(more, "session").replacen(' ', " more ", 1));
    let is_larger = bruise(foretold, choice) > bruise(foretold, other);
    let bruises = bruising(choice, other, foretold).filter(|_| is_larger);
    sessions.into_iter().chain(bruises).collect()
}

/// A choice in a word or two.
pub(crate) fn name(choice: &str) -> String {
    match choice {
        "continue" => "As planned".to_owned(),
        "fewer" => "Less often".to_owned(),
        "break" => "With a break".to_owned(),
        other => capital(&other.replace('-', " ")),
    }
}

struct Difference {
    gain: f64,
    words: String,
}

/// For each measure by how much a choice brings more, or less, than another.
fn differences(choice: &str, beside: &str, asked: &Asked, foretold: &Foretold, at_h: f64) -> Vec<Difference> {
    let of_track = |track: &Track| {
        let gain = gained(foretold, track, choice, at_h)? - gained(foretold, track, beside, at_h)?;
        (gain.abs() >= LEAST).then(|| Difference { gain, words: words(track, gain) })
    };
    asked.case.tracks.iter().filter_map(of_track).collect()
}

fn words(track: &Track, gain: f64) -> String {
    let id = track.id.split('.').next().unwrap_or_default();
    let measure = catalog().measure(id);
    let unit = measure.map_or("", |measure| measure.unit.as_str());
    let more = if gain > 0.0 { "more" } else { "less" };
    let of = match track.quantity {
        Quantity::Pain => "relief".to_owned(),
        _ => format!("gain in {}", measure.map_or_else(|| id.to_owned(), |measure| measure.name.to_lowercase())),
    };
    format!("{} {more} {of}", quantity(gain.abs(), unit))
}

fn bruising(choice: &str, beside: &str, foretold: &Foretold) -> Option<String> {
    let percent = |choice| bruise(foretold, choice).map(|chance| number((100.0 * chance).round()));
    let (ours, theirs) = (percent(choice)?, percent(beside)?);
    (ours != theirs).then(|| format!("bruising chance {ours} % instead of {theirs} %"))
}

fn sessions(choice: &str, beside: &str, foretold: &Foretold) -> Option<String> {
    let many = |id: &str| foretold.offer(id).map(|offer| offer.sessions_h.len());
    let (ours, theirs) = (many(choice)?, many(beside)?);
    (ours != theirs).then(|| format!("{} instead of {theirs}", count(ours, "session")))
}
