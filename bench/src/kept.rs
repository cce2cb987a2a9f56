//! What the database really holds, read from a backup: the one text that both engines write.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::program;
use crate::server::Node;

/// The mark that every write of a bench carries in its text, so that it is found again: `~3-127~`.
pub fn mark(writer: usize, number: usize) -> String {
    format!("~{writer}-{number}~")
}

/// What a database holds, as far as a bench needs it.
#[derive(Debug, Default)]
pub struct Kept {
    /// For each mark, how many entries carry it.
    pub marks: BTreeMap<String, usize>,
    /// For each thread, its versions in order.
    pub versions: BTreeMap<String, Vec<i64>>,
    /// For each recording's name, the SHA-256 that its parts have together, hexadecimal, once for each row.
    pub recordings: BTreeMap<String, Vec<String>>,
    /// Entries without a row in the journal, entries that no operation explains, and operations without an entry.
    pub halves: Vec<String>,
}

/// One table's row by column.
type Row = BTreeMap<String, Value>;

#[derive(Debug, Default)]
struct Rows {
    /// Id and instant of each entry.
    entries: Vec<(String, i64)>,
    operations: BTreeSet<i64>,
    journaled: BTreeSet<String>,
    /// Id and name of each recording.
    names: Vec<(String, String)>,
    parts: BTreeMap<String, Sha256>,
}

/// Backs a record up into `file` and reads it. On the embedded database no server may be running.
pub fn read(node: &Node, file: &Path) -> Result<Kept> {
    let mut args = vec!["backup".to_owned(), file.display().to_string()];
    args.extend(node.record());
    program::succeeds(args)?;
    let mut kept = Kept::default();
    let mut rows = Rows::default();
    each_row(file, |table, row| {
        see(&mut kept, &mut rows, table, &row);
    })?;
    std::fs::remove_file(file)?;
    finish(&mut kept, rows);
    Ok(kept)
}

fn each_row(file: &Path, mut see: impl FnMut(&str, Row)) -> Result<()> {
    let (mut table, mut columns) = (String::new(), Vec::new());
    for line in BufReader::new(File::open(file)?).lines() {
        match serde_json::from_str(&line?)? {
            Value::Array(cells) => see(&table, columns.iter().cloned().zip(cells).collect()),
            heading => {
                heading["table"].as_str().unwrap_or_default().clone_into(&mut table);
                let names = heading["columns"].as_array().into_iter().flatten().filter_map(Value::as_str);
                columns = names.map(str::to_owned).collect();
            }
        }
    }
    Ok(())
}

fn see(kept: &mut Kept, rows: &mut Rows, table: &str, row: &Row) {
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let number = |name: &str| row.get(name).and_then(Value::as_i64).unwrap_or_default();
    match table {
        "entry" => {
            rows.entries.push((text("id").to_owned(), number("recorded_at")));
            kept.versions.entry(text("thread_id").to_owned()).or_default().push(number("version"));
            if let Some(mark) = mark_in(text("body")) {
                *kept.marks.entry(mark.to_owned()).or_default() += 1;
            }
        }
        "operation" => {
            rows.operations.insert(number("at"));
        }
        "journal" => {
            rows.journaled.insert(text("subject_id").to_owned());
        }
        "recording" => rows.names.push((text("id").to_owned(), text("name").to_owned())),
        "recording_part" => {
            let digest = rows.parts.entry(text("recording_id").to_owned()).or_default();
            digest.update(bytes(text("content")).unwrap_or_default());
        }
        _ => {}
    }
}

fn finish(kept: &mut Kept, rows: Rows) {
    let instants: BTreeSet<i64> = rows.entries.iter().map(|(_, at)| *at).collect();
    for (id, at) in &rows.entries {
        if !rows.journaled.contains(id) {
            kept.halves.push(format!("entry {id} has no row in the journal"));
        }
        if !rows.operations.contains(at) {
            kept.halves.push(format!("entry {id} belongs to no operation"));
        }
    }
    let empty = rows.operations.iter().filter(|at| !instants.contains(at));
    kept.halves.extend(empty.map(|at| format!("the operation at {at} has no entry")));
    for (id, name) in rows.names {
        let digest = rows.parts.get(&id).cloned().unwrap_or_default();
        kept.recordings.entry(name).or_default().push(hex(&digest.finalize()));
    }
    kept.versions.values_mut().for_each(|versions| versions.sort_unstable());
}

/// The mark within a body.
fn mark_in(body: &str) -> Option<&str> {
    let start = body.find('~')?;
    let end = start + 1 + body[start + 1..].find('~')?;
    Some(&body[start..=end])
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(hex: &str) -> Result<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| {
            let pair = std::str::from_utf8(pair)?;
            u8::from_str_radix(pair, 16).with_context(|| format!("{pair} is no hexadecimal byte"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &Value) -> Row {
        cells.as_object().cloned().unwrap_or_default().into_iter().collect()
    }

    #[test]
    fn what_is_half_there_is_named() {
        let (mut kept, mut rows) = (Kept::default(), Rows::default());
        let entry = |id: &str, at: i64| {
            row(&serde_json::json!({"id": id, "recorded_at": at, "thread_id": "t", "version": at, "body": "x ~1-2~ y"}))
        };
        see(&mut kept, &mut rows, "entry", &entry("whole", 1));
        see(&mut kept, &mut rows, "entry", &entry("half", 2));
        see(&mut kept, &mut rows, "journal", &row(&serde_json::json!({"subject_id": "whole"})));
        see(&mut kept, &mut rows, "operation", &row(&serde_json::json!({"at": 1})));
        see(&mut kept, &mut rows, "operation", &row(&serde_json::json!({"at": 9})));
        finish(&mut kept, rows);
        assert_eq!(kept.marks.get(&mark(1, 2)), Some(&2));
        assert_eq!(kept.versions["t"], [1, 2]);
        assert_eq!(kept.halves.len(), 3, "{:?}", kept.halves);
    }

    #[test]
    fn the_bytes_of_a_recording_make_its_hash() {
        let (mut kept, mut rows) = (Kept::default(), Rows::default());
        see(&mut kept, &mut rows, "recording", &row(&serde_json::json!({"id": "r", "name": "a.csv"})));
        for part in ["6162", "63"] {
            see(
                &mut kept,
                &mut rows,
                "recording_part",
                &row(&serde_json::json!({"recording_id": "r", "content": part})),
            );
        }
        finish(&mut kept, rows);
        assert_eq!(kept.recordings["a.csv"], [hex(&Sha256::digest("abc"))]);
    }
}
