use xystra_signal::{Causal, welch, zero_phase};

use crate::reference::{Reference, difference, noise};

#[test]
fn the_numbers_say_where_they_come_from() {
    assert_eq!(Reference::read().scipy, "1.17.1");
}

#[test]
fn sections_are_those_of_butter() {
    for theirs in Reference::read().filters {
        let filter = theirs.filter();
        assert_eq!(filter.sections().len(), theirs.sos.len(), "{}", theirs.name());
        for (ours, theirs_here) in filter.sections().iter().zip(&theirs.sos) {
            let ours = [ours.b, ours.a].concat();
            assert!(difference(&ours, theirs_here) < 1e-14, "{}: {ours:?} {theirs_here:?}", theirs.name());
        }
    }
}

#[test]
fn the_steady_state_is_that_of_sosfilt_zi() {
    for theirs in Reference::read().filters {
        let ours = theirs.filter().steady_state();
        assert!(difference(ours.as_flattened(), theirs.steady.as_flattened()) < 1e-10, "{}", theirs.name());
    }
}

#[test]
fn zero_phase_is_sosfiltfilt_with_its_edges() {
    let reference = Reference::read();
    for theirs in &reference.filters {
        for (length, expected) in reference.lengths.iter().zip(&theirs.zero_phase) {
            let signal = noise(*length, 0);
            let ours = zero_phase(&theirs.filter(), &[&signal]);
            let scale = signal.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            let far = ours[0].iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / scale;
            assert!(far < 1e-10, "{}, {length} samples: {far:e}", theirs.name());
        }
    }
}

#[test]
fn a_signal_shorter_than_the_edge_is_continued_by_its_length_less_one() {
    for theirs in Reference::read().filters.iter().filter(|f| f.filter().pad() > 8) {
        let ours = zero_phase(&theirs.filter(), &[&noise(9, 0)]);
        assert!(difference(&ours[0], &theirs.short) < 1e-10, "{}", theirs.name());
    }
}

#[test]
fn causal_is_sosfilt_from_the_steady_state() {
    for theirs in Reference::read().filters {
        let mut causal = Causal::new(&theirs.filter(), 1);
        let mut ours = noise(theirs.causal.len(), 0);
        for value in &mut ours {
            causal.step(std::slice::from_mut(value));
        }
        let scale = 9.0 / theirs.causal.iter().fold(f64::MIN_POSITIVE, |most, x| most.max(x.abs()));
        assert!(difference(&ours, &theirs.causal) < 1e-11 * scale.max(1.0), "{}", theirs.name());
    }
}

#[test]
fn welch_is_welch() {
    for theirs in Reference::read().spectra {
        let ours = welch(&noise(theirs.length, 1), 97.3, theirs.segment);
        assert!(difference(&ours.frequency_hz, &theirs.frequency) < 1e-15);
        assert!(difference(&ours.density, &theirs.density) < 1e-12, "{} in {}", theirs.length, theirs.segment);
    }
}
