//! Backup, restore, verify, recover and the refusals, from the command line.

use std::path::Path;

use jiff::Timestamp;
use xystra_store::{NewOwner, Store};

use crate::run::xystra;

/// A data folder with a practice in it.
pub(crate) fn practice(folder: &Path) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let now = Timestamp::now();
        let store = Store::open(folder, now).await.expect("a store");
        store.found_practice(&NewOwner::example(), now).await.expect("an owner");
        store.close().await;
    });
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The word after `fingerprint` in what `verify` prints.
fn fingerprint(out: &str) -> &str {
    out.split("fingerprint ").nth(1).expect("a fingerprint").trim()
}

#[test]
fn a_restored_record_is_equal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    let file = folder.path().join("kept.xystra");
    practice(&here);
    assert!(xystra(&["backup", &text(&file), "--data", &text(&here)]).ok);
    assert!(xystra(&["verify", &text(&file)]).ok);
    let restored = xystra(&["restore", &text(&file), "--data", &text(&there)]);
    assert!(restored.ok, "{}", restored.err);
    let again = folder.path().join("again.xystra");
    assert!(xystra(&["backup", &text(&again), "--data", &text(&there)]).ok);
    let rows = |file: &Path| {
        let kept = std::fs::read_to_string(file).expect("a backup");
        kept.lines()
            .filter(|line| line.contains("example") || line.contains("Example"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(rows(&file), rows(&again));
    assert!(!rows(&file).is_empty());
}

#[test]
fn a_folder_with_a_record_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, file) = (folder.path().join("here"), folder.path().join("kept.xystra"));
    practice(&here);
    assert!(xystra(&["backup", &text(&file), "--data", &text(&here)]).ok);
    let refused = xystra(&["restore", &text(&file), "--data", &text(&here)]);
    assert!(!refused.ok && refused.err.contains("here already"), "{}", refused.err);
}

#[test]
fn a_changed_backup_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, file) = (folder.path().join("here"), folder.path().join("kept.xystra"));
    practice(&here);
    assert!(xystra(&["backup", &text(&file), "--data", &text(&here)]).ok);
    let kept = std::fs::read_to_string(&file).expect("a backup");
    std::fs::write(&file, kept.replace("Example therapist", "Another therapist")).expect("a file");
    let refused = xystra(&["verify", &text(&file)]);
    assert!(!refused.ok && refused.err.contains("kept.xystra"), "{}", refused.err);
}

#[test]
fn a_locked_out_owner_gets_a_new_password() {
    let folder = tempfile::tempdir().expect("a folder");
    practice(folder.path());
    let recovered = xystra(&["recover", "--data", &text(folder.path())]);
    assert!(recovered.ok && recovered.out.contains("owner") && recovered.out.contains("password"), "{}", recovered.err);
    let verified = xystra(&["verify", "--data", &text(folder.path())]);
    assert!(verified.ok && verified.out.contains("whole"), "{}", verified.err);
    assert_eq!(fingerprint(&verified.out).len(), 64);
}

#[test]
fn a_folder_that_holds_no_record_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["backup", "verify"] {
        let data = text(&folder.path().join("nothing"));
        let args = if command == "backup" {
            vec!["backup", "x.xystra", "--data", &data]
        } else {
            vec!["verify", "--data", &data]
        };
        let refused = xystra(&args);
        assert!(!refused.ok && refused.err.contains("no record"), "{}", refused.err);
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("xystra.db"),
        "this is no database at all, only some words in a file ".repeat(40),
    )
    .expect("a file");
    let refused = xystra(&["serve", "--data", &text(folder.path()), "--listen", "127.0.0.1:0"]);
    assert!(!refused.ok && refused.err.contains("xystra.db") && refused.err.contains("restore"), "{}", refused.err);
}
