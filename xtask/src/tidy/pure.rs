//! The record and its science take time, chance and text as arguments, so that every result can be had again.

use crate::tidy::Tree;
use crate::tidy::rust::shipped_lines;

const PURE: [&str; 4] = ["catalog", "dose", "care", "course"];

const OUTSIDE: [&str; 9] = [
    "Timestamp::now",
    "Zoned::now",
    "SystemTime::now",
    "Instant::now",
    "now_v7",
    "new_v4",
    "std::fs",
    "std::env",
    "std::net",
];

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let is_pure = |path: &str| PURE.iter().any(|name| path.starts_with(&format!("crates/xystra-{name}/src/")));
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| is_pure(&file.path)) {
        for (number, line) in shipped_lines(&file.text) {
            let used = OUTSIDE.iter().filter(|name| line.contains(*name));
            findings.extend(used.map(|name| file.finding(number, &format!("{name}: take it as an argument"))));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    #[test]
    fn a_clock_in_the_record_is_found_and_one_in_the_program_is_not() {
        let code = "fn f() -> Timestamp {\n    Timestamp::now()\n}\n";
        let tree = Tree::of(&[("crates/xystra-care/src/plan.rs", code), ("crates/xystra-web/src/lib.rs", code)]);
        let place = "crates/xystra-care/src/plan.rs:2";
        assert_eq!(check(&tree), [format!("{place}: Timestamp::now: take it as an argument")]);
    }
}
