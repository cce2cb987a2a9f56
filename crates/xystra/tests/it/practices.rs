//! Several practices in one database, moved between databases, from the command line.

use std::path::Path;

use sqlx::{AnyConnection, AssertSqlSafe, Connection};

use crate::keep::practice;
use crate::run::{Ran, xystra};

/// Runs it in a data folder; it has to succeed.
fn fine(folder: &Path, args: &[&str]) -> String {
    let ran = run(folder, args);
    assert!(ran.ok, "{args:?}: {}", ran.err);
    ran.out
}

fn run(folder: &Path, args: &[&str]) -> Ran {
    let folder = folder.to_string_lossy();
    xystra(&[args, &["--data", &folder]].concat())
}

fn add(folder: &Path, name: &str, login: &str) -> Ran {
    run(folder, &["practice", "add", "--name", name, "--login", login, "--person", "Another therapist"])
}

/// The word after `fingerprint` in what `verify` prints of the first practice.
fn fingerprint(out: &str) -> String {
    out.split("fingerprint ").nth(1).and_then(|rest| rest.split_whitespace().next()).expect("a fingerprint").to_owned()
}

/// A new database on the test server, or nothing where there is none.
fn database() -> Option<String> {
    let Ok(server) = std::env::var("XYSTRA_TEST_POSTGRES") else {
        println!("not tested on PostgreSQL: XYSTRA_TEST_POSTGRES names no server (cargo xtask test starts one)");
        return None;
    };
    let name = format!("program_{}", uuid::Uuid::now_v7().simple());
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        sqlx::any::install_default_drivers();
        let mut admin = AnyConnection::connect(&server).await.expect("the server");
        let statement = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(statement).execute(&mut admin).await.expect("a database");
    });
    Some(format!("{}/{name}", server.rsplit_once('/').expect("an address").0))
}

#[test]
fn a_second_practice_is_added_and_then_has_to_be_named() {
    let folder = tempfile::tempdir().expect("a folder");
    practice(folder.path());
    let added = add(folder.path(), "River Street", "River");
    assert!(added.ok && added.out.contains("sign in as   river") && added.out.contains("password"), "{}", added.err);
    let listed = fine(folder.path(), &["practice", "list"]);
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let taken = add(folder.path(), "Hill Street", "RIVER");
    assert!(!taken.ok && taken.err.contains("login river is taken"), "{}", taken.err);

    let file = folder.path().join("kept.xystra").to_string_lossy().into_owned();
    for command in [vec!["backup", &file], vec!["recover"]] {
        let refused = run(folder.path(), &command);
        assert!(
            !refused.ok && refused.err.contains("--practice") && refused.err.contains("River Street"),
            "{}",
            refused.err
        );
        fine(folder.path(), &[command, vec!["--practice", "river street"]].concat());
    }
    let kept = std::fs::read_to_string(&file).expect("a backup");
    assert!(kept.contains("River Street") && !kept.contains("Example therapist"), "only its own rows");
    let unknown = run(folder.path(), &["recover", "--practice", "Hill Street"]);
    assert!(!unknown.ok && unknown.err.contains("no practice of that name"), "{}", unknown.err);
}

#[test]
fn a_practice_moves_to_another_folder_and_is_left_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("here"), folder.path().join("there"));
    practice(&here);
    let before = fingerprint(&fine(&here, &["verify"]));
    let moved = fine(&here, &["move", "--to-data", &there.to_string_lossy()]);
    assert!(moved.contains(&before) && moved.contains("still where it was"), "{moved}");
    for side in [&here, &there] {
        assert_eq!(fingerprint(&fine(side, &["verify"])), before);
    }
    let again = run(&here, &["move", "--to-data", &there.to_string_lossy()]);
    assert!(!again.ok && again.err.contains("here already"), "{}", again.err);
    let nowhere = run(&here, &["move"]);
    assert!(!nowhere.ok && nowhere.err.contains("--to-data"), "{}", nowhere.err);
}

#[test]
fn a_practice_moves_to_a_server_and_back() {
    let Some(address) = database() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (here, back) = (folder.path().join("here"), folder.path().join("back"));
    practice(&here);
    let before = fingerprint(&fine(&here, &["verify"]));
    let moved = fine(&here, &["move", "--to", &address]);
    assert!(moved.contains("from SQLite to PostgreSQL") && moved.contains(&before), "{moved}");
    assert_eq!(fingerprint(&fine(&here, &["verify", "--database", &address])), before);
    fine(&here, &["move", "--database", &address, "--to-data", &back.to_string_lossy()]);
    assert_eq!(fingerprint(&fine(&back, &["verify"])), before);
    let recovered = fine(&here, &["recover", "--database", &address]);
    assert!(recovered.contains("password"), "{recovered}");
}

#[test]
fn a_database_that_cannot_be_reached_is_said_without_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    for address in [
        "postgres://clinic:open-sesame@127.0.0.1:1/record",
        "postgres://clinic:open-sesame@127.0.0.1:port/record",
        "mysql://clinic:open-sesame@127.0.0.1/record",
        "clinic:open-sesame@127.0.0.1/record",
    ] {
        let refused = run(folder.path(), &["verify", "--database", address]);
        assert!(!refused.ok && refused.err.contains("database"), "{}", refused.err);
        assert!(!refused.err.contains("sesame") && !refused.out.contains("sesame"), "{}", refused.err);
    }
}
