//! One SQL text for SQLite and PostgreSQL, as far as plain text can tell.

use std::fs;
use std::path::{Path, PathBuf};

/// What only one of the engines takes, or each in another sense.
const ONE_ENGINE_ONLY: &[&str] = &[
    "AUTOINCREMENT",
    "COLLATE NOCASE",
    "GLOB ",
    "IFNULL(",
    "INSERT OR ",
    "REPLACE INTO",
    "JSON_EXTRACT(",
    "GROUP_CONCAT(",
    "DATETIME(",
    "JULIANDAY(",
    "LAST_INSERT_ROWID",
    "ROWID",
    "PRAGMA ",
    "VACUUM",
    "= ?",
    "(?",
    ", ?",
    "LIMIT -1",
    "FOR UPDATE",
    "SKIP LOCKED",
    "ADVISORY",
    "ILIKE ",
];

/// Files about the engine itself, which each engine has of its own.
const OF_THE_ENGINE: &[&str] = &["db.rs", "engine.rs", "migrate.rs"];

fn found(text: &str) -> Vec<String> {
    let shipped = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = (1..).zip(shipped.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"));
    let upper = lines.map(|(number, line)| (number, line.to_uppercase()));
    let hits = upper.flat_map(|(number, line)| {
        let words = ONE_ENGINE_ONLY.iter().filter(move |word| line.contains(**word));
        words.map(move |word| format!("line {number}: {word}"))
    });
    hits.collect()
}

/// Every file below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn every_statement_is_portable() {
    let mut seen = 0;
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if !OF_THE_ENGINE.contains(&name.as_str()) {
            seen += 1;
            assert_eq!(found(&fs::read_to_string(&file).unwrap()), [""; 0], "{name}");
        }
    }
    assert!(seen > 10, "only {seen} files were looked at");
}

#[test]
fn a_statement_of_one_engine_is_found_with_its_line() {
    assert_eq!(
        found("fn f() {}\n\"insert or ignore into a values (?, ?)\""),
        ["line 2: INSERT OR ", "line 2: (?", "line 2: , ?"]
    );
    assert_eq!(found("// INSERT OR IGNORE"), [""; 0]);
}
