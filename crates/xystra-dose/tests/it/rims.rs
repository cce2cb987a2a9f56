//! Real recordings of circular wiping under force (Figueroa and Billard, EPFL LASA), when they are at hand.
//!
//! The expected figures were computed independently, over the part that a person labelled as wiping, from force as recorded.

use std::path::PathBuf;

use xystra_dose::read::{self, Reading};
use xystra_dose::{Analysis, Error, IssueKind, Options, Tare, analyse};

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
    let recording =
        read::whole(&file, &bytes(&format!("wiping/csv/{file}"))?, &Reading::default()).expect("a rim reads");
    let options =
        Options { from_s: window.map(|w| w.0), to_s: window.map(|w| w.1), tare: Tare::None, ..Options::default() };
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
        near(analysis.dose.resultant_impulse_ns.unwrap().value, truth.impulse_ns, 0.02, "resultant impulse, N s");
        near(analysis.dose.peak_resultant_n.unwrap().value, truth.peak_n, 0.02, "peak, N");
        near(analysis.strokes.iter().filter_map(|s| s.length_m).sum(), truth.length_m, 0.02, "length, m");
        assert_eq!(analysis.strokes.len(), truth.turns);
        assert_eq!(analysis.bursts, 1);
        assert!(analysis.dose.mean_force_n.low > 0.0);
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

/// Times that a person labelled as wiping, s; labels are read here only, to hold the contact against them.
fn wiped(number: u8) -> Option<Vec<f64>> {
    let text = String::from_utf8(bytes(&format!("wiping/csv/rim_{number}.csv"))?).expect("text");
    let rows = text.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let labelled = rows.filter(|row| row.last() == Some(&"2"));
    Some(labelled.map(|row| row[0].parse().expect("a time")).collect())
}

#[test]
fn what_a_person_calls_wiping_is_contact() {
    for number in 1..=4 {
        let (Some(Ok(analysis)), Some(wiped)) = (rim(number, None), wiped(number)) else { return };
        let touches = |t: &&f64| analysis.strokes.iter().any(|s| (s.start_s..=s.end_s).contains(*t));
        let share = wiped.iter().filter(touches).count() as f64 / wiped.len() as f64;
        println!("rim_{number}: {:.1} % of {} labelled samples lie in strokes", 100.0 * share, wiped.len());
        assert!(share >= 0.9, "rim_{number}: {share}");
    }
}

#[test]
fn what_taring_changes_is_said() {
    let Some(Ok(untared)) = rim(2, Some((2.80, 13.48))) else { return };
    near(untared.recording.untared_impulse_ns, 234.3, 0.02, "resultant impulse as recorded, N s");
    assert!(untared.recording.resting_n.is_some_and(|level| level.iter().any(|n| n.abs() > 0.3)));
}
