//! Generated parts of a page that people wrote: what stands between `<!-- NAME begin -->` and `<!-- NAME end -->`.

use std::fs;

use anyhow::{Context, Result};

/// Puts `text` in the place of what stands between the marks of `part` in the file `page`.
pub fn put(page: &str, part: &str, text: &str) -> Result<()> {
    let old = fs::read_to_string(page).with_context(|| page.to_owned())?;
    let new = replaced(&old, part, text).with_context(|| page.to_owned())?;
    fs::write(page, new).with_context(|| page.to_owned())
}

/// A table of Markdown.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &mut dyn Iterator<Item = &str>| format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
    let head = line(&mut heads.iter().copied());
    let rule = format!("|{}\n", "---|".repeat(heads.len()));
    rows.iter().fold(head + &rule, |page, row| page + &line(&mut row.iter().map(String::as_str)))
}

fn replaced(page: &str, part: &str, text: &str) -> Result<String> {
    let (begin, end) = (format!("<!-- {part} begin -->\n"), format!("<!-- {part} end -->"));
    let (before, rest) = page.split_once(&begin).with_context(|| format!("there is no mark {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("there is no mark {end}"))?;
    Ok(format!("{before}{begin}{}\n{end}{after}", text.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_wrote_stays() {
        let page = "a\n<!-- x begin -->\nold\n<!-- x end -->\nb\n";
        assert_eq!(replaced(page, "x", "new\n\n").unwrap(), "a\n<!-- x begin -->\nnew\n<!-- x end -->\nb\n");
        assert!(replaced(page, "y", "").is_err());
    }

    #[test]
    fn a_table_has_a_head_and_a_rule() {
        assert_eq!(table(&["a", "b"], &[vec!["1".into(), "2".into()]]), "| a | b |\n|---|---|\n| 1 | 2 |\n");
    }
}
