//! How a tablet comes to trust the practice's own certificate authority: nothing here is a secret, so nobody has to sign in.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::app::{App, Trust};
use crate::error::{WebError, page};
use crate::frame::theme_of;
use crate::routes::Routes;
use crate::{asset, headers};

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/trust", shown).get("/trust/ca.crt", certificate)
}

/// The same pages alone, for a port without encryption: a tablet that does not trust yet can open nothing else without a
/// warning. It sets no cookie and reads no record.
pub fn trust_router(trust: Trust) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/trust") }))
        .route("/trust", get(|State(trust): State<Trust>, headers: HeaderMap| async move { tell(&trust, &headers) }))
        .route("/trust/ca.crt", get(|State(trust): State<Trust>| async move { file(&trust) }))
        .route("/static/{*path}", get(asset::serve))
        .layer(from_fn(headers::set))
        .with_state(trust)
}

#[derive(Template)]
#[template(path = "door/trust.html")]
struct TrustPage<'a> {
    theme: Option<&'static str>,
    /// The fingerprint in lines that fit a tablet held upright.
    fingerprint: Vec<&'a str>,
    /// The encrypted pages, by the name that this browser used.
    pages: String,
}

async fn shown(State(app): State<App>, headers: HeaderMap) -> Result<Response, WebError> {
    tell(app.trust().ok_or(WebError::NotFound)?, &headers)
}

async fn certificate(State(app): State<App>) -> Result<Response, WebError> {
    Ok(file(app.trust().ok_or(WebError::NotFound)?))
}

fn tell(trust: &Trust, headers: &HeaderMap) -> Result<Response, WebError> {
    let host = headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let pages = address(host, trust.port);
    page(&TrustPage { theme: theme_of(headers), fingerprint: lines(&trust.fingerprint), pages })
}

/// Tablets recognise the kind and offer to install it.
fn file(trust: &Trust) -> Response {
    ([(CONTENT_TYPE, "application/x-x509-ca-cert")], trust.ca_pem.clone()).into_response()
}

/// Where the encrypted pages are, for a browser that reached this one as `host`.
fn address(host: &str, port: u16) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    if name.is_empty() || !name.bytes().all(known) { "/".to_owned() } else { format!("https://{name}:{port}/") }
}

/// Four groups of four digits each.
fn lines(fingerprint: &str) -> Vec<&str> {
    let mut rest = fingerprint;
    let mut lines = Vec::new();
    while let Some((line, after)) = rest.split_at_checked(20) {
        lines.push(line.trim_end());
        rest = after;
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::{address, lines};

    #[test]
    fn the_way_to_the_pages_keeps_the_name_that_the_tablet_used() {
        assert_eq!(address("192.168.1.20:8611", 8610), "https://192.168.1.20:8610/");
        assert_eq!(address("desk.local", 8610), "https://desk.local:8610/");
        assert_eq!(address("[fd00::1]:8611", 8610), "https://[fd00::1]:8610/");
        for wrong in ["", "a\"b", "a/b:1", "a b"] {
            assert_eq!(address(wrong, 8610), "/");
        }
    }

    #[test]
    fn a_fingerprint_is_read_in_four_lines() {
        let fingerprint = ["AB12"; 16].join(" ");
        assert_eq!(lines(&fingerprint), ["AB12 AB12 AB12 AB12"; 4]);
    }
}
