//! What a browser calls itself, in a few plain words.

use axum::http::HeaderMap;
use axum::http::header::USER_AGENT;

/// Words to look for in the order in which they decide: most browsers name their rivals too.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const MACHINES: [(&str, &str); 7] = [
    ("iPad", "an iPad"),
    ("iPhone", "an iPhone"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
];

/// "Firefox on Windows".
pub(crate) fn device_of(headers: &HeaderMap) -> String {
    let text = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let word =
        |known: &[(&str, &'static str)]| known.iter().find(|(sign, _)| text.contains(sign)).map(|(_, word)| *word);
    let browser = word(&BROWSERS).unwrap_or("A browser");
    word(&MACHINES).map_or_else(|| browser.to_owned(), |machine| format!("{browser} on {machine}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(agent: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, axum::http::HeaderValue::from_static(agent));
        device_of(&headers)
    }

    #[test]
    fn browsers_are_told_apart_and_what_is_strange_is_not_repeated() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36";
        assert_eq!(named(chrome), "Chrome on Linux");
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0";
        assert_eq!(named(edge), "Edge on Windows");
        let safari =
            "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1";
        assert_eq!(named(safari), "Safari on an iPad");
        assert_eq!(named("<script>"), "A browser");
        assert_eq!(device_of(&HeaderMap::new()), "A browser");
    }
}
