//! Where the roughness changes, on made-up recordings whose change is planted.

use std::f64::consts::PI;

use xystra_dose::synthetic::{Channels, Emulation, Fault, Planted, Texture, Truth};
use xystra_dose::texture::Change;
use xystra_dose::{Analysis, Options, analyse, read};

const WITHOUT_IMU: Channels =
    Channels { force_axes: 3, position: true, orientation: false, inertial: false, magnetic: false };
const WITH_IMU: Channels = Channels { inertial: true, ..WITHOUT_IMU };
const EACH: usize = 20;
/// A change is found when it is told within one of these of its place.
const NEAR_S: f64 = 0.1;
const NEAR_M: f64 = 0.01;

/// Ten one-way strokes at 500 to 1000 Hz.
fn emulation(seed: usize, channels: Channels, change_at: f64, ratio: f64) -> Emulation {
    let sampling_hz = [500.0, 640.0, 800.0, 1000.0][seed % 4];
    let texture = Some(Texture { change_at, ratio, ..Texture::default() });
    Emulation { seed: seed as u64, sampling_hz, strokes: 5, channels, texture, ..Emulation::default() }
}

fn analysis(emulation: &Emulation) -> (Analysis, Truth) {
    let made = emulation.make();
    let recording = read::whole("synthetic", &made.bytes, &read::Reading::default()).expect("it can be read");
    (analyse(&recording, &Options::default()).expect("it has a dose"), made.truth)
}

fn changes(emulation: &Emulation) -> (Vec<Change>, Truth) {
    let (analysis, truth) = analysis(emulation);
    (analysis.texture.expect("it shakes").changes, truth)
}

/// When each stroke comes to the change: it swells from rest to rest as half a cosine.
fn planted_s(truth: &Truth, change_at: f64) -> impl Iterator<Item = f64> + '_ {
    let share = (1.0 - 2.0 * change_at).acos() / PI;
    truth.strokes.iter().map(move |stroke| stroke.start_s + share * (stroke.end_s - stroke.start_s))
}

#[test]
fn planted_changes_are_found_where_they_are() {
    let (mut planted, mut found, mut elsewhere) = (0, 0, 0);
    for seed in 0..EACH {
        let change_at = [0.3, 0.4, 0.5, 0.6, 0.7][seed % 5];
        let (changes, truth) = changes(&emulation(seed, WITH_IMU, change_at, [2.0, 2.5, 0.5][seed % 3]));
        let at_m = truth.texture_change_m.unwrap();
        let is_near = |change: &Change, at_s: f64| {
            let (apart_s, apart_m) = ((change.time_s - at_s).abs(), (change.along_m.unwrap() - at_m).abs());
            apart_s < NEAR_S || (apart_m < NEAR_M && apart_s < 0.5)
        };
        planted += truth.strokes.len();
        found += planted_s(&truth, change_at).filter(|at_s| changes.iter().any(|c| is_near(c, *at_s))).count();
        elsewhere += changes.iter().filter(|c| !planted_s(&truth, change_at).any(|at_s| is_near(c, at_s))).count();
    }
    println!("{found} of {planted} changes found, {elsewhere} elsewhere");
    assert!(10 * found >= 8 * planted && 20 * elsewhere <= planted, "{found} of {planted}, {elsewhere} elsewhere");
}

#[test]
fn where_nothing_changes_hardly_a_change_is_told() {
    let invented = (0..EACH).filter(|seed| !changes(&emulation(*seed, WITH_IMU, 0.5, 1.0)).0.is_empty()).count();
    println!("{invented} of {EACH} recordings with an invented change");
    assert!(10 * invented <= EACH, "{invented} of {EACH}");
}

#[test]
fn a_place_lies_within_its_stroke() {
    let (analysis, _) = analysis(&emulation(3, WITH_IMU, 0.5, 2.0));
    for place in analysis.texture.unwrap().places {
        let length_m = analysis.strokes[place.stroke - 1].length_m.unwrap();
        assert!((0.0..length_m).contains(&place.along_m.unwrap()), "{place:?} of {length_m} m");
    }
}

#[test]
fn a_spike_shakes_nothing() {
    let rough = Texture { vibration_m_s2: 2.0, ..Texture::default() };
    let clean = Emulation { texture: Some(rough), ..emulation(1, WITHOUT_IMU, 0.5, 1.0) };
    let spiked = Emulation { faults: vec![Fault::Spikes], ..clean.clone() };
    let ((spiked, truth), (clean, _)) = (analysis(&spiked), analysis(&clean));
    let is_struck =
        |spike: &Planted| truth.strokes.iter().any(|s| (s.start_s..s.end_s).contains(&spike.extent.start_s));
    assert!(truth.faults.iter().any(is_struck), "no spike lies in a stroke");
    for (with, without) in spiked.strokes.iter().zip(&clean.strokes) {
        let ratio = with.vibration.unwrap() / without.vibration.unwrap();
        assert!((ratio - 1.0).abs() < 0.2, "{ratio} at {} s", with.start_s);
    }
}

#[test]
fn a_faster_hand_is_not_taken_for_rougher_skin() {
    let blind = Channels { position: false, ..WITH_IMU };
    assert_eq!(changes(&emulation(2, blind, 0.5, 3.0)).0, []);
}

#[test]
fn short_and_slow_recordings_have_no_texture() {
    let usual = emulation(1, WITH_IMU, 0.5, 2.0);
    let short = Emulation { bursts: 1, strokes: 1, ..usual.clone() };
    let slow = Emulation { sampling_hz: 59.0, ..usual };
    assert!(analysis(&short).0.texture.is_none() && analysis(&slow).0.texture.is_none());
}
