//! Every statement on a practice's data names the practice: a forgotten one would show a client to strangers.
//!
//! Which tables those are is read from the migrations: each with a column `practice_id`. Any other table needs its reason here.

use std::collections::BTreeMap;

use crate::tidy::Tree;
use crate::tidy::rust::{shipped_lines, strings};
use crate::tidy::tree::File;

const SOURCES: &str = "crates/xystra-store/src/";
const MIGRATIONS: &str = "crates/xystra-store/migrations/";

/// Tables that are nobody's practice data, with the reason.
const WITHOUT_PRACTICE: [(&str, &str); 2] = [
    ("attempt", "a login that is guessed at belongs to nobody until the guess is right"),
    ("practice", "it is the practice"),
];

/// Statements that find out whose practice it is, by a part of them, with the reason.
const ACROSS_PRACTICES: [(&str, &str); 6] = [
    ("FROM account WHERE login = $1", "who signs in has not said where; a login serves once in a database"),
    ("WHERE s.token_hash = $1", "a cookie's hash is all that a browser brings"),
    ("WHERE h.token_hash = $1", "the same, half signed in"),
    ("FROM invitation WHERE token_hash = $1", "a link's hash is all that somebody invited brings"),
    ("FROM link WHERE token_hash = $1", "a link's hash is all that a client brings"),
    ("FROM job WHERE due_at <= $1", "a node works for every practice, and goes on in the name of the job's own"),
];

/// Each table, and whether it holds practice data.
type Tables = BTreeMap<String, bool>;

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let tables = tables(tree);
    let mut findings = unexplained(&tables);
    for file in tree.rust().filter(|file| file.path.starts_with(SOURCES)) {
        findings.extend(open_statements(file, &tables));
    }
    findings
}

fn tables(tree: &Tree) -> Tables {
    let migrations = tree.with_ending(".sql").filter(|file| file.path.starts_with(MIGRATIONS));
    let statements = migrations.flat_map(|file| file.text.split(';'));
    statements.filter_map(created).collect()
}

/// The table that a statement creates.
fn created(statement: &str) -> Option<(String, bool)> {
    let words: Vec<_> = words(statement).collect();
    let at = words.windows(2).position(|pair| pair == ["create", "table"])?;
    let name = words[at + 2..].iter().find(|word| !["if", "not", "exists"].contains(&word.as_str()))?;
    Some((name.clone(), names_practice(statement)))
}

fn unexplained(tables: &Tables) -> Vec<String> {
    let explained = |table: &str| WITHOUT_PRACTICE.iter().any(|(name, _)| *name == table);
    let open = tables.iter().filter(|(table, scoped)| !**scoped && !explained(table));
    let finding =
        |table| format!("table {table} has no practice_id, and no reason in xtask/src/tidy/practice_scope.rs");
    open.map(|(table, _)| finding(table)).collect()
}

fn open_statements(file: &File, tables: &Tables) -> Vec<String> {
    let code = shipped_lines(&file.text);
    let shipped = |line: usize| code.iter().any(|(number, _)| *number == line);
    strings(&file.text)
        .into_iter()
        .filter(|(line, text)| shipped(*line) && is_statement(text))
        .filter(|(_, text)| !holds_to_practice(text) && !is_explained(text))
        .filter_map(|(line, text)| Some((line, scoped_table(text, tables)?)))
        .map(|(line, table)| file.finding(line, &format!("a statement on {table} that is not held to one practice_id")))
        .collect()
}

fn is_statement(text: &str) -> bool {
    let verbs = ["select", "insert", "update", "delete", "with"];
    words(text).next().is_some_and(|word| verbs.contains(&word.as_str()))
}

/// A row is written with its practice; whatever is read, changed or deleted is that of the practice that is asked for. To name
/// the column among others is not enough.
fn holds_to_practice(text: &str) -> bool {
    let writes = words(text).next().is_some_and(|word| word == "insert");
    let asked_for = in_one_line(text).contains("practice_id = $");
    asked_for || writes && names_practice(text)
}

fn names_practice(text: &str) -> bool {
    words(text).any(|word| word == "practice_id")
}

fn is_explained(text: &str) -> bool {
    let line = in_one_line(text);
    ACROSS_PRACTICES.iter().any(|(part, _)| line.contains(part))
}

/// Without line breaks and the backslashes before them.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>().join(" ")
}

/// The first table with practice data that a statement reads or writes.
fn scoped_table(text: &str, tables: &Tables) -> Option<String> {
    let words: Vec<_> = words(text).collect();
    let before_table = |word: &String| ["from", "join", "into", "update"].contains(&word.as_str());
    let mut touched = words.windows(2).filter(|pair| before_table(&pair[0])).map(|pair| &pair[1]);
    touched.find(|table| tables.get(*table) == Some(&true)).cloned()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    text.split(move |c| !inside(c)).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    const SQL: &str = "CREATE TABLE practice (id TEXT);\n\
        CREATE TABLE IF NOT EXISTS client (id TEXT, practice_id TEXT NOT NULL);";

    fn findings(sql: &str, code: &str) -> Vec<String> {
        check(&Tree::of(&[
            ("crates/xystra-store/migrations/0001.sql", sql),
            ("crates/xystra-store/src/client.rs", code),
        ]))
    }

    #[test]
    fn a_statement_that_forgets_the_practice_is_found() {
        let code = "const A: &str = \"SELECT name FROM client WHERE id = $1\";\n\
            const B: &str = r#\"\n  UPDATE client SET name = $1\"#;";
        let found = findings(SQL, code);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0],
            "crates/xystra-store/src/client.rs:1: a statement on client that is not held to one practice_id"
        );
        assert!(found[1].contains("client.rs:2:"));
    }

    #[test]
    fn a_statement_that_only_shows_the_practice_is_found() {
        let code = "const A: &str = \"SELECT practice_id, name FROM client WHERE id = $1\";\n\
            const B: &str = \"INSERT INTO client (practice_id, id) VALUES ($1, $2)\";";
        assert_eq!(findings(SQL, code).len(), 1);
    }

    #[test]
    fn a_statement_that_names_it_passes() {
        let code = "const A: &str = \"SELECT name FROM client WHERE practice_id = $1\";\n\
            const B: &str = \"SELECT name FROM practice\"; // SELECT 1 FROM client\n\
            const C: &str = \"select a region\";\n\
            #[cfg(test)]\nmod tests {\n    const A: &str = \"SELECT 1 FROM client\";\n}\n";
        assert_eq!(findings(SQL, code), [""; 0]);
    }

    #[test]
    fn a_table_without_a_practice_needs_its_reason() {
        let sql = format!("{SQL} CREATE TABLE note (id TEXT);");
        assert_eq!(findings(&sql, "").len(), 1);
    }
}
