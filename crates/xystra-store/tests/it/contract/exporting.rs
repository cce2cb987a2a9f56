use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use xystra_care::practice::Practice;
use xystra_dose::read::Reading;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, Error, Scope, Store};
use xystra_testkit::{START, bodies};

use crate::home::{Home, keep};

/// Rows of a table from its JSON lines.
fn lines(folder: &Path, table: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(format!("jsonl/{table}.jsonl"))).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Rows of a table from its CSV, by the names of its first row.
fn cells(folder: &Path, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut csv = csv::Reader::from_path(folder.join(format!("csv/{table}.csv"))).unwrap();
    csv.deserialize().map(|row| row.unwrap()).collect()
}

async fn export(store: &Store, scope: &Scope, folder: &Path) -> xystra_store::export::Figures {
    store.export_tables(scope, folder, "0.1.0", START).await.unwrap()
}

/// Every kind of entry with every field said, kept as the pages would have kept it.
async fn say_everything(home: &Home) {
    let record = keep(&home.store, &home.scope, 1).await;
    let (practice, account) = (home.scope.practice(), home.scope.author().account);
    for (number, (step, body)) in bodies().into_iter().enumerate() {
        let body = body.to_string().replace('\'', "''");
        home.raw(&format!(
            "INSERT INTO entry (practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, \
             recorded_at, happened_at, struck, body) VALUES ('{practice}', 'entry-{number}', 'thread-{number}', 1, 1, '{step}', \
             '{}', '{}', '{account}', '=Example', 0, 0, 0, '{body}')",
            record.client_id, record.episode
        ))
        .await;
    }
}

pub(crate) async fn everything_comes_out_as_csv_and_as_json_lines(home: &Home) {
    say_everything(home).await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    let figures = export(&home.store, &home.scope, &folder).await;
    let tables: Vec<String> = fs::read_dir(folder.join("csv"))
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(figures.tables, tables.len() as u64);
    let mut rows = 0;
    for table in &tables {
        let (csv, json) = (cells(&folder, table), lines(&folder, table));
        assert_eq!(csv.len(), json.len(), "{table}");
        rows += csv.len() as u64;
        for (csv, json) in csv.iter().zip(&json) {
            let names: Vec<&String> = json.as_object().unwrap().keys().collect();
            assert_eq!(names, csv.keys().collect::<Vec<_>>(), "{table}");
            let other = json.get("other").unwrap_or(&Value::Null);
            assert_eq!(other, &Value::Null, "{table}: something has no column");
        }
    }
    assert_eq!(figures.rows, rows);
    assert_eq!(figures.files, 2 * figures.tables + 2);
    for (step, _) in bodies() {
        assert!(lines(&folder, step).iter().any(|row| row["author_name"] == "=Example"), "{step}");
    }
    assert!(!fs::read_to_string(folder.join("README.md")).unwrap().is_empty());
}

pub(crate) async fn a_body_is_taken_apart_into_columns_and_rows(home: &Home) {
    say_everything(home).await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    export(&home.store, &home.scope, &folder).await;
    let full = |table: &str| cells(&folder, table).into_iter().find(|row| row["author_name"] == "'=Example").unwrap();
    let client = full("client");
    assert_eq!(client["allergies"], "nickel; lanolin");
    assert_eq!((client["phone"].as_str(), client["remarks"].as_str()), ("'+49 555 0101", "'=Comes by bicycle"));
    assert_eq!((client["emergency.name"].as_str(), client["synthetic"].as_str()), ("Demo contact", "true"));
    let json = lines(&folder, "client").into_iter().find(|row| row["author_name"] == "=Example").unwrap();
    assert_eq!(json["allergies"], serde_json::json!(["nickel", "lanolin"]));
    assert_eq!(json["remarks"], "=Comes by bicycle", "JSON lines are left as they are");
    let session = full("session")["entry_id"].clone();
    let done: Vec<_> =
        cells(&folder, "session_applications").into_iter().filter(|row| row["entry_id"] == session).collect();
    let forces: Vec<_> =
        done.iter().map(|row| (row["index"].as_str(), row["force"].as_str(), row["force.banded"].as_str())).collect();
    assert_eq!(forces, [("0", "guessed", ""), ("1", "", "low"), ("2", "", "")]);
    assert!(!done[2]["force.measured"].is_empty());
    let scores = cells(&folder, "measurement_activities");
    assert_eq!((scores[0]["activity"].as_str(), scores[0]["score"].as_str()), ("Lifting a full cup", "3.5"));
    let answer = cells(&folder, "screening_answers").into_iter().find(|row| row["item"] == "scar").unwrap();
    assert_eq!((answer["yes"].as_str(), answer["remark"].as_str()), ("true", "an old scar"));
}

