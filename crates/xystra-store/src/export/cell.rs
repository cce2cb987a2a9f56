//! A value as a spreadsheet's cell.

use serde_json::Value;

/// Parts the values of a list within one cell.
const BETWEEN: &str = "; ";

/// The text of a cell. A text that a spreadsheet would take for a formula gets an apostrophe in front.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => neutral(text),
        Value::Array(values) if values.iter().all(is_plain) => {
            neutral(&values.iter().map(plain).collect::<Vec<_>>().join(BETWEEN))
        }
        document => neutral(&document.to_string()),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A cell is run as a formula when it begins with one of these, whoever typed it: a client's name could read other cells.
fn neutral(text: &str) -> String {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// A sign, digits, and a decimal point or comma among them: nothing to run.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once(['.', ',']) {
        Some((whole, part)) => plain(whole) && plain(part),
        None => plain(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_a_spreadsheet_would_run_is_neutralised() {
        for text in
            ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "+49 555 0100", "-"]
        {
            assert_eq!(cell(&json!(text)), format!("'{text}"));
        }
        assert_eq!(cell(&json!(["=1+1", "x"])), "'=1+1; x");
    }

    #[test]
    fn numbers_and_plain_words_stay_as_they_are() {
        for text in ["-3.5", "+7", "-1,5", "a=b", "'quoted", "", "2026-03-11", "x\n=1"] {
            assert_eq!(cell(&json!(text)), text);
        }
        assert_eq!(
            (cell(&json!(-3.5)), cell(&json!(true)), cell(&Value::Null)),
            ("-3.5".into(), "true".into(), String::new())
        );
    }

    #[test]
    fn a_list_is_joined_and_a_document_stays_one() {
        assert_eq!(cell(&json!(["nickel", "lanolin", 2])), "nickel; lanolin; 2");
        assert_eq!(cell(&json!({"a": [1]})), r#"{"a":[1]}"#);
    }
}
