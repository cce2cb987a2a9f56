//! The data folder: what cannot be used is named, with what to do, and nothing is written to it.

use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use xystra_store::{Error, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

async fn refused(folder: &Path) -> Error {
    Store::open(folder, START).await.expect_err("a refusal")
}

#[tokio::test]
async fn what_was_kept_is_there_after_closing() {
    let home = Home::new().await;
    let record = keep(&home.store, &home.scope, 1).await;
    let (scope, before) = (home.scope.clone(), home.store.fingerprint(&home.scope).await.unwrap());
    let folder = home.close().await;
    let store = Store::open(folder.path(), START).await.unwrap();
    assert_eq!(store.fingerprint(&scope).await.unwrap(), before);
    assert_eq!(store.record(&scope, record.episode).await.unwrap().notes.len(), 1);
    assert_eq!(store.folder(), folder.path());
}

#[tokio::test]
async fn a_folder_in_use_is_refused_and_free_again_after_closing() {
    let home = Home::new().await;
    let error = refused(home.store.folder()).await;
    assert!(matches!(error, Error::InUse { .. }), "{error}");
    assert!(error.to_string().ends_with("another xystra is using this folder: stop it first"));
    let folder = home.close().await;
    Store::open(folder.path(), START).await.unwrap();
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("xystra.db");
    fs::write(&file, "Dear diary, ".repeat(1000)).unwrap();
    let error = refused(folder.path()).await;
    assert!(matches!(&error, Error::Corrupt { file: named, .. } if *named == file), "{error}");
    assert!(error.to_string().contains("restore the last backup"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "Dear diary, ".repeat(1000), "it was written to");
}

#[tokio::test]
async fn a_damaged_page_is_refused_by_name() {
    let home = Home::new().await;
    keep(&home.store, &home.scope, 1).await;
    let file = home.file();
    let folder = home.close().await;
    let mut open = OpenOptions::new().write(true).open(&file).unwrap();
    open.seek(SeekFrom::Start(4096)).unwrap();
    open.write_all(&[0; 4096]).unwrap();
    let error = refused(folder.path()).await;
    assert!(matches!(&error, Error::Corrupt { file: named, .. } if *named == file), "{error}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_or_written_is_named() {
    let parent = tempfile::tempdir().unwrap();
    let taken = parent.path().join("taken");
    fs::write(&taken, "a file").unwrap();
    let error = refused(&taken).await;
    assert!(matches!(&error, Error::Folder { folder, .. } if *folder == taken), "{error}");
    assert!(error.to_string().contains("--data"), "{error}");

    let unwritable = parent.path().join("unwritable");
    fs::create_dir_all(unwritable.join("xystra.lock")).unwrap();
    let error = refused(&unwritable).await;
    assert!(error.to_string().contains("cannot be written"), "{error}");

    let closed = parent.path().join("closed");
    fs::create_dir_all(closed.join("xystra.db")).unwrap();
    let error = refused(&closed).await;
    assert!(error.to_string().contains("xystra.db: cannot be opened"), "{error}");
}

/// The super-user may write everywhere, so there this can only show that the folder still works.
#[cfg(unix)]
#[tokio::test]
async fn a_read_only_folder_is_refused_or_writable_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let writable = fs::write(folder.path().join("probe"), "").is_ok();
    match Store::open(folder.path(), START).await {
        Ok(_) => assert!(writable, "opened although nothing can be written"),
        Err(error) => assert!(!writable && error.to_string().contains("make it writable"), "{error}"),
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_folder_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("data");
    Store::open(&folder, START).await.unwrap();
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}
