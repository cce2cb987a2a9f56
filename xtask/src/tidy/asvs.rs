//! The table of security requirements is whole, says why, and names tests that exist.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::asvs::{Number, PAGE, Requirement, Status, TABLE, Table, page, read};
use crate::tidy::Tree;

/// The chapters that were begun, and how many requirements of levels 1 and 2 each has.
const CHAPTERS: [(u8, usize); 5] = [(6, 35), (7, 18), (8, 7), (14, 9), (16, 16)];
/// The standard's own list, when the folder with shared data is there.
const LIST: &str = "data/asvs-5.0.csv";

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut findings = of_table(tree);
    match shared_list() {
        Some(list) => findings.extend(against(tree, &list)),
        None => println!("     {TABLE}: the standard's list is not here, so its numbers were counted only"),
    }
    findings
}

/// What can be seen without the standard.
fn of_table(tree: &Tree) -> Vec<String> {
    let table = match table(tree) {
        Ok(table) => table,
        Err(error) => return vec![format!("{error:#}")],
    };
    let mut findings = counted(&table);
    for (number, row) in &table {
        findings.extend(unreasoned(row).map(|what| format!("{TABLE}: {number}: {what}")));
        let missing = row.tests.iter().filter(|test| !is_there(tree, test));
        findings.extend(missing.map(|test| format!("{TABLE}: {number}: there is no test {test}")));
    }
    if tree.text(PAGE).ok() != Some(&page(&table)) {
        findings.push(format!("{PAGE} is not what {TABLE} says: run cargo xtask asvs"));
    }
    findings
}

fn table(tree: &Tree) -> Result<Table> {
    read(tree.text(TABLE)?)
}

fn counted(table: &Table) -> Vec<String> {
    let of = |chapter| table.keys().filter(|number| number.0 == chapter).count();
    let wrong = CHAPTERS.iter().filter(|(chapter, count)| of(*chapter) != *count);
    let mut findings: Vec<String> =
        wrong.map(|(chapter, count)| format!("{TABLE}: chapter {chapter} has {} of {count}", of(*chapter))).collect();
    let begun = |number: &Number| CHAPTERS.iter().any(|(chapter, _)| *chapter == number.0);
    let strange = table.keys().filter(|number| !begun(number));
    findings.extend(strange.map(|number| format!("{TABLE}: {number} is of a chapter that was not begun")));
    findings
}

/// What a status needs and does not have.
fn unreasoned(row: &Requirement) -> Option<&'static str> {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    match row.status {
        Status::Met if row.tests.is_empty() => Some("met needs a test"),
        Status::Met if !said(&row.how) => Some("met needs to say how"),
        Status::Met if row.gap.is_some() => Some("met has no gap: it is partly"),
        Status::Partly if !said(&row.gap) || !said(&row.how) => Some("partly needs how and the gap"),
        Status::Open if !said(&row.gap) => Some("open needs the gap"),
        Status::NotApplicable if !said(&row.why) => Some("not-applicable needs to say why"),
        _ => None,
    }
}

/// Is there such a function in that file? It must be a test, or one of those that run on both engines.
fn is_there(tree: &Tree, test: &str) -> bool {
    let Some((path, name)) = test.split_once("::") else { return false };
    let Ok(source) = tree.text(path) else { return false };
    let lines: Vec<&str> = source.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.contains(&format!("fn {name}(")));
    let is_test = |at: usize| {
        lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).any(|line| line.contains("test"))
    };
    at.is_some_and(|at| path.contains("/contract/") || is_test(at))
}

