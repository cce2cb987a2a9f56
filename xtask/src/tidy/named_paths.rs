//! A page that leads a newcomer to a file that is not there loses them.

use crate::tidy::Tree;

const PAGES: [&str; 2] = ["ARCHITECTURE.md", "CONTRIBUTING.md"];
const ROOMS: [&str; 6] = ["crates/", "data/", "docs/", "e2e/", "bench/", "xtask/"];

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for page in tree.files.iter().filter(|file| PAGES.contains(&file.path.as_str())) {
        for (number, line) in page.lines() {
            let missing = paths(line).filter(|path| !tree.has(path));
            findings.extend(missing.map(|path| page.finding(number, &format!("{path} does not exist"))));
        }
    }
    findings
}

/// Words that begin with one of our rooms, without a closing stop or slash.
fn paths(line: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
    line.split(move |c| !part(c))
        .filter(|word| ROOMS.iter().any(|room| word.starts_with(room)))
        .map(|word| word.trim_end_matches(['.', '/']))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    #[test]
    fn a_path_that_does_not_exist_is_found() {
        let page = "`crates/x/src/a.rs` and data/catalog/.\n[gone](crates/x/src/b.rs)\n";
        let tree = Tree::of(&[("ARCHITECTURE.md", page), ("crates/x/src/a.rs", ""), ("data/catalog/advice.toml", "")]);
        assert_eq!(check(&tree), ["ARCHITECTURE.md:2: crates/x/src/b.rs does not exist"]);
    }
}
