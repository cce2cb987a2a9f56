//! `xystra tool inspect` on real files in several formats.

use serde_json::Value;

use crate::run::{shared, xystra};

fn inspect(file: &str, more: &[&str]) -> Option<crate::run::Ran> {
    let file = shared(file)?;
    Some(xystra(&[&["tool", "inspect", &file.to_string_lossy()], more].concat()))
}

#[test]
fn streams_are_listed_even_when_none_of_them_is_a_recording() {
    let Some(ran) = inspect("xdf/clock_resets.xdf", &[]) else { return };
    assert!(ran.ok, "{}", ran.err);
    for line in [
        "2 \"BioSemi\", EEG",
        "  channels       8 of float32",
        "  samples        27815",
        "  rate           100 Hz promised, 92.9344 Hz found",
        "  stamps         653150.379117 to 261.926703 s",
        "  clock reset    between 948.116",
        "no recording as it is: no stream says that it gives force",
    ] {
        assert!(ran.out.contains(line), "{line} is not in\n{}", ran.out);
    }
    let Some(ran) = inspect("xdf/clock_resets.xdf", &["--json"]) else { return };
    let document: Value = serde_json::from_str(&ran.out).expect("a JSON document");
    assert_eq!(document["streams"].as_array().map(Vec::len), Some(2));
    assert!(document["recording"].is_null() && document["refusal"].is_string());
}

#[test]
fn a_missing_unit_is_asked_for_and_then_taken() {
    let file = "saturated/Manipulasyon_20260127_1951.json";
    let Some(ran) = inspect(file, &[]) else { return };
    assert!(!ran.ok && ran.err.contains("--unit force=kgf"), "{}", ran.err);
    let Some(ran) = inspect(file, &["--unit", "force=kgf"]) else { return };
    assert!(ran.ok, "{}", ran.err);
    for line in ["  rows           4928", "  rate           1000.000 Hz", "  not read       Angle"] {
        assert!(ran.out.contains(line), "{line} is not in\n{}", ran.out);
    }
}

#[test]
fn motion_alone_has_an_attitude_and_a_roughness() {
    let Some(ran) = inspect("imu-9axis/sensor_data.csv", &["--json"]) else { return };
    assert!(ran.ok, "{}", ran.err);
    let document: Value = serde_json::from_str(&ran.out).expect("a JSON document");
    let recording = &document["recording"];
    assert_eq!(recording["rows"], 13_514);
    assert!(recording["attitude"]["pitch_deg"]["high"].as_f64() > recording["attitude"]["pitch_deg"]["low"].as_f64());
    assert!(recording["roughness_m_s2"].as_f64() > Some(0.0));
    assert!(recording["force_n"].is_null());
}
