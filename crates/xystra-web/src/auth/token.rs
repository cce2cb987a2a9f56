//! The cookie's secret: 256 random bits, kept on the server only as their SHA-256.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// What a cookie stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// A browser that is signed in.
    SignIn,
    /// One that knew the password and still owes a code.
    Half,
}

impl Cookie {
    /// Its name. Under TLS a browser takes it only over TLS, only from this very host, and for all of it, so that nobody who can
    /// answer unencrypted for the same host can put a cookie of theirs in its place.
    fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Self::SignIn, false) => "xystra",
            (Self::SignIn, true) => "__Host-xystra",
            (Self::Half, false) => "xystra-half",
            (Self::Half, true) => "__Host-xystra-half",
        }
    }
}

/// A cookie's secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// A new secret.
    pub(crate) fn new() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system has random numbers");
        Self(hex(bytes))
    }

    /// The secret that a request carries, under the name that belongs to the way it came.
    pub(crate) fn of(cookie: Cookie, headers: &HeaderMap, secure: bool) -> Option<Self> {
        let cookies =
            headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == cookie.name(secure))?;
        Some(Self(value.to_owned()))
    }

    /// The secret that an address carries.
    pub(crate) fn given(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, for the one address that carries it.
    pub(crate) fn word(&self) -> &str {
        &self.0
    }

    /// What the server keeps of it.
    pub(crate) fn hash(&self) -> String {
        hex(Sha256::digest(&self.0))
    }

    /// The word that every form of this browser must carry.
    pub(crate) fn csrf(&self) -> String {
        hex(Sha256::digest(format!("form {}", self.0)))
    }
}

/// The header that gives a browser its secret.
pub(crate) fn set_cookie(cookie: Cookie, token: &Token, secure: bool) -> HeaderValue {
    header(cookie, &token.0, "", secure)
}

/// The header that takes it away.
pub(crate) fn clear_cookie(cookie: Cookie, secure: bool) -> HeaderValue {
    header(cookie, "", "; Max-Age=0", secure)
}

fn header(cookie: Cookie, value: &str, end: &str, secure: bool) -> HeaderValue {
    let (name, only) = (cookie.name(secure), if secure { "; Secure" } else { "" });
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{only}{end}");
    HeaderValue::from_str(&text).expect("hexadecimal digits are visible")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_that_came_unencrypted_counts_nothing_under_tls() {
        let token = Token::new();
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, set_cookie(Cookie::SignIn, &token, false));
        assert_eq!(Token::of(Cookie::SignIn, &headers, false), Some(token.clone()));
        assert_eq!(Token::of(Cookie::SignIn, &headers, true), None);
        headers.insert(COOKIE, set_cookie(Cookie::SignIn, &token, true));
        assert_eq!(Token::of(Cookie::SignIn, &headers, true), Some(token));
    }

    #[test]
    fn half_a_sign_in_is_none() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, set_cookie(Cookie::Half, &Token::new(), false));
        assert_eq!(Token::of(Cookie::SignIn, &headers, false), None);
    }
}
