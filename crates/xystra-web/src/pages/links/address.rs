//! The address of a link, by the name under which this browser reached the program.

use axum::http::HeaderMap;
use axum::http::header::HOST;

use crate::app::App;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pages) struct Address {
    /// The whole address.
    pub(in crate::pages) text: String,
    /// Only this very machine can open it: the program was reached by a name that means "here".
    pub(in crate::pages) is_here_only: bool,
}

impl Address {
    /// The address of a path of ours.
    pub(in crate::pages) fn of(app: &App, headers: &HeaderMap, path: &str) -> Self {
        let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self::at(if app.secure() { "https" } else { "http" }, host, path)
    }

    fn at(scheme: &str, host: &str, path: &str) -> Self {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        let host = if !host.is_empty() && host.bytes().all(known) { host } else { "localhost" };
        Self { text: format!("{scheme}://{host}{path}"), is_here_only: is_here(host) }
    }
}

fn is_here(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name == "localhost" || name.ends_with(".localhost") || name.starts_with("127.") || name == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn at(host: &str) -> (String, bool) {
        let address = Address::at("https", host, "/c/1");
        (address.text, address.is_here_only)
    }

    #[test]
    fn it_is_the_name_that_the_browser_used() {
        assert_eq!(at("desk.local:8610"), ("https://desk.local:8610/c/1".into(), false));
        assert_eq!(at("[fd12::1]:8610"), ("https://[fd12::1]:8610/c/1".into(), false));
        assert_eq!(at("evil\"><b>").0, "https://localhost/c/1");
    }

    #[test]
    fn a_name_that_means_this_machine_is_told() {
        for host in ["localhost:8610", "127.0.0.1:8610", "[::1]:8610", "xystra.localhost", ""] {
            assert!(at(host).1, "{host}");
        }
        assert!(!at("192.168.1.20:8610").1);
    }
}
