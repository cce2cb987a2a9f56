//! Pages run under a content security policy without inline styles or scripts, so a template must hold none.

use crate::tidy::Tree;

pub(crate) fn check(tree: &Tree) -> Vec<String> {
    let mut findings = Vec::new();
    for file in tree.with_ending(".html") {
        for (at, tag) in tags(&file.text) {
            if let Some(what) = breach(tag) {
                let line = file.text[..at].matches('\n').count() + 1;
                findings.push(file.finding(line, what));
            }
        }
    }
    findings
}

/// Every opening tag from `<` to `>`, with its place.
fn tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    html.match_indices('<').filter_map(|(at, _)| {
        let rest = &html[at..];
        let opens = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        opens.then(|| (at, &rest[..=rest.find('>').unwrap_or(rest.len() - 1)]))
    })
}

fn breach(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    let mut attributes = tag.split_whitespace().skip(1).map(|word| word.split('=').next().unwrap_or(word));
    if tag.starts_with("<style") {
        return Some("a <style>: put it into the style sheet");
    }
    if tag.starts_with("<script") && !tag.contains("src=") {
        return Some("an inline <script>: put it into a module under static");
    }
    if tag.contains("javascript:") {
        return Some("a javascript: address: use a button and a module");
    }
    attributes.find_map(|attribute| match attribute {
        "style" => Some("an inline style: use a class"),
        _ if is_handler(attribute) => Some("an inline event handler: use a module under static"),
        _ => None,
    })
}

fn is_handler(attribute: &str) -> bool {
    let event = attribute.strip_prefix("on").unwrap_or_default();
    !event.is_empty() && event.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::Tree;

    fn findings(html: &str) -> Vec<String> {
        check(&Tree::of(&[("a.html", html)]))
    }

    #[test]
    fn inline_styles_scripts_and_handlers_are_found() {
        for bad in [
            "<p\n style=\"color: red\">",
            "<style>p {}</style>",
            "<script>run()</script>",
            "<button onclick=\"run()\">",
            "<a href=\"javascript:run()\">",
        ] {
            assert_eq!(findings(bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn what_the_policy_allows_passes() {
        let good = "<script type=\"module\" src=\"/static/js/map.js\"></script>\n\
            <p class=\"style\" data-on=\"x\">{% if n < 3 %}style=\"\"{% endif %}</p>";
        assert_eq!(findings(good), [""; 0]);
    }
}
