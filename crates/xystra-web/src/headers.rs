//! What every answer says to the browser: nothing from elsewhere, nothing kept, nothing framed.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Sets the headers; a page is never kept by the browser, a static file only after asking again.
pub(crate) async fn set(request: Request, next: Next) -> Response {
    let is_static = request.uri().path().starts_with("/static/");
    let referrer = referrer(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static(referrer));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    let cache = if is_static { "no-cache" } else { "no-store" };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if takes_a_cookie_away(headers) {
        headers.insert("clear-site-data", HeaderValue::from_static("\"storage\""));
    }
    response
}

/// Somebody signed out: what scripts keep in the browser goes as well.
fn takes_a_cookie_away(headers: &HeaderMap) -> bool {
    let mut cookies = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    cookies.any(|cookie| cookie.contains("Max-Age=0"))
}

/// The address of a client's link is a secret, so it stands in no referrer. `no-referrer` would do the same, but then a browser
/// sends its form with `Origin: null`, which those without `Sec-Fetch-Site` could not be told from a stranger's.
fn referrer(path: &str) -> &'static str {
    if path.starts_with("/c/") { "strict-origin" } else { "same-origin" }
}
