//! `xystra tool emulate`: what is made up is found again, and nothing is overwritten.

use serde_json::Value;

use crate::run::xystra;

#[test]
fn the_strokes_that_were_made_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (out, truth) = (place("made.csv"), place("made.json"));
    let words = ["tool", "emulate", "--motion", "mixed", "--bursts", "4", "--strokes", "3", "--bias", "-1,0.5,4"];
    let made = xystra(&[&words[..], &["--truth", &truth, "--out", &out]].concat());
    assert!(made.ok && made.out.contains("synthetic, measured on nobody"), "{}", made.err);
    let truth: Value = serde_json::from_slice(&std::fs::read(&truth).unwrap()).unwrap();
    assert_eq!(truth["strokes"].as_array().unwrap().len(), 12);

    let found: Value = serde_json::from_str(&xystra(&["dose", &out, "--json"]).out).unwrap();
    assert_eq!(found["strokes"].as_array().unwrap().len(), 12);
    let mean = |document: &Value| document["mean_force_n"].as_f64();
    let (made_n, found_n) = (mean(&truth).unwrap(), found["dose"]["mean_force_n"]["value"].as_f64().unwrap());
    assert!((found_n / made_n - 1.0).abs() < 0.05, "{found_n} N for {made_n} N");
}

#[test]
fn a_file_that_is_there_stays_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("kept.csv").to_string_lossy().into_owned();
    std::fs::write(&out, "mine").unwrap();
    let refused = xystra(&["tool", "emulate", "--strokes", "2", "--out", &out]);
    assert!(!refused.ok && refused.err.contains("--replace"), "{}", refused.err);
    assert_eq!(std::fs::read(&out).unwrap(), b"mine");
    assert!(xystra(&["tool", "emulate", "--strokes", "2", "--out", &out, "--replace"]).ok);
    assert!(std::fs::read_to_string(&out).unwrap().starts_with("# synthetic"));
    let wrong = xystra(&["tool", "emulate", "--hz", "0", "--out", &out, "--replace"]);
    assert!(!wrong.ok && wrong.err.contains("sampling_hz"), "{}", wrong.err);
}
