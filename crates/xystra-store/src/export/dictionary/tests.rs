use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};
use xystra_care::practice::Practice;
use xystra_dose::{Dose, Estimate, Provenance};
use xystra_testkit::bodies;

use super::super::flatten::{Flat, flatten};
use super::*;
use crate::Store;

/// Columns of `entry` whose names would be taken for those of a body.
const RENAMED: [(&str, &str); 2] = [("id", "entry_id"), ("reason", "version_reason")];

/// What the dictionary says of a column.
fn named(rows: &[Named], name: &str) -> bool {
    rows.iter().any(|(known, _)| known == name)
}

async fn schema() -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path(), Timestamp::UNIX_EPOCH).await.unwrap();
    let columns = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'schema_version' ORDER BY t.name, c.cid",
    );
    columns.fetch_all(&store.reader).await.unwrap()
}

/// Is a column of the database exported, or left out with a reason?
fn explained(table: &str, column: &str) -> bool {
    let dictionary = dictionary();
    if named(&dictionary.everywhere, column) || dictionary.left_out.iter().any(|left| left.table == table) {
        return true;
    }
    if table == "entry" {
        let shown = RENAMED.iter().find(|(from, _)| *from == column).map_or(column, |(_, to)| to);
        return dictionary.heading.iter().any(|heading| heading.name == shown)
            || named(&dictionary.entry.excluded, column);
    }
    let found = dictionary.table.iter().find(|known| known.name == table);
    found.is_some_and(|known| known.columns.iter().any(|shown| shown.name == column) || named(&known.excluded, column))
}

#[tokio::test]
async fn every_column_of_the_schema_is_explained() {
    let schema = schema().await;
    assert!(schema.len() > 100, "{} columns in the schema", schema.len());
    let open: Vec<_> = schema.iter().filter(|(table, column)| !explained(table, column)).collect();
    assert!(open.is_empty(), "neither exported nor left out with a reason in dictionary.toml: {open:?}");
}

#[tokio::test]
async fn no_line_of_the_dictionary_leads_nowhere() {
    let schema = schema().await;
    let there = |table: &str, column: &str| schema.iter().any(|(t, c)| t == table && c == column);
    let dictionary = dictionary();
    for table in &dictionary.table {
        let shown = table.columns.iter().map(|column| column.name.as_str());
        for column in shown.chain(table.excluded.iter().map(|(name, _)| name.as_str())) {
            assert!(there(&table.name, column), "{}.{column}", table.name);
        }
    }
    for heading in dictionary.heading.iter().filter(|column| column.name != "happened_local") {
        let renamed = RENAMED.iter().find(|(_, to)| *to == heading.name);
        let column = renamed.map_or(heading.name.as_str(), |(from, _)| from);
        assert!(there("entry", column), "entry.{column}");
    }
    for (column, _) in &dictionary.entry.excluded {
        assert!(there("entry", column), "entry.{column}");
    }
    for left in &dictionary.left_out {
        assert!(schema.iter().any(|(table, _)| *table == left.table), "{}", left.table);
    }
    for (column, _) in &dictionary.everywhere {
        assert!(schema.iter().any(|(_, known)| known == column), "{column}");
    }
}

/// A body with the columns of its step.
fn taken(step: &str, body: Value) -> Flat {
    let known = dictionary().step.iter().find(|known| known.name == step);
    let columns: Vec<&Column> = known.unwrap_or_else(|| panic!("no step {step}")).body.iter().collect();
    flatten(body, &columns, &dictionary().lists_of(step), "other")
}

