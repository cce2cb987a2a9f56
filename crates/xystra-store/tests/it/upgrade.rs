//! What every released program left is read by this one. For each released schema, `fixtures` holds a database
//! (`schema-N.sql`, as the `.dump` of sqlite3 writes it) and a backup (`schema-N.xystra`), both made by the program that had
//! that schema.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use xystra_store::{Scope, Store};
use xystra_testkit::START;

use crate::home::Home;
use crate::postgres::connect;

/// The rows of each table, each row a text; with the columns that are compared.
type Tables = BTreeMap<String, (Vec<String>, Vec<String>)>;

fn fixture(schema: i64, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(format!("schema-{schema}.{ending}"))
}

/// Every schema but today's was released.
async fn released() -> std::ops::Range<i64> {
    1..Home::sqlite_empty().await.store.schema()
}

async fn open(file: &Path) -> AnyConnection {
    connect(&format!("sqlite://{}?mode=rwc", file.display())).await
}

async fn texts(database: &mut AnyConnection, statement: String) -> Vec<String> {
    let rows: Vec<(String,)> = sqlx::query_as(AssertSqlSafe(statement)).fetch_all(database).await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

/// The columns of every table.
async fn columns(database: &mut AnyConnection) -> BTreeMap<String, Vec<String>> {
    let names =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_version', 'sqlite_stat1')";
    let mut columns = BTreeMap::new();
    for table in texts(database, names.to_owned()).await {
        let of_table = format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid");
        columns.insert(table, texts(database, of_table).await);
    }
    columns
}

/// Every row of these columns, in an order of its own.
async fn rows(database: &mut AnyConnection, columns: &BTreeMap<String, Vec<String>>) -> Tables {
    let mut tables = Tables::new();
    for (table, columns) in columns {
        let cells: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let statement = format!("SELECT {} FROM {table} ORDER BY 1", cells.join(" || ' ' || "));
        tables.insert(table.clone(), (columns.clone(), texts(database, statement).await));
    }
    tables
}

/// The rows of a backup, as far as the columns of `like` go.
fn backed_up(file: &Path, like: Option<&Tables>) -> Tables {
    let mut tables = Tables::new();
    let (mut name, mut places) = (String::new(), Vec::new());
    for line in fs::read_to_string(file).unwrap().lines() {
        match serde_json::from_str(line).unwrap() {
            Value::Object(heading) if heading.contains_key("table") => {
                name = heading["table"].as_str().unwrap().into();
                let there: Vec<String> = serde_json::from_value(heading["columns"].clone()).unwrap();
                let wanted =
                    like.map_or(Some(there.clone()), |like| like.get(&name).map(|(columns, _)| columns.clone()));
                places =
                    wanted.iter().flatten().map(|column| there.iter().position(|c| c == column).unwrap()).collect();
                tables.extend(wanted.map(|columns| (name.clone(), (columns, Vec::new()))));
            }
            Value::Array(row) => {
                let cells: Vec<&Value> = places.iter().map(|place| &row[*place]).collect();
                tables.get_mut(&name).unwrap().1.push(format!("{cells:?}"));
            }
            _ => {}
        }
    }
    for (_, rows) in tables.values_mut() {
        rows.sort();
    }
    tables
}

/// A former program's practice is whole and goes on.
async fn lives(store: &Store) {
    let owner = store.owner().await.unwrap().expect("an owner");
    let scope = Scope::of(&owner);
    assert!(store.verify_journal(&scope).await.unwrap().is_ok());
    assert_eq!(store.find_clients(&scope, "example.org", 9).await.unwrap().len(), 1, "clients are indexed");
    assert_eq!(store.count_clients(&scope).await.unwrap(), 2);
    let recording = &store.recordings(&scope, 9).await.unwrap()[0];
    assert_eq!(store.recording_bytes(&scope, recording.id).await.unwrap(), [0, 255, 10, 13].repeat(100));
    crate::home::keep(store, &scope, 9).await;
    assert!(store.verify_journal(&scope).await.unwrap().is_ok());
}

/// A new migration needs the fixtures of the schema before it, made by the last program that had it.
#[tokio::test]
async fn every_released_schema_has_its_fixtures() {
    let released = released().await;
    assert!(released.contains(&1));
    for schema in released {
        for ending in ["sql", "xystra"] {
            let file = fixture(schema, ending);
            assert!(file.exists(), "{}: make it with the last program of schema {schema}", file.display());
        }
    }
}

#[tokio::test]
async fn a_database_of_every_released_schema_is_upgraded_with_every_row() {
    for schema in released().await {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("xystra.db");
        let mut before = open(&file).await;
        let dump = fs::read_to_string(fixture(schema, "sql")).unwrap();
        sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut before).await.unwrap();
        let columns = columns(&mut before).await;
        let old = rows(&mut before, &columns).await;
        before.close().await.unwrap();
        assert!(
            columns.len() >= 10 && old.values().all(|(_, rows)| !rows.is_empty()),
            "a table without a row: {old:?}"
        );

        let store = Store::open(folder.path(), START).await.unwrap();
        let mut after = open(&file).await;
        assert_eq!(rows(&mut after, &columns).await, old, "schema {schema}");
        after.close().await.unwrap();
        lives(&store).await;
    }
}

