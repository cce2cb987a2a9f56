//! `xystra study` and `xystra simulate`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::xystra;

fn example(file: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(file);
    path.to_string_lossy().into_owned()
}

fn document(args: &[&str]) -> Value {
    let ran = xystra(args);
    assert!(ran.ok, "{}", ran.err);
    serde_json::from_str(&ran.out).expect("a JSON document")
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn a_file_gives_the_document_that_was_promised() {
    let document = document(&["study", "run", &example("shoulder-trial.study.toml"), "--json"]);
    assert_eq!(keys(&document), ["endpoints", "study"]);
    assert_eq!(document["study"], "example-shoulder-trial");
    let endpoints = document["endpoints"].as_array().expect("a list");
    assert_eq!(endpoints.len(), 3);
    for endpoint in endpoints {
        assert_eq!(keys(endpoint), ["band", "id", "inside", "kind", "published", "simulated", "verified"]);
        assert!(endpoint["simulated"].is_number() && endpoint["inside"].is_boolean(), "{endpoint}");
    }
    assert_eq!(endpoints[1]["band"], serde_json::json!([0.0, 8.0]));
    assert!(endpoints[2]["published"].is_null());
}

#[test]
fn a_carried_study_runs_by_its_id_and_a_seed_repeats_it() {
    let once = document(&["study", "run", "c22-sherman-2014", "--json", "--seed", "3"]);
    assert_eq!(once, document(&["study", "run", "c22-sherman-2014", "--json", "--seed", "3"]));
    assert_ne!(once, document(&["study", "run", "c22-sherman-2014", "--json", "--seed", "4"]));
    assert_eq!(once["endpoints"][0]["published"], serde_json::json!(["60x3", "60x2", "waiting"]));
    assert!(once["endpoints"][3]["band"].is_null() && once["endpoints"][3]["inside"].is_null());
}

#[test]
fn studies_are_listed_and_several_run_with_their_misses() {
    let list = xystra(&["study", "list"]);
    assert!(list.ok && list.out.lines().count() > 50, "{}{}", list.err, list.out);
    let ran = xystra(&["study", "run", "c15-yang-2005", "wallwork-2024-persistent", "dideriksen-2013"]);
    assert!(ran.ok && ran.out.contains("unverified, not counted"), "{}{}", ran.err, ran.out);
    for id in ["c15-yang-2005: ", "wallwork-2024-persistent: ", "dideriksen-2013: ", "of studies not calibrated on: "] {
        assert!(ran.out.contains(id), "{}", ran.out);
    }
}

#[test]
fn a_plan_is_simulated_day_by_day_in_every_form() {
    let plan = example("low-back.plan.study.toml");
    let json = document(&["simulate", &plan, "--arm", "home", "--json"]);
    assert_eq!(json["arm"], "home");
    let hours = json["hours"].as_array().expect("hours");
    assert_eq!((hours[1].as_f64(), hours.len()), (Some(24.0), 92));
    assert_eq!(json["outputs"]["pain"].as_array().map(Vec::len), Some(92));
    assert!(json["states"]["collagen1"].is_array() && json["inputs"]["stroking"].is_array());
    let csv = xystra(&["simulate", &plan, "--csv", "--at", "0,30,60 min"]).out;
    let mut lines = csv.lines();
    let columns = lines.next().expect("a head").split(',').count();
    assert!(lines.clone().count() == 3 && lines.all(|line| line.split(',').count() == columns), "{csv}");
    let svg = xystra(&["simulate", &plan, "--svg"]).out;
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && svg.matches("<polyline").count() > 15);
    assert!(xystra(&["simulate", &plan]).out.contains("range of motion gained (deg)"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let plan = example("low-back.plan.study.toml");
    let cases: [(&[&str], &str); 5] = [
        (&["study", "run", "no-such-study"], "c13-lee-2016"),
        (&["study", "run", "no/such/file.toml"], "cannot be read"),
        (&["simulate", &plan, "--arm", "other"], "strokes, home"),
        (&["simulate", &plan, "--at", "soon"], "0,7,28 d"),
        (&["simulate", &plan, "--at", "-1 d"], "before the injury"),
    ];
    for (args, word) in cases {
        let ran = xystra(args);
        assert!(!ran.ok && ran.err.contains(word), "{args:?}: {}", ran.err);
    }
}