#[test]
fn every_path_of_every_body_has_a_column_and_every_column_a_path() {
    let mut met: BTreeSet<(String, String)> = BTreeSet::new();
    for (step, body) in bodies() {
        let flat = taken(step, body);
        assert_eq!(flat.row.get("other"), None, "{step}: a path without a column in dictionary.toml");
        met.extend(flat.row.into_keys().map(|path| (step.to_owned(), path)));
        for (list, rows) in dictionary().lists_of(step).iter().zip(flat.lists) {
            for row in rows {
                assert_eq!(row.get("other"), None, "{}: a path without a column in dictionary.toml", list.name);
                met.extend(row.into_keys().map(|path| (list.name.clone(), path)));
            }
        }
    }
    let steps = dictionary().step.iter().map(|step| (&step.name, &step.body));
    let lists = dictionary().list.iter().map(|list| (&list.name, &list.body));
    for (name, column) in steps.chain(lists).flat_map(|(name, body)| body.iter().map(move |column| (name, column))) {
        let place = (name.clone(), column.name.clone());
        assert!(met.contains(&place), "{name}.{} is said in no body of the testkit", column.name);
    }
}

#[test]
fn the_bodies_beside_the_entries_have_a_column_for_every_path() {
    let one = Estimate::exact(1.0);
    let dose = Dose {
        provenance: Provenance::Measured,
        contact_s: one,
        strokes: one,
        rate_per_min: Some(one),
        duty: Some(one),
        mean_force_n: one,
        peak_force_n: one,
        mean_resultant_n: Some(one),
        peak_resultant_n: Some(one),
        impulse_ns: one,
        resultant_impulse_ns: Some(one),
        force_cv: Some(one),
        length_m: Some(one),
    };
    for (name, body) in [("practice", json!(Practice::default())), ("derived", json!(dose))] {
        let table = dictionary().table.iter().find(|table| table.name == name).unwrap();
        let columns: Vec<&Column> = table.body.iter().collect();
        let flat = flatten(body, &columns, &[], "other");
        assert_eq!(flat.row.get("other"), None, "{name}");
        assert_eq!(flat.row.len(), columns.len(), "{name}: a column that leads nowhere");
    }
}

/// The words under which `step.rs` keeps its kinds of entry.
fn steps_of_the_store() -> BTreeSet<&'static str> {
    let text = include_str!("../../step.rs");
    let quoted = |line: &'static str| line.split('"').nth(1);
    text.lines()
        .filter(|line| line.contains(" => \"") || line.contains("STEP: &'static str = \""))
        .filter_map(quoted)
        .collect()
}

#[test]
fn every_kind_of_entry_has_a_file_and_a_sample() {
    let known: BTreeSet<&str> = dictionary().step.iter().map(|step| step.name.as_str()).collect();
    let sampled: BTreeSet<&str> = bodies().iter().map(|(step, _)| *step).collect();
    let kept = steps_of_the_store();
    assert!(kept.len() > 12, "{kept:?}");
    assert_eq!(known, kept);
    assert_eq!(sampled, kept);
}

#[test]
fn every_file_has_a_name_of_its_own_and_every_column_a_known_type_and_a_meaning() {
    let kinds: BTreeSet<&str> = dictionary().types.iter().map(|(kind, _)| kind.as_str()).collect();
    let mut names = BTreeSet::new();
    for file in dictionary().files() {
        assert!(names.insert(file.name), "{} twice", file.name);
        assert!(!file.meaning.is_empty(), "{}", file.name);
        let columns: BTreeSet<&str> = file.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(columns.len(), file.columns.len(), "{}: a column twice", file.name);
        for column in &file.columns {
            assert!(kinds.contains(column.kind.as_str()), "{}.{}: {}", file.name, column.name, column.kind);
            assert!(column.meaning.len() > 3, "{}.{}", file.name, column.name);
        }
    }
}

#[test]
fn no_secret_has_a_column() {
    for file in dictionary().files() {
        let secret =
            |column: &&&Column| ["password", "secret", "token", "hash"].iter().any(|word| column.name.contains(word));
        let found: Vec<_> = file.columns.iter().filter(secret).map(|column| &column.name).collect();
        // The journal's hashes are its proof and open nothing.
        assert!(found.is_empty() || file.name == "journal", "{}: {found:?}", file.name);
    }
}
