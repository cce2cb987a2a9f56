//! A path of the machine it was written on means nothing to whoever reads it next.

use crate::tidy::Tree;

const FOLDERS: [&str; 5] = ["/work/", "/root/", "/tmp/", "/home/", "/farm/"];

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.files.iter().filter(|file| !file.is_check()) {
        for (number, line) in file.lines() {
            let named = FOLDERS.iter().filter(|folder| names(line, folder));
            findings.extend(named.map(|folder| file.finding(number, &format!("a path under {folder}"))));
        }
    }
    findings
}

/// Whether an absolute path begins with `folder`; `example.org/home/` and `./work/` are none.
fn names(line: &str, folder: &str) -> bool {
    let inside = |before: char| before.is_alphanumeric() || "._-/~}".contains(before);
    line.match_indices(folder).any(|(at, _)| !line[..at].ends_with(inside))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    #[test]
    fn an_absolute_path_is_found() {
        let tree = Tree::of(&[("a.md", "see\n`/home/ana/notes.md`"), ("b.rs", "open(\"/tmp/x\")")]);
        assert_eq!(check(&tree), ["a.md:2: a path under /home/", "b.rs:1: a path under /tmp/"]);
    }

    #[test]
    fn part_of_an_address_is_none() {
        let tree = Tree::of(&[("a.bib", "https://example.org/home/paper"), ("b.md", "./work/x")]);
        assert!(check(&tree).is_empty());
    }
}
