//! A database of every released program is opened by this one: each row is what it was.
//!
//! The fixtures are those of the store's own test; here the real program opens them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::desk::folder;
use super::{Outcome, python};
use crate::program;
use crate::server::Node;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/xystra-store/tests/fixtures");

/// Makes a database file from its dump.
const LOAD: &str = "\
import sqlite3, sys
sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2], encoding='utf-8').read())
";

pub(super) fn run() -> Result<Outcome> {
    let (mut rows, mut lost, mut schemas) = (0, 0, 0);
    for dump in dumps()? {
        let folder = folder()?;
        let data = folder.path().join("data");
        fs::create_dir_all(&data)?;
        let database = data.join("xystra.db").display().to_string();
        python(LOAD, &[&database, &dump.display().to_string()])?;
        let node = Node::on_folder(&data);
        node.start()?.stop()?;
        let backup = folder.path().join("after.xystra");
        let args = ["backup".to_owned(), backup.display().to_string()];
        program::succeeds(args.into_iter().chain(node.record()))?;
        let (before, after) = (facts(&dump.with_extension("xystra"))?, facts(&backup)?);
        ensure!(!before.is_empty(), "{} holds no rows", dump.display());
        rows += before.len();
        lost += before.iter().filter(|(table, row)| !is_kept(table, row, &after)).count();
        schemas += 1;
    }
    ensure!(schemas > 0, "there is no dump of a released schema in {FIXTURES}");
    let seen = format!("{rows} rows of {schemas} released schema(s) compared after the real program had opened them");
    Ok(Outcome { acknowledged: rows, injected: schemas, lost, seen })
}

fn dumps() -> Result<Vec<PathBuf>> {
    let files = fs::read_dir(Path::new(FIXTURES)).context("the store's fixtures")?;
    let files = files.filter_map(|file| Some(file.ok()?.path()));
    Ok(files.filter(|file| file.extension().is_some_and(|ending| ending == "sql")).collect())
}

/// A row's table, and what each of its columns holds.
type Fact = (String, BTreeSet<(String, String)>);

fn facts(file: &Path) -> Result<Vec<Fact>> {
    let (mut facts, mut table, mut columns) = (Vec::new(), String::new(), Vec::new());
    for line in fs::read_to_string(file)?.lines() {
        match serde_json::from_str(line)? {
            Value::Array(cells) => {
                let cells = cells.iter().map(Value::to_string);
                facts.push((table.clone(), std::iter::zip(columns.iter().cloned(), cells).collect()));
            }
            heading => {
                heading["table"].as_str().unwrap_or_default().clone_into(&mut table);
                let names = heading["columns"].as_array().into_iter().flatten().filter_map(Value::as_str);
                columns = names.map(str::to_owned).collect();
            }
        }
    }
    Ok(facts)
}

/// A later schema may say more of a row, never something else.
fn is_kept(table: &str, row: &BTreeSet<(String, String)>, after: &[Fact]) -> bool {
    after.iter().any(|(other, kept)| other == table && kept.is_superset(row))
}
