//! `xystra cohort run` and `merge`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::run::{Ran, xystra};

fn trial() -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/shoulder-trial.study.toml");
    path.to_string_lossy().into_owned()
}

fn run(rest: &[&str]) -> Ran {
    let study = trial();
    let args = ["cohort", "run", &study, "--clients", "600", "--seed", "4"];
    xystra(&args.iter().chain(rest).copied().collect::<Vec<_>>())
}

fn merged(files: &[&Path], out: &Path) -> Ran {
    let mut args = vec![PathBuf::from("cohort"), "merge".into()];
    args.extend(files.iter().map(|file| file.to_path_buf()));
    args.extend(["--out".into(), out.to_path_buf()]);
    xystra(&args)
}

#[test]
fn a_trial_gives_its_document_and_tables() {
    let ran = run(&["--json"]);
    assert!(ran.ok, "{}", ran.err);
    let document: Value = serde_json::from_str(&ran.out).expect("a JSON document");
    assert_eq!(document["study"], "example-shoulder-trial");
    assert_eq!((&document["clients"], &document["seed"]), (&Value::from(600), &Value::from(4)));
    let endpoint = &document["endpoints"][1];
    assert_eq!(endpoint["published"], 4.0);
    assert!(endpoint["mean"].is_number() && endpoint["ninety"][1].is_number(), "{endpoint}");
    let effect = document["effects"].as_array().expect("effects").iter().find(|one| one["against"] == "sham").unwrap();
    assert_eq!(effect["power"].as_array().map(Vec::len), Some(6));
    let shown = run(&[]);
    assert!(
        shown.out.contains("strokes less sham") && shown.out.contains("power by people in each arm: 10: "),
        "{}",
        shown.out
    );
}

#[test]
fn shards_put_together_are_the_whole_run_to_the_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let whole = file("whole.json");
    assert!(run(&["--out", &text(&whole), "--threads", "1"]).ok);
    let shards: Vec<PathBuf> = (1..=3).map(|part| file(&format!("{part}.json"))).collect();
    for (part, shard) in (1..).zip(&shards) {
        let ran = run(&["--shard", &format!("{part}/3"), "--out", &text(shard)]);
        assert!(ran.ok, "{}", ran.err);
    }
    let together = file("together.json");
    let ran = merged(&[&shards[2], &shards[0], &shards[1]], &together);
    assert!(ran.ok, "{}", ran.err);
    assert_eq!(std::fs::read(&whole).unwrap(), std::fs::read(&together).unwrap());

    let missing = merged(&[&shards[0], &shards[2]], &together);
    assert!(!missing.ok && missing.err.contains("missing: 2/3"), "{}", missing.err);
    let twice = merged(&[&shards[0], &shards[0]], &together);
    assert!(!twice.ok && twice.err.contains("1/3 is there already"), "{}", twice.err);
    let no_shard = merged(&[&whole], &together);
    assert!(!no_shard.ok && no_shard.err.contains("whole.json"), "{}", no_shard.err);
}

#[test]
fn clients_become_a_parquet_file() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("clients.parquet");
    let ran = run(&["--parquet", &path.to_string_lossy()]);
    assert!(ran.ok, "{}", ran.err);
    let reader = SerializedFileReader::new(std::fs::File::open(&path).expect("the file")).expect("a Parquet file");
    let about = reader.metadata().file_metadata();
    assert_eq!(about.num_rows(), 2 * 600, "a row for each client and arm");
    let names: Vec<&str> = about.schema().get_fields().iter().map(|field| field.name()).collect();
    for name in ["client", "world", "arm", "person.response", "motion-against-sham", "motion-against-sham.entry"] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing half written is left");
}

#[test]
fn what_cannot_be_run_is_told() {
    let told = |args: &[&str], what: &str| {
        let ran = xystra(args);
        assert!(!ran.ok && ran.err.contains(what), "{args:?}: {}", ran.err);
    };
    let study = trial();
    told(&["cohort", "run", &study, "--shard", "4/3", "--out", "x.json"], "such as 2/7");
    told(&["cohort", "run", &study, "--shard", "1/3"], "--shard needs --out");
    told(&["cohort", "run", &study, "--clients", "1"], "clients is 1");
    told(&["cohort", "run", &study, "--clients", "10", "--worlds", "20"], "worlds is 20");
    told(&["cohort", "run", "no-such-study"], "no such file, and no study");
    told(&["cohort", "merge", "no-such-file.json"], "no-such-file.json cannot be read");
    told(&["cohort", "merge"], "FILE");
    let plan = study.replace("shoulder-trial", "low-back.plan");
    told(&["cohort", "run", &plan], "add an [[endpoint]]");
}
