//! What every page has around it.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use xystra_care::role::Role;

use crate::access::rule;
use crate::pages::settings::PAGES;

/// Where in the program a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nav {
    Today,
    Clients,
    Recordings,
    Catalog,
    Lab,
    Practice,
    None,
}

/// What every page has around it; templates reach it as `frame`.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) nav: Nav,
    pub(crate) who: Option<String>,
    /// What the visitor may do.
    pub(crate) role: Option<Role>,
    /// The device is in a client's hands: no way leads on but the one to give it back.
    pub(crate) is_kiosk: bool,
    /// Until when the page is open that is not for this role.
    pub(crate) emergency: Option<String>,
    pub(crate) practice: String,
    /// Every form carries it in `_csrf`.
    pub(crate) csrf: String,
    /// Every form carries it in `_operation`: posting twice writes once.
    pub(crate) operation: String,
    /// Minutes without a request after which the sign-in ends, for the script that then puts the page away.
    pub(crate) idle_min: Option<u16>,
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
            role: None,
            is_kiosk: false,
            emergency: None,
            practice: String::new(),
            csrf: String::new(),
            operation: String::new(),
            idle_min: None,
            demo: false,
            theme: theme_of(headers),
        }
    }

    /// Is this the page's place? For the navigation.
    pub(crate) fn is(&self, nav: Nav) -> bool {
        self.nav == nav
    }

    /// May the visitor look at the page of this address? It is a pattern of `access.rs`.
    pub(crate) fn may(&self, path: &str) -> bool {
        self.role.is_some_and(|role| rule("GET", path).is_some_and(|who| who.admits(role)))
    }

    /// The first page of the settings that the visitor may look at.
    pub(crate) fn settings(&self) -> &'static str {
        PAGES.iter().map(|(path, _)| *path).find(|path| self.may(path)).unwrap_or("/settings/about")
    }

    /// Does the visitor treat, and so see what is clinical?
    pub(crate) fn treats(&self) -> bool {
        self.role.is_some_and(Role::treats)
    }

    /// The visitor's role in a word.
    pub(crate) fn role_word(&self) -> &'static str {
        self.role.map_or("", Role::word)
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
        "theme=dark" | "__Host-theme=dark" => Some("dark"),
        "theme=light" | "__Host-theme=light" => Some("light"),
        _ => None,
    });
    themes.next()
}