pub(crate) async fn older_versions_and_struck_ones_come_out_and_say_so(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let record = keep(store, scope, 1).await;
    let mut batch = Batch::default();
    batch.strike(&record.notes[0], About::episode(record.client_id, record.episode), "another client's");
    store.save(scope, &batch, START).await.unwrap();
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    export(store, scope, &folder).await;
    let notes = cells(&folder, "note");
    let told: Vec<_> =
        notes.iter().map(|row| [&row["version"], &row["latest"], &row["struck"], &row["version_reason"]]).collect();
    assert_eq!(told, [["1", "false", "false", ""], ["2", "true", "true", "another client's"]]);
}

pub(crate) async fn moments_are_told_in_utc_and_on_the_practices_own_clock(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let berlin = Practice { time_zone: "Europe/Berlin".into(), ..store.practice(scope).await.unwrap() };
    store.set_practice(scope, &berlin, START).await.unwrap();
    keep(store, scope, 1).await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    export(store, scope, &folder).await;
    let client = &cells(&folder, "client")[0];
    assert_eq!(client["happened_at"], "2026-03-02T09:00:00Z");
    assert_eq!(client["happened_local"], "2026-03-02 10:00:00");
    assert_eq!(cells(&folder, "practice")[0]["time_zone"], "Europe/Berlin");
}

pub(crate) async fn a_recording_comes_out_as_the_file_it_was(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let record = keep(store, scope, 1).await;
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    let content: Vec<u8> = (0..700_000u32).map(|n| n.to_le_bytes()[1]).collect();
    store.add_recording(scope, place, "../rim 1.csv", &content, &Reading::default(), START).await.unwrap();
    store.add_recording(scope, place, "damaged.csv", b"1,2", &Reading::default(), START).await.unwrap();
    home.raw("UPDATE recording SET sha256 = '0' WHERE name = 'damaged.csv'").await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    let figures = export(store, scope, &folder).await;
    let rows = cells(&folder, "recording");
    let whole = rows.iter().find(|row| row["name"] == "../rim 1.csv").unwrap();
    assert!(whole["file"].starts_with("recordings/") && whole["file"].ends_with("-.._rim 1.csv"), "{}", whole["file"]);
    assert!(fs::read(folder.join(&whole["file"])).unwrap() == content);
    assert_eq!(whole["file_is_whole"], "true");
    let damaged = rows.iter().find(|row| row["name"] == "damaged.csv").unwrap();
    assert_eq!(damaged["file_is_whole"], "false");
    assert_eq!(figures.damaged, [damaged["file"].clone()]);
    assert_eq!(figures.files, 2 * figures.tables + 4);
}

pub(crate) async fn an_export_holds_no_secret_and_no_row_of_another_practice(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let theirs = home.second_practice().await;
    keep(store, &theirs, 1).await;
    keep(store, scope, 2).await;
    let (practice, account) = (scope.practice(), scope.author().account);
    home.raw(&format!(
        "UPDATE account SET password_hash = '$argon2id$a-hash', totp_secret = 'A-SECRET' WHERE id = '{account}'; \
         INSERT INTO sign_in (practice_id, token_hash, account_id, created_at, seen_at, ends_at) \
         VALUES ('{practice}', 'a-token-hash', '{account}', 0, 0, 0)"
    ))
    .await;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("out");
    export(store, scope, &folder).await;
    let all = |folder: &Path| -> String {
        let files = ["csv", "jsonl"].into_iter().flat_map(|kind| fs::read_dir(folder.join(kind)).unwrap());
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    };
    let text = all(&folder);
    assert!(text.contains("Synthetic Client 2") && text.contains("Example therapist"));
    for word in ["argon2id", "a-token-hash", "A-SECRET", "Synthetic Client 1", "Other therapist"] {
        assert!(!text.contains(word), "{word}");
    }
}

pub(crate) async fn an_export_appears_whole_or_not_at_all(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    keep(store, scope, 1).await;
    let parent = tempfile::tempdir().unwrap();
    let (taken, empty) = (parent.path().join("taken"), parent.path().join("empty"));
    fs::create_dir_all(&taken).unwrap();
    fs::write(taken.join("mine.txt"), "mine").unwrap();
    fs::create_dir(&empty).unwrap();
    let refused = store.export_tables(scope, &taken, "0.1.0", START).await.unwrap_err();
    assert!(refused.to_string().contains("is not empty"), "{refused}");
    export(store, scope, &empty).await;
    assert!(empty.join("csv/client.csv").exists());

    home.raw("UPDATE entry SET body = 'no document' WHERE step = 'note'").await;
    let failed = store.export_tables(scope, &parent.path().join("failed"), "0.1.0", START).await.unwrap_err();
    assert!(matches!(failed, Error::Unreadable { .. }), "{failed}");
    let left: Vec<_> = fs::read_dir(parent.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
    let rows = store.journal(scope, None, 50).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "export").count(), 1, "what failed is no export");
}
