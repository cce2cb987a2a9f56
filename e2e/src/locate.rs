//! Finds things the way a person names them: by what is written on or beside them.
//!
//! Each function gives XPaths in order of preference: the exact text first, then text that begins so (labels carry units and
//! hints after their name).

/// Something to press: a button, a link, a summary.
pub(crate) fn pressable(text: &str) -> Vec<String> {
    let kinds = "self::button or self::a or self::summary or @role='button' or @role='tab'";
    let submit = "self::input[@type='submit' or @type='button']";
    by_text(text, |is| {
        format!("//*[({kinds}) and ({} or {})] | //*[{submit} and {}]", is("."), is("@aria-label"), is("@value"))
    })
}

/// A label to tap, for a radio button or a checkbox.
pub(crate) fn label(text: &str) -> Vec<String> {
    by_text(text, |is| format!("//label[{}]", is(".")))
}

/// A label inside the group of fields with the given legend.
pub(crate) fn label_under(legend: &str, text: &str) -> Vec<String> {
    let group = starts_with(".", legend);
    by_text(text, |is| format!("//fieldset[legend[{group}]]//label[{}]", is(".")))
}

/// A field to write in or choose from, by its label.
pub(crate) fn field(text: &str) -> Vec<String> {
    let kinds = "self::input or self::select or self::textarea";
    by_text(text, |is| {
        let written = is(".");
        format!(
            "//*[({kinds}) and (@id = //label[{written}]/@for or ancestor::label[{written}] or {})]",
            is("@aria-label")
        )
    })
}

fn by_text(text: &str, xpath: impl Fn(&dyn Fn(&str) -> String) -> String) -> Vec<String> {
    vec![xpath(&|node| equals(node, text)), xpath(&|node| starts_with(node, text))]
}

fn equals(node: &str, text: &str) -> String {
    format!("normalize-space({node})={}", literal(text))
}

fn starts_with(node: &str, text: &str) -> String {
    format!("starts-with(normalize-space({node}), {})", literal(text))
}

/// XPath has no escapes: text with both kinds of quote is joined from pieces.
fn literal(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let pieces: Vec<_> = text.split('\'').map(|piece| format!("'{piece}'")).collect();
    format!("concat({})", pieces.join(", \"'\", "))
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn a_quote_in_a_label_survives() {
        assert_eq!(literal("Pain now"), "'Pain now'");
        assert_eq!(literal("the client's"), r#"concat('the client', "'", 's')"#);
    }
}
