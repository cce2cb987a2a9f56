//! The page: what is open first, then chapter by chapter.

use std::fmt::Write;

use super::{Number, Requirement, Status, Table};

const CHAPTERS: [(u8, &str); 5] = [
    (6, "Authentication"),
    (7, "Session management"),
    (8, "Authorization"),
    (14, "Data protection"),
    (16, "Security logging and error handling"),
];
const STATUSES: [Status; 4] = [Status::Met, Status::Partly, Status::Open, Status::NotApplicable];

const HEAD: &str = "\
# OWASP ASVS 5.0, levels 1 and 2

Made by `cargo xtask asvs` from [asvs.toml](asvs.toml); `cargo xtask tidy` fails when the two differ, when a requirement is missing, or
when a test that is named here is not there.

The numbers are those of the OWASP Application Security Verification Standard 5.0, which is the OWASP Foundation's and stands under
[CC BY-SA 4.0](https://creativecommons.org/licenses/by-sa/4.0/). What each one asks is told here in our own few words; the standard
itself is what counts. This table has the five chapters that were begun; the other twelve have not been gone through yet.

**What \"level 2\" does not mean here.** Nobody outside the project has looked: no audit, no penetration test, no certificate. The
makers of the program filled in this table. *Met* means that a test named here passes and would fail without the thing; it does not mean
that no way around it exists. What the program cannot do for you stands in [security.md](../security.md).
";

pub(super) fn of(table: &Table) -> String {
    let mut page = format!("{HEAD}\n{}", counts(table));
    for (status, title) in [(Status::Open, "Open"), (Status::Partly, "Partly met")] {
        section(&mut page, title, table.iter().filter(|(_, row)| row.status == status));
    }
    for (chapter, name) in CHAPTERS {
        let settled = |row: &Requirement| matches!(row.status, Status::Met | Status::NotApplicable);
        let rows = table.iter().filter(|(number, row)| number.0 == chapter && settled(row));
        section(&mut page, &format!("Chapter {chapter}: {name}"), rows);
    }
    page
}

fn counts(table: &Table) -> String {
    let mut text =
        String::from("| chapter | met | partly | open | does not apply | all |\n|---|--:|--:|--:|--:|--:|\n");
    for (chapter, name) in CHAPTERS {
        line(&mut text, &format!("{chapter} {name}"), table.iter().filter(|(number, _)| number.0 == chapter));
    }
    line(&mut text, "all five", table.iter());
    text
}

fn line<'a>(text: &mut String, name: &str, rows: impl Iterator<Item = (&'a Number, &'a Requirement)>) {
    let rows: Vec<_> = rows.collect();
    let of = |status| rows.iter().filter(|(_, row)| row.status == status).count().to_string();
    let cells = STATUSES.map(of).join(" | ");
    let _ = writeln!(text, "| {name} | {cells} | {} |", rows.len());
}

fn section<'a>(page: &mut String, title: &str, rows: impl Iterator<Item = (&'a Number, &'a Requirement)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(page, "\n## {title}\n\n| number | level | asks | how it stands |\n|---|--:|---|---|\n");
    for (number, row) in rows {
        let _ = writeln!(page, "| {number} | {} | {} | {} |", row.level, row.asks, stands(row));
    }
}

/// In one cell: the status unless it is met, how, what is missing, by which tests.
fn stands(row: &Requirement) -> String {
    let tests: Vec<String> = row.tests.iter().map(|test| format!("`{test}`")).collect();
    let mut parts = Vec::new();
    if row.status != Status::Met {
        parts.push(format!("**{}**", row.status.word()));
    }
    parts.extend([&row.how, &row.gap, &row.why].into_iter().flatten().cloned());
    if !tests.is_empty() {
        parts.push(tests.join("<br>"));
    }
    parts.join("<br>").replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use crate::asvs::{TABLE, read};

    #[test]
    fn what_is_open_comes_first_and_everything_is_counted() {
        let row = |number: &str, status: &str, more: &str| {
            format!("[\"{number}\"]\nlevel = 1\nasks = \"asks {number}\"\nstatus = \"{status}\"\n{more}\n")
        };
        let text =
            row("V6.2.1", "met", "how = \"so\"\ntests = [\"a.rs::b\"]") + &row("V6.10.1", "open", "gap = \"not yet\"");
        let page = super::of(&read(&text).expect(TABLE));
        assert!(page.find("asks V6.10.1") < page.find("asks V6.2.1"), "{page}");
        assert!(page.contains("| 6 Authentication | 1 | 0 | 1 | 0 | 2 |") && page.contains("`a.rs::b`"), "{page}");
    }
}
