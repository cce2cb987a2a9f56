//! `xystra contact`.

use std::path::Path;

use serde_json::Value;

use crate::run::xystra;

fn example(file: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(file).to_string_lossy().into_owned()
}

fn document(args: &[&str]) -> Value {
    let ran = xystra(&[&["contact", "--json"], args].concat());
    assert!(ran.ok, "{}", ran.err);
    serde_json::from_str(&ran.out).expect("a JSON document")
}

fn refused(args: &[&str]) -> String {
    let ran = xystra(&[&["contact"], args].concat());
    assert!(!ran.ok, "{}", ran.out);
    ran.err
}

#[test]
fn the_linear_calf_is_that_of_an_independent_solver() {
    let calf = example("calf.stack.toml");
    for (radius, force, half_width, peak) in [("10", 60.45, 5.98, 6.073), ("2", 37.94, 1.29, 17.165)] {
        let found = document(&["--stack", &calf, "--radius-mm", radius, "--depth-mm", "4", "--model", "linear"]);
        for (field, expected, share) in
            [("force_n_per_m", force, 5e-3), ("half_width_mm", half_width, 2e-2), ("peak_pressure_kpa", peak, 5e-3)]
        {
            let value = found[field].as_f64().expect("a number");
            assert!((value / expected - 1.0).abs() < share, "R {radius}: {field} {value}, expected {expected}");
        }
        assert!(found.get("force_n").is_none());
        assert_eq!(found["validity"]["ok"], false, "strains of tens of percent");
    }
}

#[test]
fn the_document_has_every_field_and_stiffens_by_default() {
    let stack = example("forearm.stack.toml");
    let args = ["--stack", &stack, "--radius-mm", "3", "--length-mm", "40", "--force-n", "6"];
    let found = document(&args);
    for field in ["force_n_per_m", "force_n", "depth_mm", "half_width_mm", "peak_pressure_kpa"] {
        assert!(found[field].is_number(), "{field}");
    }
    assert!((found["force_n"].as_f64().unwrap() - 6.0).abs() < 1e-6);
    assert!((found["force_n_per_m"].as_f64().unwrap() - 150.0).abs() < 1e-6);
    let layers = found["layers"].as_array().expect("layers");
    assert_eq!(
        layers.iter().map(|l| l["name"].as_str().unwrap()).collect::<Vec<_>>(),
        ["skin", "fat", "fascia", "muscle"]
    );
    for field in ["peak_fibre_strain", "peak_compression", "peak_shear"] {
        assert!(layers.iter().all(|layer| layer[field].is_number()), "{field}");
    }
    assert!(found["validity"]["ok"].is_boolean() && found["validity"]["reason"].is_string());
    let linear = document(&[&args[..], &["--model", "linear"]].concat());
    assert!(found["depth_mm"].as_f64() < linear["depth_mm"].as_f64());
}

#[test]
fn a_table_is_printed_for_people() {
    let ran = xystra(&["contact", "--region", "calf", "--radius-mm", "10", "--force-n-per-m", "100"]);
    assert!(ran.ok, "{}", ran.err);
    for word in ["depth", "half-width", "fascia", "fibre stretch", "largest strain"] {
        assert!(ran.out.contains(word), "{word} is missing in\n{}", ran.out);
    }
}

#[test]
fn what_is_wrong_is_named_by_file_line_and_field() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |text: &str| {
        let path = folder.path().join("stack.toml");
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    let press = |text: &str| refused(&["--stack", &file(text), "--radius-mm", "2", "--depth-mm", "1"]);
    let layer = "[[layer]]\nname = \"fat\"\nthickness_mm = 6\nyoung_kpa = 5\npoisson = 0.48\n";
    for (text, words) in [
        (layer.replace("0.48", "0.6"), vec!["stack.toml", "layer 1 (fat)", "poisson", "0.6"]),
        (layer.replace('6', "0"), vec!["stack.toml", "thickness_mm", "above 0"]),
        (layer.replace("young_kpa = 5\n", ""), vec!["stack.toml", "line 1", "young_kpa"]),
        (layer.replace("poisson", "posson"), vec!["stack.toml", "line 5", "posson"]),
        (String::new(), vec!["stack.toml", "layer"]),
    ] {
        let error = press(&text);
        assert!(words.iter().all(|word| error.contains(word)), "{words:?} are not all in\n{error}");
    }
    let calf = example("calf.stack.toml");
    let error = refused(&["--stack", &calf, "--radius-mm", "-2", "--depth-mm", "1"]);
    assert!(error.contains("radius"), "{error}");
    let error = refused(&["--stack", &calf, "--radius-mm", "2", "--force-n", "5"]);
    assert!(error.contains("length_mm"), "{error}");
    assert!(refused(&["--stack", &calf, "--radius-mm", "2"]).contains("--depth-mm"));
    assert!(refused(&["--region", "moon", "--radius-mm", "2", "--depth-mm", "1"]).contains("calf"));
    assert!(refused(&["--stack", "no-such.toml", "--radius-mm", "2", "--depth-mm", "1"]).contains("no-such.toml"));
}
