//! `cargo xtask tidy`: the rules of the house that a compiler does not know. One check, one file.
//!
//! A check takes the [`Tree`] and gives findings, each one line that names the place and what to do.

mod asvs;
mod imports;
mod large_files;
mod leftovers;
mod machine_paths;
mod named_paths;
mod practice_scope;
mod pure;
mod rust;
mod strict_pages;
mod tree;
mod unwraps;

use anyhow::{Result, ensure};

pub(crate) use crate::tidy::tree::Tree;

type Check = fn(&Tree) -> Vec<String>;

const CHECKS: [(&str, Check); 11] = [
    ("imports follow the table in ARCHITECTURE.md", imports::check),
    ("the record takes clock and files as arguments", pure::check),
    ("pages name paths that exist", named_paths::check),
    ("README promises what CI runs", promises),
    ("nothing is left undone", leftovers::check),
    ("no unwrap outside tests", unwraps::check),
    ("no paths of one machine", machine_paths::check),
    ("templates suit a strict content security policy", strict_pages::check),
    ("SQL stays inside one practice", practice_scope::check),
    ("the table of security requirements is whole", asvs::check),
    ("no large files", large_files::check),
];

/// Runs every check and lists all findings.
pub(crate) fn run() -> Result<()> {
    let tree = Tree::of_repository()?;
    let mut count = 0;
    for (name, check) in CHECKS {
        let findings = check(&tree);
        println!("{} {name}", if findings.is_empty() { "ok  " } else { "FAIL" });
        for finding in &findings {
            println!("     {finding}");
        }
        count += findings.len();
    }
    ensure!(count == 0, "{count} findings");
    Ok(())
}

fn promises(_: &Tree) -> Vec<String> {
    let broken = crate::readme::commands().err();
    broken.map(|error| format!("{error:#}")).into_iter().collect()
}
