//! A backup is whole or refused; a restored practice is equal.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use xystra_dose::read::Reading;
use xystra_store::backup::read_back;
use xystra_store::recording::Place;
use xystra_store::shelf::{Shelf, name};
use xystra_store::{Error, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

const CONTENT: [u8; 4] = [0, 255, 10, 13];

struct Made {
    outside: TempDir,
    file: PathBuf,
    fingerprint: String,
}

/// A backup of everything that a practice can keep.
async fn made(home: &Home) -> Made {
    let record = keep(&home.store, &home.scope, 1).await;
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    home.store
        .add_recording(&home.scope, place, "rim.csv", &CONTENT.repeat(80_000), &Reading::default(), START)
        .await
        .unwrap();
    home.store.keep_tool_reading(&home.scope, "The long one", &Reading::default(), START).await.unwrap();
    home.store.keep_draft(&home.scope, "note", 0, "tab", "text=half a sent", START).await.unwrap();
    home.store.sign_in(&home.scope, "cookie", "", START, START).await.unwrap();
    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("xystra.backup");
    let fingerprint = home.store.fingerprint(&home.scope).await.unwrap();
    home.store.back_up(&home.scope, &file, "0.1.0", START).await.unwrap();
    Made { outside, file, fingerprint }
}

/// The lines of a backup, changed, written beside it.
fn changed(made: &Made, change: impl FnOnce(&mut Vec<String>)) -> PathBuf {
    let mut lines: Vec<String> = fs::read_to_string(&made.file).unwrap().lines().map(str::to_owned).collect();
    change(&mut lines);
    let file = made.outside.path().join("changed.backup");
    fs::write(&file, lines.join("\n") + "\n").unwrap();
    file
}

/// The same with an ending that fits, as only somebody who means it would write.
fn forged(made: &Made, change: impl FnOnce(&mut Vec<String>)) -> PathBuf {
    use sha2::{Digest, Sha256};
    changed(made, |lines| {
        lines.pop();
        change(lines);
        let rows = lines.iter().filter(|line| line.starts_with('[')).count();
        let digest = Sha256::digest(lines.join("\n") + "\n");
        let sha256 = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        lines.push(format!("{{\"rows\":{rows},\"sha256\":\"{sha256}\"}}"));
    })
}

fn refused(file: &Path) -> (usize, String) {
    match read_back(file) {
        Err(Error::Backup { file: named, line, reason }) if named == file => (line, reason),
        other => panic!("{other:?}"),
    }
}

async fn empty_still(store: &Store) -> bool {
    store.practices().await.unwrap().is_empty()
}

pub(crate) async fn a_restored_practice_is_equal(home: &Home) {
    let made = made(home).await;
    let empty = home.empty().await;
    let contents = empty.store.restore(&made.file, START).await.unwrap();
    assert_eq!(contents, read_back(&made.file).unwrap());
    assert_eq!(empty.store.fingerprint(&home.scope).await.unwrap(), made.fingerprint);
    let rows = home.store.verify_journal(&home.scope).await.unwrap().unwrap();
    let without_the_backups_own = rows - 1;
    assert_eq!(empty.store.verify_journal(&home.scope).await.unwrap(), Ok(without_the_backups_own));
    let recording = empty.store.recordings(&home.scope, 1).await.unwrap()[0].id;
    assert!(empty.store.recording_bytes(&home.scope, recording).await.unwrap() == CONTENT.repeat(80_000));
    assert_eq!(empty.store.find_clients(&home.scope, "0555 0001", 9).await.unwrap().len(), 1, "clients are indexed");
    assert_eq!(empty.store.signed_in("cookie").await.unwrap(), None, "a backup signs nobody in");
}

pub(crate) async fn the_last_backup_is_remembered(home: &Home) {
    use std::os::unix::fs::PermissionsExt;
    let made = made(home).await;
    let last = home.store.last_backup(&home.scope).await.unwrap().unwrap();
    let written = fs::metadata(&made.file).unwrap();
    assert_eq!((last.made_at, last.bytes), (START, i64::try_from(written.len()).unwrap()));
    assert_eq!(written.permissions().mode() & 0o777, 0o600, "only its owner may read it");
    assert_eq!(home.store.journal(&home.scope, None, 1).await.unwrap()[0].action, "backup");
    assert!(!made.outside.path().join("xystra.backup.part").exists());
}

pub(crate) async fn a_damaged_backup_is_refused_with_its_line(home: &Home) {
    let made = made(home).await;
    let text = fs::read_to_string(&made.file).unwrap();
    let named = text.lines().position(|line| line.contains("Synthetic")).expect("a synthetic client");
    let damaged = changed(&made, |lines| lines[named] = lines[named].replacen("Synthetic", "Synthesis", 1));
    let swapped = changed(&made, |lines| lines.swap(named, named + 1));
    for file in [damaged, swapped] {
        let (line, reason) = refused(&file);
        assert_eq!(line, text.lines().count());
        assert!(reason.contains("changed or damaged"), "{reason}");
    }
}

pub(crate) async fn a_backup_that_ends_too_early_or_too_late_is_refused(home: &Home) {
    let made = made(home).await;
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

pub(crate) async fn what_is_no_backup_is_refused(home: &Home) {
    let made = made(home).await;
    let other = changed(&made, |lines| lines[0] = "{\"hello\":1}".into());
    assert_eq!(refused(&other), (1, "this is not a backup of xystra".into()));
    let schema = format!("\"schema\":{}", home.store.schema());
    let newer = changed(&made, |lines| lines[0] = lines[0].replace(&schema, "\"schema\":999"));
    assert!(refused(&newer).1.contains("schema 999"), "{:?}", refused(&newer));
    let picture = made.outside.path().join("picture.png");
    fs::write(&picture, [0x89, b'P', b'N', b'G', 0xff, b'\n']).unwrap();
    assert!(refused(&picture).1.contains("no text"));
    let nowhere = made.outside.path().join("nowhere");
    assert!(matches!(read_back(&nowhere), Err(Error::Io { path, .. }) if path == nowhere));
}

pub(crate) async fn a_refused_backup_leaves_nothing_behind(home: &Home) {
    let made = made(home).await;
    let damaged = changed(&made, |lines| lines.swap(10, 11));
    let unfit = forged(&made, |lines| {
        let last = lines.iter().rposition(|line| line.starts_with('[')).unwrap();
        lines[last] = "[7]".into();
    });
    let empty = home.empty().await;
    for file in [damaged, unfit] {
        assert!(matches!(empty.store.restore(&file, START).await, Err(Error::Backup { .. })));
        assert!(empty_still(&empty.store).await);
    }
    empty.store.restore(&made.file, START).await.unwrap();
}

pub(crate) async fn a_practice_that_is_here_already_is_not_restored(home: &Home) {
    let made = made(home).await;
    let before = home.store.fingerprint(&home.scope).await.unwrap();
    let error = home.store.restore(&made.file, START).await.unwrap_err();
    assert!(matches!(error, Error::Held), "{error}");
    assert_eq!(home.store.fingerprint(&home.scope).await.unwrap(), before);
}

pub(crate) async fn a_login_that_is_taken_is_named_and_nothing_is_restored(home: &Home) {
    let made = made(home).await;
    let other = home.another().await;
    let error = other.store.restore(&made.file, START).await.unwrap_err();
    assert!(matches!(&error, Error::LoginTaken { login } if login == "owner"), "{error}");
    assert_eq!(other.store.practices().await.unwrap().len(), 1);
}

pub(crate) async fn a_backup_holds_one_practice_and_no_row_of_another(home: &Home) {
    let theirs = home.second_practice().await;
    let other = keep(&home.store, &theirs, 7).await;
    let made = made(home).await;
    let text = fs::read_to_string(&made.file).unwrap();
    for id in [theirs.practice().to_string(), other.client_id.to_string(), "Other therapist".to_owned()] {
        assert!(!text.contains(&id), "{id} stands in a backup of another practice");
    }
    let empty = home.empty().await;
    empty.store.restore(&made.file, START).await.unwrap();
    let file = made.outside.path().join("theirs.backup");
    home.store.back_up(&theirs, &file, "0.1.0", START).await.unwrap();
    empty.store.restore(&file, START).await.unwrap();
    let names: Vec<String> = empty.store.practices().await.unwrap().into_iter().map(|held| held.owner.login).collect();
    assert_eq!(names, ["owner", "other"], "both live in one database again");
    assert_eq!(empty.store.fingerprint(&home.scope).await.unwrap(), made.fingerprint);
    assert!(empty.store.verify_journal(&theirs).await.unwrap().is_ok());
}

pub(crate) async fn a_row_of_another_practice_is_refused(home: &Home) {
    let made = made(home).await;
    let there = home.empty().await;
    let (mine, theirs) = (home.scope.practice().to_string(), uuid::Uuid::now_v7().to_string());
    let reaching = forged(&made, |lines| {
        let last = lines.iter().rposition(|line| line.starts_with('[')).unwrap();
        lines[last] = lines[last].replacen(&mine, &theirs, 1);
    });
    let error = there.store.restore(&reaching, START).await.unwrap_err();
    assert!(error.to_string().contains("a row of another practice"), "{error}");
    assert!(empty_still(&there.store).await);
}

pub(crate) async fn a_backup_that_cannot_be_written_leaves_nothing_behind(home: &Home) {
    let made = made(home).await;
    let file = made.outside.path().join("no").join("such").join("folder.backup");
    let written = home.store.back_up(&home.scope, &file, "0.1.0", START).await;
    assert!(matches!(written, Err(Error::Io { .. })));
    assert_eq!(fs::read_dir(made.outside.path()).unwrap().count(), 1);
}

pub(crate) async fn the_shelf_of_a_practice_holds_its_own_backups(home: &Home) {
    let theirs = home.second_practice().await;
    let all = home.store.folder().join("backups");
    fs::create_dir_all(&all).unwrap();
    let from_before = all.join(name(START));
    home.store.back_up(&home.scope, &from_before, "0.1.0", START).await.unwrap();
    let contents = home.store.back_up_nightly(&theirs, "0.1.0", 14, START).await.unwrap();
    assert!(contents.rows > 2);

    let (mine, other) = (Shelf::of(&home.store, &home.scope), Shelf::of(&home.store, &theirs));
    assert_eq!(mine.list().iter().map(|kept| kept.name.clone()).collect::<Vec<_>>(), [name(START)]);
    assert!(!from_before.exists(), "it was put onto the shelf of its practice");
    assert_eq!(other.list().len(), 1);
    assert_eq!(other.file(&name(START)), None, "a name leads to no other practice's backup");
}
