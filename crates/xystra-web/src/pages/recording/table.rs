//! The strokes as a table for other programs.

/// A file name for the table, after the recording's.
pub(super) fn file_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    format!("strokes-{plain}.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_holds_nothing_strange() {
        assert_eq!(file_name("../el bow.v2.csv"), "strokes----el-bow-v2.csv");
    }
}
