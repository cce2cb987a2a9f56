//! Synthetic sweeps, whose truth is known.

use proptest::prelude::*;
use xystra_dose::read::{self, Reading};
use xystra_dose::{Analysis, Error, IssueKind, Options, Recording, Sweeps, analyse};

fn dose_of(sweeps: &Sweeps, options: &Options) -> Analysis {
    let recording = read::whole("sweeps.csv", sweeps.to_csv().as_bytes(), &Reading::default()).expect("sweeps read");
    analyse(&recording, options).expect("sweeps have a dose")
}

fn kinds(analysis: &Analysis) -> Vec<IssueKind> {
    analysis.recording.issues.iter().map(|issue| issue.kind).collect()
}

/// A table of `force_n(t)` along z, 20 s at 200 Hz.
fn pressed(force_n: impl Fn(f64) -> f64) -> Recording {
    let time: Vec<f64> = (0..4000).map(|i| f64::from(i) * 0.005).collect();
    let force = time.iter().map(|t| [0.0, 0.0, force_n(*t)]).collect();
    Recording::new("pressed", &time, force).expect("force fits the clock")
}

#[test]
fn strokes_bursts_and_rate_are_those_that_were_made() {
    for (period_s, strokes) in [(1.0, 12), (2.0, 8), (4.0, 5)] {
        let sweeps = Sweeps { period_s, strokes, bursts: 3, ..Sweeps::default() };
        let analysis = dose_of(&sweeps, &Options::default());
        assert_eq!((analysis.strokes.len(), analysis.bursts), (3 * strokes, 3));
        let rate = analysis.dose.rate_per_min.unwrap().value;
        assert!((rate * period_s / 60.0 - 1.0).abs() < 0.03, "{rate} per minute at {period_s} s");
        assert_eq!(kinds(&analysis), [IssueKind::Synthetic]);
    }
}

#[test]
fn quiet_time_before_and_after_changes_nothing() {
    let short = dose_of(&Sweeps { noise_n: 0.0, ..Sweeps::default() }, &Options::default());
    let long = dose_of(&Sweeps { noise_n: 0.0, pause_s: 30.0, ..Sweeps::default() }, &Options::default());
    assert_eq!(short.strokes.len(), long.strokes.len());
    assert!((short.dose.contact_s.value - long.dose.contact_s.value).abs() < 0.02 * short.dose.contact_s.value);
    assert!(
        (short.dose.mean_force_n.value - long.dose.mean_force_n.value).abs() < 0.02 * short.dose.mean_force_n.value
    );
}

#[test]
fn known_presses_give_the_known_impulse() {
    for peak_n in [1.0, 5.0, 30.0, 125.0] {
        let press = |t: f64| {
            if t % 2.0 < 1.0 { -peak_n * (std::f64::consts::PI * (t % 2.0)).sin() } else { 0.0 }
        };
        let recording = pressed(|t| if (2.0..16.0).contains(&t) { press(t) } else { 0.0 });
        let analysis = analyse(&recording, &Options::default()).unwrap();
        let truth_ns = 7.0 * peak_n * 2.0 / std::f64::consts::PI;
        assert_eq!(analysis.strokes.len(), 7);
        assert_eq!(analysis.dose.rate_per_min.map(|rate| rate.value.round()), Some(30.0));
        let lost = (analysis.dose.impulse_ns.value / truth_ns - 1.0).abs();
        assert!(lost < if peak_n < 2.0 { 0.1 } else { 0.02 }, "{peak_n} N: {lost}");
        assert!((analysis.dose.peak_force_n.value / peak_n - 1.0).abs() < 0.01);
        let parts: f64 = analysis.strokes.iter().map(|s| s.impulse_ns).sum();
        assert!((parts - analysis.dose.impulse_ns.value).abs() < 1e-9);
    }
}

#[test]
fn without_position_contact_is_parted_by_drops_of_force() {
    let wave = |t: f64| -3.5 + 2.0 * (std::f64::consts::TAU * 0.5 * t).cos();
    let analysis =
        analyse(&pressed(|t| if (4.0..14.0).contains(&t) { wave(t) } else { 0.0 }), &Options::default()).unwrap();
    assert_eq!((analysis.strokes.len(), analysis.bursts), (5, 1));
    // A press that begins at once is smeared by the filter.
    assert!((analysis.dose.contact_s.value - 10.0).abs() < 0.1 && analysis.dose.contact_s.covers(10.0));
    assert!((analysis.dose.mean_force_n.value - 3.5).abs() < 0.02);
    assert!(kinds(&analysis).contains(&IssueKind::NoMotion));
}

