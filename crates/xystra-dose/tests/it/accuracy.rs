//! Synthetic recordings whose truth is known; the long table is `cargo xtask bench accuracy`.

use xystra_dose::synthetic::{Class, Score, Tally};

/// Recordings of each class; there are ten clean and noisy classes and ten of faults.
const EACH: u64 = 2;

fn tally(kind: &str) -> (Tally, Vec<String>) {
    let classes = Class::all().into_iter().filter(|class| class.to_string().starts_with(kind));
    let draws: Vec<(Class, u64)> = classes.flat_map(|class| (101..101 + EACH).map(move |seed| (class, seed))).collect();
    let scores: Vec<Score> = draws.iter().map(|(class, seed)| Score::of(&class.draw(*seed))).collect();
    let wrong =
        draws.iter().zip(&scores).filter(|(_, s)| !s.is_exact() || !s.missed.is_empty() || !s.invented.is_empty());
    let names =
        wrong.map(|((class, seed), s)| format!("{class} #{seed}: {:?} {:?} {:?}", s.strokes, s.missed, s.invented));
    (Tally::of(kind, &scores.iter().collect::<Vec<_>>()), names.collect())
}

fn worst(tally: &Tally, quantity: &str) -> f64 {
    tally.quantity(quantity).expect("one of the quantities").error.worst
}

#[test]
fn clean_recordings_give_what_was_done() {
    let (tally, wrong) = tally("clean");
    assert_eq!((tally.exact, tally.missed, tally.invented), (1.0, 0, 0), "{wrong:#?}");
    for quantity in ["mean force", "peak force", "mean resultant", "peak resultant", "impulse"] {
        assert!(worst(&tally, quantity) < 0.1, "{quantity}: {:.3}", worst(&tally, quantity));
    }
    assert!(worst(&tally, "rate") < 0.03, "{:.4}", worst(&tally, "rate"));
}

#[test]
fn noisy_recordings_give_almost_what_was_done() {
    let (tally, wrong) = tally("noisy");
    assert!(tally.exact >= 0.9 && tally.missed == 0, "{wrong:#?}");
    for quantity in ["mean force", "peak force", "mean resultant", "peak resultant"] {
        assert!(worst(&tally, quantity) < 0.1, "{quantity}: {:.3}", worst(&tally, quantity));
    }
}

#[test]
fn every_planted_fault_is_reported() {
    let (tally, wrong) = tally("faulty");
    assert!(tally.planted >= 10);
    assert_eq!(tally.missed, 0, "{wrong:#?}");
}
