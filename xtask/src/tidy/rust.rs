//! As much of Rust's grammar as the checks need; it leans on rustfmt's layout.

/// Numbered lines of what ships: no comments (examples live there), nothing under `#[cfg(test)]`.
pub(crate) fn shipped_lines(text: &str) -> Vec<(usize, &str)> {
    let mut kept = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            if !line.trim_start().starts_with("//") {
                kept.push((number, line));
            }
            continue;
        }
        // rustfmt closes an item at the column where its attribute began.
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = format!("{indent}}}");
        let first = lines.find(|(_, line)| !line.trim().starts_with("#["));
        if first.is_some_and(|(_, line)| line.ends_with('{')) {
            lines.find(|(_, line)| *line == end);
        }
    }
    kept
}

/// The string literals of a Rust text, each with the line where it begins. Escapes stay as written.
pub(crate) fn strings(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let (length, literal) = token(&text[at..]);
        if let Some(literal) = literal {
            let line = text[..at].matches('\n').count() + 1;
            found.push((line, literal));
        }
        at += length;
    }
    found
}

/// The length of the piece at the start of `rest`, and its content if it is a string literal.
fn token(rest: &str) -> (usize, Option<&str>) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None);
    }
    if rest.starts_with("/*") {
        return (rest.find("*/").map_or(rest.len(), |end| end + 2), None);
    }
    if rest.starts_with("r\"") || rest.starts_with("r#") {
        return raw(rest);
    }
    if rest.starts_with('"') {
        return quoted(rest);
    }
    // A quote as a character is not the beginning of a string.
    for character in ["'\"'", "'\\\"'"] {
        if rest.starts_with(character) {
            return (character.len(), None);
        }
    }
    (rest.chars().next().map_or(1, char::len_utf8), None)
}

fn raw(rest: &str) -> (usize, Option<&str>) {
    let hashes = rest[1..].len() - rest[1..].trim_start_matches('#').len();
    let open = hashes + 2;
    if !rest[1 + hashes..].starts_with('"') {
        return (1 + hashes, None);
    }
    let close = format!("\"{}", "#".repeat(hashes));
    match rest[open..].find(&close) {
        Some(end) => (open + end + close.len(), Some(&rest[open..open + end])),
        None => (rest.len(), None),
    }
}

fn quoted(rest: &str) -> (usize, Option<&str>) {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !escaped => return (at + 1, Some(&rest[1..at])),
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    (rest.len(), None)
}

#[cfg(test)]
mod tests {
    use super::{shipped_lines, strings};

    #[test]
    fn all_kinds_of_strings_are_found_with_their_lines() {
        let text = "let a = \"one \\\" two\"; // \"no\"\nlet r#type = r#\"three \"four\"\"#;\n\
            let c = '\"'; /* \"no\" */\nlet b = \"five\n  six\";\nlet d = for_r(\"é\");";
        let found = strings(text);
        assert_eq!(found, [(1, "one \\\" two"), (2, "three \"four\""), (4, "five\n  six"), (6, "é")]);
    }

    #[test]
    fn a_test_module_in_its_own_file_hides_one_line_only() {
        let text = "#[cfg(test)]\nmod tests;\nfn f() {}\n";
        assert_eq!(shipped_lines(text), [(3, "fn f() {}")]);
    }
}
