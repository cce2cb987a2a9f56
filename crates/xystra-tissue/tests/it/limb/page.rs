//! The tables of docs/validation/contact.md: held against what was found, or written anew.

use std::fmt::Write;
use std::path::PathBuf;

use super::fit::Fit;
use super::rows::{Row, SITES};
use super::{Misses, median};

const BEGIN: &str = "<!-- limb begin -->\n";
const END: &str = "<!-- limb end -->";

/// Holds the page against the tables, or writes them when `XYSTRA_WRITE` is set.
pub(super) fn hold(rows: &[Row], ways: [&Misses; 3], fit: &Fit) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/validation/contact.md");
    let page = std::fs::read_to_string(&path).expect("the page of contact");
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the tables");
    let (old, after) = rest.split_once(END).expect("the place ends");
    let new = tables(rows, ways, fit);
    if std::env::var_os("XYSTRA_WRITE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{new}{END}{after}")).expect("the page is written");
        return;
    }
    assert_eq!(old, new, "docs/validation/contact.md is not what was found: run with XYSTRA_WRITE=1");
}

fn tables(rows: &[Row], ways: [&Misses; 3], fit: &Fit) -> String {
    let mut text = String::from(
        "| site | rows | skin: layers | spring | middle | fat: layers | spring | middle | muscle: layers | spring | middle |\n",
    );
    text.push_str("|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (site, name) in SITES.iter().enumerate() {
        row(&mut text, name, rows, ways, |row| row.site == site);
    }
    row(&mut text, "all", rows, ways, |_| true);
    text.push_str("\n| fitted to all rows | Young's modulus, kPa | stiffening, 1 |\n|---|---|---|\n");
    let names = ["skin", "fat"].into_iter().map(str::to_owned).chain(SITES.map(|site| format!("muscle {site}")));
    for (name, guess) in names.zip(&fit.guesses) {
        let _ = writeln!(text, "| {name} | {:.0} | {:.0} |", guess.young_kpa, guess.stiffening);
    }
    let _ = writeln!(text, "\nThe load spreads {:.2} mm to each side for each mm of depth.", fit.spread);
    text
}

fn row(text: &mut String, name: &str, rows: &[Row], ways: [&Misses; 3], is_here: impl Fn(&Row) -> bool) {
    let here: Vec<usize> = (0..rows.len()).filter(|&i| is_here(&rows[i])).collect();
    let _ = write!(text, "| {name} | {} |", here.len());
    for layer in 0..3 {
        for way in ways {
            let _ = write!(text, " {:.3} |", median(here.iter().map(|&i| way[layer][i])));
        }
    }
    text.push('\n');
}
