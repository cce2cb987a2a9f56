//! Reading a page as text: what stands in an attribute, and what stands between the marks.

/// The value of the first `name="..."` in the page.
pub fn attribute<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    attributes(page, name).next()
}

/// The values of every `name="..."` in the page, in order.
pub fn attributes<'a>(page: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!(" {name}=\"");
    let parts: Vec<&str> = page.split(start.as_str()).skip(1).collect();
    parts.into_iter().filter_map(|part| part.split('"').next())
}

/// The text with its character references resolved, as a person reads it.
pub fn unescaped(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let (character, length) = reference(&rest[at..]);
        text.push(character);
        rest = &rest[at + length..];
    }
    text + rest
}

/// The character that a reference stands for, and the reference's length in bytes; a bare `&` stands for itself.
fn reference(text: &str) -> (char, usize) {
    let named = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"')];
    if let Some((name, character)) = named.iter().find(|(name, _)| text.starts_with(name)) {
        return (*character, name.len());
    }
    let number = text.strip_prefix("&#").and_then(|rest| rest.split_once(';')).map(|(number, _)| number);
    let character = number.and_then(|number| Some((char::from_u32(number.parse().ok()?)?, number.len() + 3)));
    character.unwrap_or(('&', 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_text_come_out_as_they_were_put_in() {
        let page = "<body data-csrf=\"ab\"><input name=\"item_a\"><input name=\"item_b\">3 &#60; 5 &amp; so & on &#39;";
        assert_eq!(attribute(page, "data-csrf"), Some("ab"));
        assert_eq!(attributes(page, "name").collect::<Vec<_>>(), ["item_a", "item_b"]);
        assert_eq!(attribute(page, "href"), None);
        assert!(unescaped(page).ends_with("3 < 5 & so & on '"));
    }
}
