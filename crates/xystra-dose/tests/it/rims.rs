//! Real recordings of circular wiping under force (Figueroa and Billard, EPFL LASA), when they are at hand.
//!
//! The expected figures were computed independently, over the part that a person labelled as wiping, from force as recorded.

use std::path::PathBuf;

use xystra_dose::{Analysis, Error, IssueKind, Options, Tare, analyse, read};

fn folder() -> PathBuf {
    let shared = std::env::var_os("XYSTRA_SHARED").map(PathBuf::from);
    shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared")).join("data")
}

/// The bytes of a shared file; none, said plainly, when it is not there.
fn bytes(path: &str) -> Option<Vec<u8>> {
    let found = std::fs::read(folder().join(path)).ok();
    if found.is_none() {
        println!("not checked: {path} is not at hand; set XYSTRA_SHARED to the folder of the shared data");
    }
    found
}

fn rim(number: u8, window: Option<(f64, f64)>) -> Option<Result<Analysis, Error>> {
    let file = format!("rim_{number}.csv");
    let recording = read::csv(&file, bytes(&format!("wiping/csv/{file}"))?.as_slice()).expect("a rim reads");
    let options = Options { from_s: window.map(|w| w.0), to_s: window.map(|w| w.1), tare: Tare::None };
    Some(analyse(&recording, &options))
}

fn near(found: f64, expected: f64, share: f64, what: &str) {
    assert!((found / expected - 1.0).abs() < share, "{what}: {found}, expected {expected}");
}

struct Truth {
    window: (f64, f64),
    impulse_ns: f64,
    peak_n: f64,
    length_m: f64,
    turns: usize,
}

#[test]
fn wiping_gives_the_published_figures() {
    let truths = [
        Truth { window: (2.27, 7.56), impulse_ns: 162.5, peak_n: 38.3, length_m: 1.232, turns: 3 },
        Truth { window: (2.80, 13.48), impulse_ns: 234.3, peak_n: 32.2, length_m: 1.846, turns: 4 },
        Truth { window: (3.04, 10.82), impulse_ns: 157.0, peak_n: 27.9, length_m: 1.670, turns: 4 },
    ];
    for (number, truth) in (1..).zip(truths) {
        let Some(result) = rim(number, Some(truth.window)) else {
            return;
        };
        let analysis = result.unwrap();
        println!("rim_{number} {:?} {:?}", analysis.dose, analysis.recording.issues);
        near(analysis.dose.resultant_impulse_ns, truth.impulse_ns, 0.02, "resultant impulse, N s");
        near(analysis.dose.peak_resultant_n, truth.peak_n, 0.02, "peak, N");
        near(analysis.strokes.iter().filter_map(|s| s.length_m).sum(), truth.length_m, 0.02, "length, m");
        assert_eq!(analysis.dose.strokes, truth.turns);
        assert_eq!(analysis.bursts, 1);
        assert!(analysis.dose.mean_force_n > 0.0 && analysis.dose.mean_force_n < analysis.dose.mean_resultant_n);
    }
}

#[test]
fn a_short_freeze_is_left_out_and_its_share_reported() {
    let Some(result) = rim(4, None) else { return };
    let analysis = result.unwrap();
    println!("rim_4 {:?} {:?}", analysis.dose, analysis.recording.issues);
    let frozen: Vec<_> = analysis.recording.issues.iter().filter(|i| i.kind == IssueKind::Frozen).collect();
    assert_eq!(frozen.iter().filter_map(|i| i.channel.as_deref()).collect::<Vec<_>>(), ["fx_N", "fy_N", "fz_N"]);
    assert!(frozen.iter().all(|i| i.extent.start_s == 0.0 && (i.extent.end_s - 3.88).abs() < 0.02));
    assert!(frozen.iter().all(|i| (0.2..0.35).contains(&i.share)));
    assert!(analysis.strokes.iter().all(|s| s.start_s >= frozen[0].extent.end_s));
}

#[test]
fn a_frozen_sensor_gives_no_dose() {
    let Some(result) = rim(5, None) else { return };
    let error = result.unwrap_err();
    println!("rim_5 {error}");
    assert!(matches!(&error, Error::Frozen { .. }));
    assert!(error.to_string().contains("_N\" is frozen"));
}

#[test]
fn another_format_is_named() {
    let Some(json) = bytes("saturated/Manipulasyon_20260127_1951.json") else {
        return;
    };
    let text = read::csv("x", json.as_slice()).unwrap_err().to_string();
    assert!(text.contains("JSON, not a table"), "{text}");
}