/// Restores each released schema's backup here, makes one anew and compares both.
async fn restored_with_every_row(store: &Store, schema: i64) {
    let file = fixture(schema, "xystra");
    store.restore(&file, START).await.unwrap();
    let scope = Scope::of(&store.owner().await.unwrap().unwrap());
    let again = store.folder().join("again.xystra");
    store.back_up(&scope, &again, "0.1.0", START).await.unwrap();
    let old = backed_up(&file, None);
    assert!(old.values().all(|(_, rows)| !rows.is_empty()), "a table without a row: {old:?}");
    assert_eq!(backed_up(&again, Some(&old)), old, "schema {schema}");
    lives(store).await;
}

#[tokio::test]
async fn a_backup_of_every_released_schema_is_restored_on_sqlite() {
    for schema in released().await {
        restored_with_every_row(&Home::sqlite_empty().await.store, schema).await;
    }
}

#[tokio::test]
async fn a_backup_of_every_released_schema_is_restored_on_postgres() {
    for schema in released().await {
        let Some(empty) = Home::postgres_empty().await else { return };
        restored_with_every_row(&empty.store, schema).await;
    }
}

/// What a database of a released schema says of its tables and indexes.
async fn statements(schema: i64) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut released = open(&folder.path().join("released.db")).await;
    let dump = fs::read_to_string(fixture(schema, "sql")).unwrap();
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut released).await.unwrap();
    let made = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name <> 'schema_version'";
    texts(&mut released, made.to_owned()).await
}

/// A migration that was released is never edited: a database that it made would differ from one made today.
#[tokio::test]
async fn the_first_migration_is_as_it_was_released() {
    let statements = statements(1).await;
    assert!(statements.len() > 15, "{} statements", statements.len());
    let migration = include_str!("../../migrations/0001_first.sql");
    for statement in statements {
        assert!(migration.contains(&statement), "{statement}");
    }
}

#[tokio::test]
async fn the_second_migration_is_as_it_was_released() {
    let (first, second) = (statements(1).await, statements(2).await);
    let names = |statement: &String| statement.split('(').next().unwrap_or_default().trim().to_owned();
    let new = second.iter().filter(|statement| !first.iter().any(|old| names(old) == names(statement)));
    let migration = include_str!("../../migrations/0002_clinic.sql");
    let mut count = 0;
    for statement in new {
        assert!(migration.contains(statement.as_str()), "{statement}");
        count += 1;
    }
    assert!(count >= 10, "{count} new statements");
}
