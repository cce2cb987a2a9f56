//! The generated rows of docs/validation/dose.md.

use std::fs;

use anyhow::{Context, Result};
use xystra_dose::synthetic::Tally;

use super::table::{class_rows, quantity_rows};

const PAGE: &str = "docs/validation/dose.md";

/// Puts the rows in the place of those that are there.
pub fn write(tallies: &[Tally]) -> Result<()> {
    let page = fs::read_to_string(PAGE).context(PAGE)?;
    let page = between(&page, "classes", &class_rows(tallies))?;
    let page = between(&page, "quantities", &quantity_rows(tallies))?;
    fs::write(PAGE, page).context(PAGE)
}

/// `page` with `rows` between the marks of `part`; the table's head stands before the first mark's row.
fn between(page: &str, part: &str, rows: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {part} begin -->\n"), format!("<!-- {part} end -->"));
    let (before, rest) = page.split_once(&begin).with_context(|| format!("{PAGE} has no mark {begin}"))?;
    let (table, after) = rest.split_once(&end).with_context(|| format!("{PAGE} has no mark {end}"))?;
    let head: String = table.split_inclusive('\n').take(2).collect();
    Ok(format!("{before}{begin}{head}{rows}{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn the_frame_stays() {
        let page = "a\n<!-- x begin -->\n| h |\n|---|\n| old |\n<!-- x end -->\nb\n";
        let made = between(page, "x", "| new |\n").unwrap();
        assert_eq!(made, "a\n<!-- x begin -->\n| h |\n|---|\n| new |\n<!-- x end -->\nb\n");
        assert!(between(page, "y", "").is_err());
    }
}
