//! A backup is whole or refused; a restored record is equal.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xystra_store::backup::read_back;
use xystra_store::recording::Place;
use xystra_store::{Error, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

struct Made {
    home: Home,
    outside: TempDir,
    file: PathBuf,
    fingerprint: String,
}

async fn made() -> Made {
    let home = Home::new().await;
    let record = keep(&home.store, &home.scope, 1).await;
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    home.store.add_recording(&home.scope, place, "rim.csv", &[0, 255, 10, 13].repeat(80_000), START).await.unwrap();
    home.store.keep_draft(&home.scope, "note", 0, "tab", "text=half a sent", START).await.unwrap();
    home.store.sign_in(&home.scope, "cookie", START, START).await.unwrap();
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("xystra.backup");
    let fingerprint = home.store.fingerprint().await.unwrap();
    home.store.back_up(&file, "0.1.0", START).await.unwrap();
    Made { home, outside, file, fingerprint }
}

/// The lines of a backup, changed, written beside it.
fn changed(made: &Made, change: impl FnOnce(&mut Vec<String>)) -> PathBuf {
    let mut lines: Vec<String> = fs::read_to_string(&made.file).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    let file = made.outside.path().join("changed.backup");
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    file
}

fn refused(file: &Path) -> (usize, String) {
    match read_back(file) {
        Err(Error::Backup { file: named, line, reason }) if named == file => (line, reason),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_restored_store_is_equal() {
    let made = made().await;
    let empty = tempfile::tempdir().unwrap();
    let store = Store::open(empty.path(), START).await.unwrap();
    let contents = store.restore(&made.file).await.unwrap();
    assert_eq!(contents, read_back(&made.file).unwrap());
    assert_eq!(store.fingerprint().await.unwrap(), made.fingerprint);
    assert_eq!(store.verify_journal(&made.home.scope).await.unwrap(), Ok(14));
    let recording = store.recordings(&made.home.scope, 1).await.unwrap()[0].id;
    let bytes = store.recording_bytes(&made.home.scope, recording).await.unwrap();
    assert!(bytes == [0, 255, 10, 13].repeat(80_000));
    assert_eq!(store.signed_in("cookie").await.unwrap(), None, "a backup signs nobody in");
}

#[tokio::test]
async fn the_last_backup_is_remembered() {
    let made = made().await;
    let last = made.home.store.last_backup(&made.home.scope).await.unwrap().unwrap();
    let bytes = i64::try_from(fs::metadata(&made.file).unwrap().len()).unwrap();
    assert_eq!((last.made_at, last.bytes), (START, bytes));
    assert_eq!(made.home.store.journal(&made.home.scope, 1).await.unwrap()[0].action, "backup");
    assert!(!made.outside.path().join("xystra.backup.part").exists());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_backup() {
    use std::os::unix::fs::PermissionsExt;
    let made = made().await;
    assert_eq!(fs::metadata(&made.file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn a_damaged_backup_is_refused_with_its_line() {
    let made = made().await;
    let lines = fs::read_to_string(&made.file).unwrap().lines().count();
    let damaged = changed(&made, |lines| lines[9] = lines[9].replacen("Synthetic", "Synthesis", 1));
    let swapped = changed(&made, |lines| lines.swap(10, 11));
    for file in [damaged, swapped] {
        let (line, reason) = refused(&file);
        assert_eq!(line, lines);
        assert!(reason.contains("changed or damaged"), "{reason}");
    }
}

#[tokio::test]
async fn a_backup_that_ends_too_early_or_too_late_is_refused() {
    let made = made().await;
    let lines = fs::read_to_string(&made.file).unwrap().lines().count();
    let (line, reason) = refused(&changed(&made, |lines| drop(lines.pop())));
    assert_eq!(line, lines - 1);
    assert!(reason.contains("ends too early"), "{reason}");
    let (line, reason) = refused(&changed(&made, |lines| lines.push("[]".into())));
    assert_eq!(line, lines + 1);
    assert!(reason.contains("follows the last line"), "{reason}");
    let half = fs::read(&made.file).unwrap();
    let file = made.outside.path().join("half.backup");
    fs::write(&file, &half[..half.len() / 2]).unwrap();
    assert!(refused(&file).1.contains("ends too early"));
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let made = made().await;
    let other = changed(&made, |lines| lines[0] = "{\"hello\":1}".into());
    assert_eq!(refused(&other), (1, "this is not a backup of xystra".into()));
    let newer = changed(&made, |lines| lines[0] = lines[0].replace("\"schema\":1", "\"schema\":9"));
    assert!(refused(&newer).1.contains("schema 9"), "{:?}", refused(&newer));
    let picture = made.outside.path().join("picture.png");
    fs::write(&picture, [0x89, b'P', b'N', b'G', 0xff, b'\n']).unwrap();
    assert!(refused(&picture).1.contains("no text"));
    let nowhere = made.outside.path().join("nowhere");
    assert!(matches!(read_back(&nowhere), Err(Error::Io { path, .. }) if path == nowhere));
}

#[tokio::test]
async fn a_refused_backup_leaves_the_folder_empty() {
    let made = made().await;
    let damaged = changed(&made, |lines| lines.swap(10, 11));
    let empty = tempfile::tempdir().unwrap();
    let store = Store::open(empty.path(), START).await.unwrap();
    assert!(store.restore(&damaged).await.is_err());
    assert!(!store.has_practice().await.unwrap());
    store.restore(&made.file).await.unwrap();
}

#[tokio::test]
async fn a_folder_that_holds_a_practice_is_not_restored_into() {
    let made = made().await;
    let before = made.home.store.fingerprint().await.unwrap();
    let error = made.home.store.restore(&made.file).await.unwrap_err();
    assert!(error.to_string().contains("restore into an empty folder"), "{error}");
    assert_eq!(made.home.store.fingerprint().await.unwrap(), before);
}

#[tokio::test]
async fn a_backup_that_cannot_be_written_leaves_nothing_behind() {
    let made = made().await;
    let file = made.outside.path().join("no").join("such").join("folder.backup");
    assert!(matches!(made.home.store.back_up(&file, "0.1.0", START).await, Err(Error::Io { .. })));
    assert_eq!(fs::read_dir(made.outside.path()).unwrap().count(), 1);
}
