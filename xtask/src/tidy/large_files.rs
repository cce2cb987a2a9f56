//! Large files make every clone slow for ever; data that big is fetched, not tracked.

use crate::tidy::Tree;

const LIMIT: u64 = 900 * 1024;

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let large = tree.files.iter().filter(|file| file.bytes > LIMIT);
    let finding = |path: &str, bytes: u64| format!("{path}: {} kB, over {} kB", bytes / 1024, LIMIT / 1024);
    large.map(|file| finding(&file.path, file.bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::{LIMIT, check};
    use crate::tidy::Tree;

    #[test]
    fn a_file_over_the_limit_is_found() {
        let mut tree = Tree::of(&[("picture.png", ""), ("small.txt", "")]);
        tree.files[0].bytes = LIMIT + 1;
        tree.files[1].bytes = LIMIT;
        assert_eq!(check(&tree), ["picture.png: 900 kB, over 900 kB"]);
    }
}
