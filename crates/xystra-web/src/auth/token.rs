//! The cookie's secret: 256 random bits, kept on the server only as their SHA-256.

use axum::http::HeaderValue;
use axum::http::header::COOKIE;
use sha2::{Digest, Sha256};

use crate::hex::hex;

const NAME: &str = "xystra";

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

    /// The secret that a request carries.
    pub(crate) fn of(headers: &axum::http::HeaderMap) -> Option<Self> {
        let cookies =
            headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        let value = cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(name, _)| *name == NAME)?.1;
        Some(Self(value.to_owned()))
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
pub(crate) fn set_cookie(token: &Token) -> HeaderValue {
    cookie(&token.0, "")
}

/// The header that takes it away.
pub(crate) fn clear_cookie() -> HeaderValue {
    cookie("", "; Max-Age=0")
}

fn cookie(value: &str, end: &str) -> HeaderValue {
    let text = format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Strict{end}");
    HeaderValue::from_str(&text).expect("hexadecimal digits are visible")
}
