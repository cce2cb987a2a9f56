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
const WITHOUT_PRACTICE: [(&str, &str); 1] = [("practice", "it is the practice")];

/// Statements that must see every practice, by how they begin, with the reason.
const ACROSS_PRACTICES: [(&str, &str); 0] = [];

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
        .filter(|(_, text)| !names_practice(text) && !is_explained(text))
        .filter_map(|(line, text)| Some((line, scoped_table(text, tables)?)))
        .map(|(line, table)| file.finding(line, &format!("a statement on {table} without practice_id")))
        .collect()
}

fn is_statement(text: &str) -> bool {
    let verbs = ["select", "insert", "update", "delete", "with"];
    words(text).next().is_some_and(|word| verbs.contains(&word.as_str()))
}

fn names_practice(text: &str) -> bool {
    words(text).any(|word| word == "practice_id")
}

fn is_explained(text: &str) -> bool {
    ACROSS_PRACTICES.iter().any(|(begins, _)| text.trim_start().starts_with(begins))
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
        assert_eq!(found[0], "crates/xystra-store/src/client.rs:1: a statement on client without practice_id");
        assert!(found[1].contains("client.rs:2:"));
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
