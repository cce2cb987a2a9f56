//! `xystra dose` on real recordings of a hand-guided tool.

use serde_json::Value;

use crate::run::{shared, xystra};

/// Runs over a window without tare and gives the JSON document.
fn document(file: &str, from: &str, to: &str) -> Option<Value> {
    let file = shared(&format!("wiping/csv/{file}"))?;
    let ran = xystra(&["dose", &file.to_string_lossy(), "--from", from, "--to", to, "--tare", "none", "--json"]);
    assert!(ran.ok, "{}", ran.err);
    Some(serde_json::from_str(&ran.out).expect("a JSON document"))
}

#[test]
fn the_impulse_is_that_of_an_independent_computation() {
    // Windows and integrals of the resultant force: README of the data set, computed there with numpy.
    let windows = [
        ("rim_1.csv", "2.27", "7.56", 162.5),
        ("rim_2.csv", "2.80", "13.48", 234.3),
        ("rim_3.csv", "3.04", "10.82", 157.0),
    ];
    for (file, from, to, published) in windows {
        let Some(document) = document(file, from, to) else { return };
        let impulse = document["dose"]["resultant_impulse_ns"]["value"].as_f64().expect("a number");
        assert!((impulse / published - 1.0).abs() < 0.02, "{file}: {impulse} N s instead of {published}");
    }
}

#[test]
fn the_document_has_every_field() {
    let Some(document) = document("rim_1.csv", "2.27", "7.56") else { return };
    for field in ["file", "duration_s", "rate_hz", "channels", "issues"] {
        assert!(!document["recording"][field].is_null(), "recording.{field}");
    }
    for field in ["start_s", "end_s", "mean_force_n", "peak_force_n", "impulse_ns", "resultant_impulse_ns", "length_m"]
    {
        assert!(document["strokes"][0][field].is_number(), "strokes.{field}");
    }
    let numbers = [
        "contact_s",
        "strokes",
        "rate_per_min",
        "mean_force_n",
        "peak_force_n",
        "mean_resultant_n",
        "peak_resultant_n",
        "impulse_ns",
        "resultant_impulse_ns",
    ];
    for field in numbers {
        let [value, low, high] = ["value", "low", "high"].map(|end| document["dose"][field][end].as_f64());
        assert!(low.is_some() && low <= value && value <= high, "dose.{field}");
    }
    assert_eq!(document["dose"]["provenance"], "measured");
    assert!(document["bursts"].as_u64() >= Some(1));
    let channels = document["recording"]["channels"].to_string();
    assert!(!channels.contains("label"), "a label column was read: {channels}");
}

#[test]
fn a_dead_sensor_is_refused_by_the_name_of_its_channel() {
    let Some(file) = shared("wiping/csv/rim_5.csv") else { return };
    let ran = xystra(&["dose", &file.to_string_lossy(), "--json"]);
    assert!(!ran.ok && ran.out.is_empty());
    assert!(ran.err.contains("fz_N") && ran.err.contains("frozen") && ran.err.contains("rim_5.csv"), "{}", ran.err);
}

#[test]
fn bad_files_are_refused_by_name_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("empty.csv", "", "empty"),
        ("unit.csv", "t_s,fz\n0,1\n0.01,1\n", "unit"),
        ("text.csv", "t_s,fz_N\n0,1\n0.01,two\n0.02,1\n", "line 3"),
        ("json.csv", "{\"force\": [1, 2]}", "unit"),
    ];
    for (name, text, expected) in cases {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        let ran = xystra(&["dose", &file.to_string_lossy()]);
        assert!(!ran.ok && ran.err.contains(name) && ran.err.contains(expected), "{name}: {}", ran.err);
    }
    let ran = xystra(&["dose", "no-such-file.csv"]);
    assert!(!ran.ok && ran.err.contains("no-such-file.csv"), "{}", ran.err);
}

#[test]
fn results_are_written_whole_and_never_over_anything_but_a_plain_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (file, table, columns, picture) = (path("sweeps.csv"), path("s.csv"), path("s.parquet"), path("s.svg"));
    std::fs::write(&file, xystra_dose::Sweeps::default().to_csv()).expect("a file");
    let ran = xystra(&["dose", &file, "--csv", &table, "--parquet", &columns, "--svg", &picture]);
    assert!(ran.ok && ran.out.contains("20 strokes in 2 bursts"), "{}{}", ran.out, ran.err);
    assert_eq!(std::fs::read_to_string(&table).expect("a table").lines().count(), 21);
    assert!(std::fs::read(&columns).expect("columns").starts_with(b"PAR1"));
    assert!(std::fs::read_to_string(&picture).expect("a picture").contains("<title"));
    assert!(xystra(&["dose", &file, "--svg", &picture]).err.contains("overwritten"));
    for wrong in [&file, &path("no/s.csv"), &folder.path().to_string_lossy().into_owned()] {
        let ran = xystra(&["dose", &file, "--csv", wrong]);
        assert!(!ran.ok && ran.err.contains(wrong.as_str()), "{wrong}: {}", ran.err);
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 4, "nothing half written is left");
}
