//! The outlook of invented clients: what weighing does to a band, and what the answer says of the treatment.

mod coverage;
mod effect;
mod forecast;
mod weighing;

use xystra_cohort::answer::{Ahead, Answer, Band, TrackAnswer};
use xystra_cohort::case::{Case, Observation, example};
use xystra_cohort::forecast::answer;
use xystra_cohort::weigh::{Effort, weigh};

/// Few clients, so that a test takes seconds.
fn effort() -> Effort<'static> {
    Effort { clients: 2400, forecast: 600, ..Effort::quick(5) }
}

/// The answer to "continue" and "stop", now and weekly for eight weeks.
fn asked(case: &Case) -> Answer {
    let weighed = weigh(case, &effort()).expect("weighed clients");
    answer(case, &weighed, &example::choices(case), &example::times_h(case), &effort()).expect("an answer")
}

/// Pain alone, with these weekly values.
fn pain(values: &[f64]) -> Case {
    let observation =
        |(k, value): (usize, &f64)| Observation { track: 0, at_h: example::WEEK_H * k as f64, value: *value };
    let observations = values.iter().enumerate().map(observation).collect();
    Case { tracks: example::tracks()[..1].to_vec(), observations, ..example::case() }
}

fn ahead<'a>(track: &'a TrackAnswer, choice: &str) -> &'a Ahead {
    track.ahead.iter().find(|ahead| ahead.choice == choice).expect("the choice")
}

/// The band now.
fn now(answer: &Answer, track: usize) -> Band {
    *answer.tracks[track].so_far.last().expect("a band now")
}

fn width(band: Band) -> f64 {
    band.ninety[1] - band.ninety[0]
}
