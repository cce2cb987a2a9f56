//! What virtual clients might say: invented, and kept as the program keeps it.

use serde::Serialize;
use xystra_cohort::answer::{
    Ahead, Answer, Band, Chance, Design, Effect, Gain, METHOD, Part, TrackAnswer, Verdict, Weighing,
};
use xystra_course::outlook::asked::Asked;
use xystra_course::outlook::case::Doses;
use xystra_course::outlook::{Depth, Foretold, Scores, ask, compute};
use xystra_store::outlooks::OutlookMaking;
use xystra_testkit::RecordBuilder;

use crate::support::TestApp;

const WEEK_H: f64 = 168.0;

/// The question that the record asks.
pub(crate) fn asked(built: &RecordBuilder) -> Asked {
    let (catalog, zone) = (xystra_catalog::catalog(), jiff::tz::TimeZone::UTC);
    ask(built.record(), &Doses::new(), catalog, &zone, built.now()).expect("a question")
}

/// Weighs a few virtual clients in earnest, and keeps what they say.
pub(crate) async fn weighed(test: &TestApp, built: &RecordBuilder) -> Foretold {
    let asked = asked(built);
    let made = compute(&asked, Depth::Quick, 0, None).expect("an outlook");
    keep(test, built, &made.foretold, &made.clients, &Scores::default()).await;
    made.foretold
}

/// Keeps an outlook as the program does.
pub(crate) async fn keep<K: Serialize>(
    test: &TestApp,
    built: &RecordBuilder,
    foretold: &Foretold,
    clients: &K,
    scores: &Scores,
) {
    let (episode, client) = (built.record().episode, built.record().client_id);
    let made_from = &foretold.made_from;
    let making = OutlookMaking { episode, client, made_from, method: METHOD, program: "test" };
    let store = test.app.store();
    store.keep_outlook(&test.scope, making, (foretold, clients, scores), built.now()).await.expect("kept");
}

/// Keeps an invented answer to it, as if it had been worked out now.
pub(crate) async fn answered(test: &TestApp, built: &RecordBuilder) -> Foretold {
    let foretold = foretold(&asked(built));
    keep(test, built, &foretold, &(), &Scores::default()).await;
    foretold
}

/// An invented answer: pain falls by half within eight weeks, a little faster with treatment.
pub(crate) fn foretold(asked: &Asked) -> Foretold {
    let tracks = (0..asked.case.tracks.len()).map(|track| about(asked, track)).collect();
    let weighing = Weighing { clients: 100_000, effective: 412.3, rounds: 2, observations: 9, seed: asked.seed };
    let design = |id: &str, width, tells| Design { id: id.into(), width, tells };
    Foretold {
        made_from: asked.made_from.clone(),
        entry: asked.entry,
        as_of: asked.as_of,
        now_h: asked.case.now_h,
        offers: asked.offers.clone(),
        answer: Answer {
            weighing,
            tracks,
            bruise: Some(0.31),
            designs: vec![
                design("as-planned", 2.4, 0.08),
                design("three-baselines", 2.1, 0.14),
                design("break", 1.8, 0.22),
                design("both", 1.5, 0.3),
            ],
        },
    }
}

fn about(asked: &Asked, track: usize) -> TrackAnswer {
    let first = asked.case.observations.iter().find(|one| one.track == track).map_or(6.0, |one| one.value);
    let better = if asked.case.tracks[track].scale.more_is_better { 1.0 } else { -1.0 };
    let scale = asked.case.tracks[track].scale;
    let level = |at_h: f64, gain: f64| {
        let moved = better * gain * (1.0 - (-at_h / (6.0 * WEEK_H)).exp());
        band(at_h, first + moved, (0.4 + 0.25 * at_h / WEEK_H).min(3.0), (scale.least, scale.most))
    };
    let important = asked.case.tracks[track].important;
    let range = if track == 0 { 4.0 } else { 3.0 };
    let ahead = |id: &str, gain: f64, from_start: bool| {
        let times = asked.times_h.iter().copied();
        let so_far = hours(asked.case.now_h).into_iter().filter(|_| from_start);
        let bands: Vec<Band> = so_far.chain(times).map(|at_h| level(at_h, gain)).collect();
        let chances = important.map(|_| bands.iter().map(|band| chance(band.at_h)).collect()).unwrap_or_default();
        Ahead { choice: id.to_owned(), measured: bands.clone(), bands, chances }
    };
    let gains = [1.0, 0.97, 1.08, 0.95, 0.99, 0.92, 0.7];
    let choices = asked.offers.iter().zip(gains).map(|(offer, gain)| ahead(&offer.id, range * gain, false));
    let twins = [("untreated", 0.62), ("sham", 0.75)].map(|(id, gain)| ahead(id, range * gain, true));
    TrackAnswer {
        track: asked.case.tracks[track].id.clone(),
        so_far: hours(asked.case.now_h).into_iter().map(|at_h| level(at_h, range)).collect(),
        ahead: choices.chain(twins).collect(),
        effect: effect(asked.case.now_h, 0.3),
        effect_ahead: effect(asked.times_h.last().copied().unwrap_or_default(), 0.8),
    }
}

fn hours(now_h: f64) -> Vec<f64> {
    (0..=10).map(|n| now_h * f64::from(n) / 10.0).collect()
}

fn band(at_h: f64, middle: f64, half: f64, (least, most): (f64, f64)) -> Band {
    let held = |value: f64| value.clamp(least, most);
    let around = |half: f64| [held(middle - half), held(middle + half)];
    Band { at_h, middle: held(middle), ninety: around(half), fifty: around(0.4 * half) }
}

fn chance(at_h: f64) -> Chance {
    Chance { at_h, chance: 0.9 * (1.0 - (-at_h / (5.0 * WEEK_H)).exp()) }
}

fn effect(at_h: f64, mean: f64) -> Effect {
    let gain = |mean: f64, wide: f64| Gain {
        mean,
        ninety: [mean - wide, mean + 1.4 * wide],
        none: 0.28,
        helps: 0.55,
        harms: 0.17,
    };
    let part = |cause: &str, size: f64| Part {
        cause: cause.into(),
        prior: (1.2 * size, [1.2 * size - 0.8, 1.2 * size + 0.9]),
        posterior: (size, [size - 0.5, size + 0.6]),
    };
    Effect {
        at_h,
        prior: gain(1.3 * mean, 1.1),
        posterior: gain(mean, 0.8),
        parts: vec![
            part("natural", 1.1),
            part("expectation", 0.3),
            part("neural", 0.2),
            part("fluid", 0.05),
            part("remodelling", 0.05),
            part("mechanical", 0.0),
            part("exercise", 0.1),
        ],
        verdict: Verdict::CannotTell,
    }
}
