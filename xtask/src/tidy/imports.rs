//! Who may import whom: the table in ARCHITECTURE.md against what cargo knows.
//!
//! The table's first column names a crate (`care` is the package `xystra-care`), the second the crates of ours that it may
//! import, the third what it must not know; words in back-ticks there are crates of others.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::tidy::Tree;

/// Imported by tests only, and there by anyone.
const TEST_ONLY: &str = "testkit";

#[derive(Debug)]
struct Row {
    name: String,
    may_import: Vec<String>,
    must_not_know: Vec<String>,
}

#[derive(Debug)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Debug)]
struct Dependency {
    name: String,
    for_tests: bool,
}

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    compare(tree).unwrap_or_else(|error| vec![format!("{error:#}")])
}

fn compare(tree: &Tree) -> Result<Vec<String>> {
    let rows = rows(tree.text("ARCHITECTURE.md")?);
    ensure!(!rows.is_empty(), "ARCHITECTURE.md has no table that begins \"| crate |\"");
    Ok(findings(&rows, &packages(&metadata()?)?))
}

fn findings(rows: &[Row], packages: &[Package]) -> Vec<String> {
    let mut findings = Vec::new();
    for row in rows {
        if !packages.iter().any(|package| package.name == row.name) {
            findings.push(format!("the table has a row {}, but there is no such crate", row.name));
        }
    }
    for package in packages {
        match rows.iter().find(|row| row.name == package.name) {
            Some(row) => findings.extend(package.breaches(row, rows)),
            None => findings.push(format!("{} has no row in the table", package.name)),
        }
    }
    findings
}

impl Package {
    fn breaches(&self, row: &Row, rows: &[Row]) -> Vec<String> {
        let breach = |dependency: &Dependency| {
            let Dependency { name, for_tests } = dependency;
            let is_ours = rows.iter().any(|row| row.name == *name);
            let allowed = if is_ours {
                row.may_import.contains(name) || (*for_tests && name == TEST_ONLY)
            } else {
                *for_tests || !row.must_not_know.contains(name)
            };
            (!allowed).then(|| format!("{} imports {name}, which the table forbids", self.name))
        };
        self.dependencies.iter().filter_map(breach).collect()
    }
}

fn rows(page: &str) -> Vec<Row> {
    page.lines()
        .skip_while(|line| !line.starts_with("| crate |"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(row)
        .collect()
}

fn row(line: &str) -> Option<Row> {
    let mut cells = line.trim_matches('|').split('|').map(str::trim);
    let name = cells.next()?.to_owned();
    let ours = cells.next()?.split(',').map(str::trim).filter(|name| *name != "-");
    let may_import = ours.map(str::to_owned).collect();
    let others = cells.next()?.split('`').skip(1).step_by(2);
    let must_not_know = others.map(str::to_owned).collect();
    Some(Row { name, may_import, must_not_know })
}

fn metadata() -> Result<Value> {
    let args = ["metadata", "--no-deps", "--format-version", "1", "--locked"];
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo).args(args).output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "cargo metadata: {errors}");
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn packages(metadata: &Value) -> Result<Vec<Package>> {
    let list = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    list.iter().map(package).collect()
}

fn package(value: &Value) -> Result<Package> {
    let dependencies = value["dependencies"].as_array().context("a package without dependencies")?;
    let dependencies = dependencies
        .iter()
        .map(|dependency| Ok(Dependency { name: short_name(dependency)?, for_tests: dependency["kind"] == "dev" }));
    Ok(Package { name: short_name(value)?, dependencies: dependencies.collect::<Result<_>>()? })
}

fn short_name(value: &Value) -> Result<String> {
    let name = value["name"].as_str().context("a package without a name")?;
    Ok(name.strip_prefix("xystra-").unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{findings, packages, rows};

    const TABLE: &str = "\
| crate | may import | must not know |
|---|---|---|
| dose | - | who was treated |
| care | dose | `axum`, `sqlx`, the clock |
| testkit | care | - |
";

    fn found(name: &str, dependency: &str, kind: Option<&str>) -> Vec<String> {
        let mut list = vec![];
        for row in ["xystra-dose", "xystra-care", "xystra-testkit"] {
            let dependencies = if row == name { json!([{ "name": dependency, "kind": kind }]) } else { json!([]) };
            list.push(json!({ "name": row, "dependencies": dependencies }));
        }
        findings(&rows(TABLE), &packages(&json!({ "packages": list })).unwrap())
    }

    #[test]
    fn what_the_table_allows_passes() {
        assert_eq!(found("xystra-care", "xystra-dose", None), [""; 0]);
        assert_eq!(found("xystra-care", "serde", None), [""; 0]);
        assert_eq!(found("xystra-dose", "xystra-testkit", Some("dev")), [""; 0]);
    }

    #[test]
    fn an_import_against_the_arrow_is_found() {
        let against = ["dose imports care, which the table forbids"];
        assert_eq!(found("xystra-dose", "xystra-care", None), against);
        assert_eq!(found("xystra-dose", "xystra-care", Some("dev")), against);
        assert_eq!(found("xystra-dose", "xystra-care", Some("build")), against);
        assert_eq!(found("xystra-care", "xystra-testkit", None).len(), 1);
    }

    #[test]
    fn a_crate_that_must_not_be_known_is_found() {
        assert_eq!(found("xystra-care", "sqlx", None), ["care imports sqlx, which the table forbids"]);
    }

    #[test]
    fn a_crate_without_a_row_and_a_row_without_a_crate_are_found() {
        let list = json!({ "packages": [{ "name": "xystra-new", "dependencies": [] }] });
        let findings = findings(&rows(TABLE), &packages(&list).unwrap());
        assert_eq!(findings.len(), 4);
        assert_eq!(findings[3], "new has no row in the table");
    }
}
