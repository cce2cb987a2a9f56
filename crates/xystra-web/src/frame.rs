//! What every page has around it.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// Where in the program a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nav {
    Today,
    Clients,
    Recordings,
    Catalog,
    Practice,
    None,
}

/// What every page has around it; templates reach it as `frame`.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) nav: Nav,
    pub(crate) who: Option<String>,
    pub(crate) practice: String,
    /// Every form carries it in `_csrf`.
    pub(crate) csrf: String,
    /// Every form carries it in `_operation`: posting twice writes once.
    pub(crate) operation: String,
    pub(crate) demo: bool,
    pub(crate) theme: Option<&'static str>,
}

impl Frame {
    /// A page for somebody who is not signed in.
    pub(crate) fn outside(title: impl Into<String>, headers: &HeaderMap) -> Self {
        Self {
            title: title.into(),
            nav: Nav::None,
            who: None,
            practice: String::new(),
            csrf: String::new(),
            operation: String::new(),
            demo: false,
            theme: theme_of(headers),
        }
    }

    /// Is this the page's place? For the navigation.
    pub(crate) fn is(&self, nav: Nav) -> bool {
        self.nav == nav
    }

    /// The first letters of the visitor's name.
    pub(crate) fn initials(&self) -> String {
        let words = self.who.as_deref().unwrap_or_default().split_whitespace();
        words.filter_map(|word| word.chars().next()).take(2).collect::<String>().to_uppercase()
    }
}

/// The theme that the browser asked for, if it asked.
pub(crate) fn theme_of(headers: &HeaderMap) -> Option<&'static str> {
    let cookies =
        headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
    let mut themes = cookies.filter_map(|cookie| match cookie.trim() {
        "theme=dark" => Some("dark"),
        "theme=light" => Some("light"),
        _ => None,
    });
    themes.next()
}
