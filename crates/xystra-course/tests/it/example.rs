//! An outlook that says what a test wants it to say.

use jiff::tz::TimeZone;
use xystra_catalog::catalog;
use xystra_cohort::answer::{Ahead, Answer, Band, Effect, Gain, TrackAnswer, Verdict, Weighing};
use xystra_course::outlook::case::Doses;
use xystra_course::outlook::choices::Offer;
use xystra_course::outlook::{Asked, Foretold, ask};
use xystra_testkit::RecordBuilder;

pub(crate) fn asked(built: &RecordBuilder) -> Asked {
    ask(built.record(), &Doses::new(), catalog(), &TimeZone::UTC, built.now()).expect("something was measured")
}

/// A normal band about a middle.
pub(crate) fn band(at_h: f64, middle: f64, deviation: f64) -> Band {
    let ends = |z: f64| [middle - z * deviation, middle + z * deviation];
    Band { at_h, middle, ninety: ends(1.645), fifty: ends(0.6745) }
}

/// The answer to a question: every track starts at its last value and moves by `slope(track, choice)` in its unit each week.
pub(crate) fn foretold(asked: &Asked, slope: impl Fn(&str, &str) -> f64, bruise: Option<f64>) -> Foretold {
    let tracks = (0..asked.case.tracks.len()).map(|track| answer_of(asked, track, &slope));
    let weighing = Weighing {
        clients: 100,
        effective: 50.0,
        rounds: 0,
        observations: asked.case.observations.len(),
        seed: asked.seed,
    };
    Foretold {
        made_from: asked.made_from.clone(),
        entry: asked.entry,
        as_of: asked.as_of,
        now_h: asked.case.now_h,
        offers: asked.offers.iter().map(|offer| bruising(offer, bruise)).collect(),
        answer: Answer { weighing, tracks: tracks.collect(), bruise, designs: Vec::new() },
    }
}

/// Lighter strokes bruise a quarter as often.
fn bruising(offer: &Offer, bruise: Option<f64>) -> Offer {
    let share = match offer.id.as_str() {
        "stop" => 0.0,
        "lighter" => 0.25,
        _ => 1.0,
    };
    Offer { bruise: bruise.map(|chance| share * chance), ..offer.clone() }
}

fn answer_of(asked: &Asked, track: usize, slope: impl Fn(&str, &str) -> f64) -> TrackAnswer {
    let id = asked.case.tracks[track].id.as_str();
    let last = asked.case.observations.iter().rfind(|one| one.track == track).expect("a value of each track").value;
    let ahead = |choice: &str| {
        let weeks = |at_h: f64| (at_h - asked.case.now_h) / 168.0;
        let level = |at_h: &f64, deviation| band(*at_h, last + slope(id, choice) * weeks(*at_h), deviation);
        Ahead {
            choice: choice.to_owned(),
            bands: asked.times_h.iter().map(|at| level(at, 0.5)).collect(),
            measured: asked.times_h.iter().map(|at| level(at, 1.0)).collect(),
            chances: Vec::new(),
        }
    };
    let twins = ["untreated", "sham"].map(str::to_owned);
    let choices = asked.choices.iter().map(|choice| choice.id.clone()).chain(twins);
    TrackAnswer {
        track: id.to_owned(),
        so_far: Vec::new(),
        ahead: choices.map(|choice| ahead(&choice)).collect(),
        effect: effect(),
        effect_ahead: effect(),
    }
}

pub(crate) fn effect() -> Effect {
    let gain = Gain { mean: 0.4, ninety: [-0.3, 1.6], none: 0.2, helps: 0.6, harms: 0.2 };
    Effect { at_h: 0.0, prior: gain, posterior: gain, parts: Vec::new(), verdict: Verdict::CannotTell }
}
