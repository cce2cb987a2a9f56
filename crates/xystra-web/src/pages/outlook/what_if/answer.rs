//! What the kept clients say of a plan that somebody thinks up, beside stopping now.

use askama::Template;
use xystra_care::Record;
use xystra_care::plan::{Draft, Plan};
use xystra_catalog::catalog;
use xystra_cohort::answer::Ahead;
use xystra_course::outlook::Thought;

use crate::auth::Visitor;
use crate::pages::outlook::band::against_stopping;
use crate::pages::outlook::choices::chance;
use crate::pages::outlook::told::{Seen, Told, expected, in_ten, nearest, percent};
use crate::show::{capital, number};

/// What is replaced while somebody slides.
#[derive(Template)]
#[template(path = "outlook/what_if_answer.html")]
pub(super) struct Answer {
    label: String,
    unit: String,
    says: String,
    chart: String,
    sessions: usize,
    until: String,
    rows: Vec<Row>,
    /// Why the plan could not be kept as it is; empty when it could.
    refused: Vec<String>,
}

/// One measure at the last day.
struct Row {
    label: String,
    unit: String,
    set: String,
    go_on: String,
    stop: String,
    /// Chance of the change that counts.
    chance: String,
}

impl Answer {
    pub(super) fn of(told: &Told<'_>, thought: &Thought, draft: &Draft, record: &Record, visitor: &Visitor) -> Self {
        let show = &visitor.show;
        let about: Vec<(Seen<'_>, &Ahead)> =
            told.seen().filter_map(|seen| Some((seen, of_track(thought, &seen)?))).collect();
        let main = about.first();
        let says = main.map(|(seen, ahead)| says(told, seen, ahead, visitor)).unwrap_or_default();
        let last = main.and_then(|(_, ahead)| ahead.bands.last());
        Self {
            label: main.map(|(seen, _)| seen.series.label.clone()).unwrap_or_default(),
            unit: main.map(|(seen, _)| seen.unit().to_owned()).unwrap_or_default(),
            chart: main
                .map(|(seen, ahead)| against_stopping(told, seen, ahead, (&says, &thought.sessions_h), record, show))
                .unwrap_or_default(),
            sessions: thought.sessions_h.len(),
            until: last.map(|band| told.day(show, band.at_h)).unwrap_or_default(),
            rows: about.iter().map(|(seen, ahead)| row(seen, ahead)).collect(),
            refused: refused(draft, record, visitor),
            says,
        }
    }
}

fn of_track<'a>(thought: &'a Thought, seen: &Seen<'_>) -> Option<&'a Ahead> {
    thought.ahead.iter().find(|(track, _)| *track == seen.said.track).map(|(_, ahead)| ahead)
}

/// "3.1 is expected on Sun 12 April, 0.2 better than if the plan goes on and 1.3 better than stopping now."
fn says(told: &Told<'_>, seen: &Seen<'_>, ahead: &Ahead, visitor: &Visitor) -> String {
    let Some(last) = ahead.bands.last() else { return String::new() };
    let beside = |choice: &str, words: &str| {
        let other = nearest(&seen.ahead(choice)?.bands, last.at_h)?;
        let gain = seen.gain(other.middle, last.middle);
        let word = if gain < 0.0 { "worse" } else { "better" };
        let by = number(gain.abs(), 1);
        Some(if by == "0" { format!("the same as {words}") } else { format!("{by} {word} than {words}") })
    };
    let both = [beside("continue", "going on as planned"), beside("stop", "stopping now")];
    let beside: Vec<String> = both.into_iter().flatten().collect();
    let first = format!(
        "{} {} is expected on {}: {}.",
        number(last.middle, 1),
        seen.unit(),
        told.day(&visitor.show, last.at_h),
        beside.join(" and ")
    );
    let [low, high] = last.ninety.map(|end| number(end, 1));
    let doubt = format!("Nine of ten clients like this one lie between {low} and {high}.");
    match chance(ahead, last.at_h) {
        Some(chance) => format!("{first} {doubt} {} pass the least change that counts.", capital(in_ten(chance))),
        None => format!("{first} {doubt}"),
    }
}

fn row(seen: &Seen<'_>, ahead: &Ahead) -> Row {
    let end = |ahead: Option<&Ahead>| ahead.and_then(|ahead| ahead.bands.last()).map(expected).unwrap_or_default();
    let last_h = ahead.bands.last().map(|band| band.at_h).unwrap_or_default();
    Row {
        label: seen.series.label.clone(),
        unit: seen.unit().to_owned(),
        set: end(Some(ahead)),
        go_on: end(seen.ahead("continue")),
        stop: end(seen.ahead("stop")),
        chance: chance(ahead, last_h).map(percent).unwrap_or_default(),
    }
}

/// What would keep the plan from being kept: light-only sites, for one.
fn refused(draft: &Draft, record: &Record, visitor: &Visitor) -> Vec<String> {
    let Ok(clearance) = record.clearance(catalog(), visitor.now) else { return Vec::new() };
    let errors = Plan::new(draft.clone(), &clearance, catalog()).err().unwrap_or_default();
    errors.into_iter().map(|error| capital(&error.message)).collect()
}
