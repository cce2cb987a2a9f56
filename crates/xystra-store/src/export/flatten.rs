//! A body as columns: `{"method": {"tool": "tape"}}` is `tape` under `method.tool`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::dictionary::{Column, List};

/// Values by column.
pub(super) type Row = BTreeMap<String, Value>;

/// A body: its own values, and the rows of the lists within it.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub(super) row: Row,
    /// Place of the list among those asked for, and its rows.
    pub(super) lists: Vec<Vec<Row>>,
}

/// Takes a body apart. What has none of these columns is gathered as a JSON document under `rest`.
pub(super) fn flatten(body: Value, columns: &[&Column], lists: &[&List], rest: &str) -> Flat {
    let mut flat = Flat { row: Row::new(), lists: lists.iter().map(|_| Vec::new()).collect() };
    take(String::new(), body, lists, &mut flat);
    gather(&mut flat.row, columns, rest);
    for (list, rows) in lists.iter().zip(&mut flat.lists) {
        let columns: Vec<&Column> = list.body.iter().collect();
        for row in rows {
            gather(row, &columns, rest);
        }
    }
    flat
}

/// Every path with a value of its own; nothing said is no path.
fn take(path: String, value: Value, lists: &[&List], flat: &mut Flat) {
    if let Some(place) = lists.iter().position(|list| list.path == path) {
        flat.lists[place] = rows_of(value, lists[place]);
        return;
    }
    match value {
        Value::Null => {}
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                take(path, value, lists, flat);
            }
        }
        value => {
            flat.row.insert(path, value);
        }
    }
}

/// The rows of a list: its objects, its pairs by their names, or a map's values with their keys.
fn rows_of(value: Value, list: &List) -> Vec<Row> {
    let rows: Vec<Value> = match (value, &list.keyed) {
        (Value::Object(fields), Some(key)) => fields.into_iter().map(|(name, value)| keyed(key, name, value)).collect(),
        (Value::Array(rows), _) => rows.into_iter().map(|row| named(row, &list.pairs)).collect(),
        _ => Vec::new(),
    };
    let row = |value| {
        let mut flat = Flat::default();
        take(String::new(), value, &[], &mut flat);
        flat.row
    };
    rows.into_iter().map(row).collect()
}

fn keyed(key: &str, name: String, value: Value) -> Value {
    let mut row = match value {
        Value::Object(fields) => fields,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    row.insert(key.to_owned(), name.into());
    row.into()
}

fn named(row: Value, names: &[String]) -> Value {
    match row {
        Value::Array(places) if places.len() == names.len() => {
            Value::Object(names.iter().cloned().zip(places).collect())
        }
        other => other,
    }
}

fn gather(row: &mut Row, columns: &[&Column], rest: &str) {
    let known = |path: &str| columns.iter().any(|column| column.name == path);
    let unknown: Vec<String> = row.keys().filter(|path| !known(path)).cloned().collect();
    let other: Map<String, Value> = unknown.into_iter().filter_map(|path| row.remove_entry(&path)).collect();
    if !other.is_empty() {
        row.insert(rest.to_owned(), other.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn column(name: &str) -> Column {
        Column { name: name.into(), kind: "text".into(), unit: String::new(), meaning: String::new() }
    }

    fn list(path: &str, keyed: Option<&str>, pairs: &[&str], columns: &[&str]) -> List {
        List {
            name: path.into(),
            of: "x".into(),
            path: path.into(),
            keyed: keyed.map(str::to_owned),
            pairs: pairs.iter().map(|name| (*name).to_owned()).collect(),
            meaning: String::new(),
            body: columns.iter().map(|name| column(name)).collect(),
        }
    }

    #[test]
    fn objects_become_paths_and_what_has_no_column_is_kept() {
        let columns = [column("a"), column("b.c"), column("list")];
        let columns: Vec<&Column> = columns.iter().collect();
        let body = json!({"a": 1, "b": {"c": "x", "d": null, "e": true}, "list": ["p", "q"]});
        let flat = flatten(body, &columns, &[], "other");
        assert_eq!(
            serde_json::to_value(flat.row).unwrap(),
            json!({"a": 1, "b.c": "x", "list": ["p", "q"], "other": {"b.e": true}})
        );
    }

    #[test]
    fn lists_become_rows_of_their_own() {
        let answers = list("answers", Some("item"), &[], &["item", "yes"]);
        let scores = list("scores", None, &["activity", "score"], &["activity", "score"]);
        let done = list("done", None, &[], &["region"]);
        let body = json!({
            "answers": {"fever": {"yes": false}, "cancer": {"yes": true, "new": 1}},
            "scores": [["Lifting", 3.5]],
            "done": [{"region": "a"}, {"region": null}],
        });
        let flat = flatten(body, &[], &[&answers, &scores, &done], "other");
        let rows: Vec<Value> = flat.lists.iter().map(|rows| serde_json::to_value(rows).unwrap()).collect();
        assert!(flat.row.is_empty());
        assert_eq!(
            rows[0],
            json!([{"item": "cancer", "yes": true, "other": {"new": 1}}, {"item": "fever", "yes": false}])
        );
        assert_eq!(rows[1], json!([{"activity": "Lifting", "score": 3.5}]));
        assert_eq!(rows[2], json!([{"region": "a"}, {}]));
    }
}