#[test]
fn a_recording_that_starts_in_contact_is_tared_from_later() {
    let text = Sweeps::default().to_csv();
    let cut: Vec<&str> = text.lines().take(2).chain(text.lines().skip(2 + 350)).collect();
    let recording = read::whole("cut.csv", cut.join("\n").as_bytes(), &Reading::default()).unwrap();
    let analysis = analyse(&recording, &Options::default()).unwrap();
    assert!(kinds(&analysis).contains(&IssueKind::StartsInContact));
    assert_eq!(analysis.strokes.len(), 20);
    let whole = dose_of(&Sweeps::default(), &Options::default());
    assert!((analysis.dose.mean_force_n.value / whole.dose.mean_force_n.value - 1.0).abs() < 0.05);
}

#[test]
fn no_contact_and_a_dead_sensor_are_refused() {
    let said = |recording: &Recording| analyse(recording, &Options::default()).expect_err("no dose");
    assert!(matches!(said(&pressed(|t| 0.01 * (31.0 * t).sin())), Error::NoContact { .. }));
    assert!(matches!(said(&pressed(|_| 12.0)), Error::Frozen { .. }));
    let clipped = pressed(|t| if t > 2.0 { (20.0 * (0.7 * t).sin()).abs().min(5.0) } else { 0.001 * (50.0 * t).sin() });
    assert!(matches!(said(&clipped), Error::Frozen { .. } | Error::Saturated { .. } | Error::Spoiled { .. }));
}

#[test]
fn a_gap_is_reported_and_no_contact_spans_it() {
    let text = Sweeps { strokes: 4, ..Sweeps::default() }.to_csv();
    let kept: Vec<&str> = text.lines().enumerate().filter(|(i, _)| !(560..580).contains(i)).map(|(_, l)| l).collect();
    let analysis =
        analyse(&read::whole("gap.csv", kept.join("\n").as_bytes(), &Reading::default()).unwrap(), &Options::default())
            .unwrap();
    assert!(kinds(&analysis).contains(&IssueKind::Gap));
    assert_eq!(analysis.strokes.len(), 9, "the stroke with the gap is two");
}

#[test]
fn the_document_goes_round() {
    let analysis = dose_of(&Sweeps::default(), &Options::default());
    let json = serde_json::to_value(&analysis).unwrap();
    assert_eq!(json["dose"]["provenance"], "measured");
    assert_eq!(json["recording"]["issues"][0]["kind"], "synthetic");
    let back: Analysis = serde_json::from_value(json).unwrap();
    assert_eq!((back.dose, back.strokes), (analysis.dose, analysis.strokes));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_bias_changes_nothing(bias_n in prop::array::uniform3(-20.0..20.0_f64), noise in any::<bool>(), seed in 0..9_u64) {
        let plain = Sweeps { noise_n: if noise { 0.05 } else { 0.0 }, strokes: 5, bias_n: [0.0; 3], seed, ..Sweeps::default() };
        let (here, there) = (dose_of(&plain, &Options::default()), dose_of(&Sweeps { bias_n, ..plain }, &Options::default()));
        prop_assert_eq!(here.strokes.len(), there.strokes.len());
        prop_assert!((here.dose.contact_s.value - there.dose.contact_s.value).abs() < 0.05);
        prop_assert!((here.dose.impulse_ns.value - there.dose.impulse_ns.value).abs() < 0.01 * here.dose.impulse_ns.value);
    }

    #[test]
    fn windows_add_up(cut in 0.05..0.95_f64) {
        let sweeps = Sweeps { strokes: 5, ..Sweeps::default() };
        let recording = read::whole("x", sweeps.to_csv().as_bytes(), &Reading::default()).unwrap();
        let at_s = cut * recording.extent().end_s;
        let of = |from_s, to_s| analyse(&recording, &Options { from_s, to_s, ..Options::default() });
        let parts = [of(None, Some(at_s)), of(Some(at_s), None)];
        let sum = |value: fn(&Analysis) -> f64| parts.iter().flatten().map(value).sum::<f64>();
        let whole = of(None, None).unwrap();
        prop_assert!((sum(|a| a.dose.impulse_ns.value) - whole.dose.impulse_ns.value).abs() < 1e-9);
        prop_assert!((sum(|a| a.dose.contact_s.value) - whole.dose.contact_s.value).abs() < 1e-9);
    }
}

#[test]
fn a_contact_longer_than_a_piece_is_cut_and_nothing_is_lost() {
    let time: Vec<f64> = (0..35_000).map(|i| f64::from(i) * 0.02).collect();
    let tremor = |t: f64| 0.2 * (7.3 * t).sin() + 0.03 * (41.0 * t).sin();
    let force = |t: &f64| if (5.0..690.0).contains(t) { -5.0 + tremor(*t) } else { 0.05 * tremor(*t) };
    let force = time.iter().map(|t| [0.0, 0.0, force(t)]).collect();
    let analysis = analyse(&Recording::new("long", &time, force).unwrap(), &Options::default()).unwrap();
    assert!((analysis.dose.contact_s.value - 685.0).abs() < 0.2, "{:?}", analysis.dose.contact_s);
    assert!((analysis.dose.mean_force_n.value - 5.0).abs() < 0.05);
}