fn shared_list() -> Option<String> {
    let folder = std::env::var_os("XYSTRA_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    fs::read_to_string(folder.join(LIST)).ok()
}

/// Holds the table's numbers and levels against the standard's.
fn against(tree: &Tree, list: &str) -> Vec<String> {
    let (Ok(table), Ok(listed)) = (table(tree), listed(list)) else {
        return vec![format!("{LIST}: this is no list of requirements")];
    };
    let mut findings = Vec::new();
    for (number, level) in listed.iter().filter(|(number, _)| CHAPTERS.iter().any(|(chapter, _)| *chapter == number.0))
    {
        match table.get(number) {
            None => findings.push(format!("{TABLE}: {number} is missing")),
            Some(row) if row.level != *level => findings.push(format!("{TABLE}: {number} is of level {level}")),
            Some(_) => {}
        }
    }
    let known = |number: &Number| listed.iter().any(|(other, _)| other == number);
    findings
        .extend(table.keys().filter(|number| !known(number)).map(|number| format!("{TABLE}: there is no {number}")));
    findings
}

/// Numbers with their levels, as the standard's list has them.
fn listed(list: &str) -> Result<Vec<(Number, u8)>> {
    let mut rows = csv::Reader::from_reader(list.trim_start_matches('\u{feff}').as_bytes());
    let head = rows.headers()?.clone();
    let column = |name: &str| head.iter().position(|known| known == name).with_context(|| format!("no column {name}"));
    let (number, level) = (column("req_id")?, column("L")?);
    rows.records()
        .map(|row| {
            let row = row?;
            let number = Number::try_from(row[number].to_owned()).map_err(anyhow::Error::msg)?;
            Ok((number, row[level].parse()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CHAPTERS, against, of_table};
    use crate::asvs::{PAGE, TABLE, page, read};
    use crate::tidy::Tree;

    const TESTS: &str = "#[tokio::test]\nasync fn it_holds() {}\nfn helper() {}\n";

    /// A row that is met by the sample test.
    fn row(number: &str) -> String {
        format!(
            "[\"{number}\"]\nlevel = 1\nasks = \"a\"\nstatus = \"met\"\nhow = \"b\"\ntests = [\"t.rs::it_holds\"]\n"
        )
    }

    fn whole() -> String {
        CHAPTERS
            .iter()
            .flat_map(|(chapter, count)| (1..=*count).map(move |n| row(&format!("V{chapter}.1.{n}"))))
            .collect()
    }

    fn tree(table: &str) -> Tree {
        let page = read(table).map(|table| page(&table)).unwrap_or_default();
        Tree::of(&[(TABLE, table), (PAGE, &page), ("t.rs", TESTS)])
    }

    fn one_finding(old: &str, new: &str) -> String {
        let findings = of_table(&tree(&whole().replacen(old, new, 1)));
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings.concat()
    }

    #[test]
    fn a_whole_table_passes() {
        assert_eq!(of_table(&tree(&whole())), [""; 0]);
    }

    #[test]
    fn what_is_missing_or_made_up_is_found() {
        assert!(one_finding(&row("V7.1.1"), "").contains("chapter 7 has 17 of 18"));
        assert!(one_finding("it_holds", "it_never_was").contains("there is no test t.rs::it_never_was"));
        assert!(one_finding("it_holds", "helper").contains("there is no test t.rs::helper"));
        assert!(one_finding("tests = [\"t.rs::it_holds\"]\n", "").contains("met needs a test"));
        assert!(one_finding("status = \"met\"", "status = \"open\"").contains("open needs the gap"));
        assert!(one_finding("\"met\"", "\"not-applicable\"").contains("say why"));
        assert!(one_finding("\"met\"", "\"surely\"").contains("unknown variant"));
    }

    #[test]
    fn a_page_that_was_not_made_anew_is_found() {
        let tree = Tree::of(&[(TABLE, &whole()), (PAGE, "old"), ("t.rs", TESTS)]);
        assert!(of_table(&tree).concat().contains("run cargo xtask asvs"));
    }

    #[test]
    fn numbers_and_levels_are_held_against_the_standard() {
        let list = "\u{feff}req_id,req_description,L\nV6.1.1,\"one, two\",1\nV6.9.9,b,2\nV6.1.2,c,2\nV1.1.1,d,1\n";
        let findings = against(&tree(&(row("V6.1.1") + &row("V6.1.2") + &row("V6.1.3"))), list);
        assert_eq!(findings.len(), 3, "{findings:?}");
        assert!(findings[0].contains("V6.9.9 is missing") && findings[1].contains("V6.1.2 is of level 2"));
        assert!(findings[2].contains("there is no V6.1.3"));
    }
}
