//! Code that says of itself that it is not done.

use crate::tidy::Tree;

const LEFTOVERS: [&str; 4] = ["todo!", "unimplemented!", "FIXME", "#[ignore"];

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.rust() {
        for (number, line) in file.lines() {
            let left = LEFTOVERS.iter().filter(|left| line.contains(*left));
            findings.extend(left.map(|left| file.finding(number, &format!("{left}: finish it or take it out"))));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    #[test]
    fn what_is_undone_is_found_with_its_line() {
        let tree = Tree::of(&[("a.rs", "fn f() {\n    todo!()\n}\n#[ignore]\n"), ("b.md", "FIXME")]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 2);
        assert!(findings[0].starts_with("a.rs:2: todo!"));
    }

    #[test]
    fn a_list_of_things_to_do_is_no_leftover() {
        let tree = Tree::of(&[("a.rs", "let todo = list();")]);
        assert!(check(&tree).is_empty());
    }
}
