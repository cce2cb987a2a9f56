//! `unwrap` says nothing to the person whose record it loses. Clippy warns of it; this also sees where that was silenced.

use crate::tidy::Tree;
use crate::tidy::rust::shipped_lines;

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let ours = |path: &str| path.starts_with("crates/") && path.contains("/src/") && !path.ends_with("tests.rs");
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| ours(&file.path)) {
        for (number, line) in shipped_lines(&file.text) {
            if line.contains(".unwrap()") {
                findings
                    .push(file.finding(number, "unwrap: return an error, or expect with the reason it cannot fail"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    const CODE: &str = "\
/// a.unwrap()
fn f() { a.unwrap(); }

#[cfg(test)]
mod tests {
    fn g() { a.unwrap(); }
}

fn h() { a.unwrap(); }
";

    #[test]
    fn an_unwrap_is_found_before_and_after_tests_but_not_in_them() {
        let tree = Tree::of(&[("crates/x/src/a.rs", CODE)]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 2);
        assert!(findings[0].starts_with("crates/x/src/a.rs:2:"));
        assert!(findings[1].starts_with("crates/x/src/a.rs:9:"));
    }

    #[test]
    fn files_of_tests_may_unwrap() {
        let tree = Tree::of(&[("crates/x/src/a/tests.rs", CODE), ("crates/x/tests/it/main.rs", CODE)]);
        assert!(check(&tree).is_empty());
    }
}
