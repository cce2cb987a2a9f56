//! What docs/validation/asvs.toml says is met, asked of the running pages.

mod data;
mod logs;
mod pages;
mod passwords;
mod sessions;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use tower::ServiceExt;
use xystra_web::router;

use crate::support::{PASSWORD, TestApp};

/// A browser of its own beside the test's, which keeps cookies and shows what came with a page.
struct Browser {
    router: Router,
    cookie: String,
}

/// What came back, with everything around it.
struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Browser {
    /// A browser that nobody has used.
    fn new(test: &TestApp) -> Self {
        Self { router: router(test.app.clone()), cookie: String::new() }
    }

    /// One in which the owner is signed in.
    async fn signed_in(test: &TestApp) -> Self {
        let mut browser = Self::new(test);
        let got = browser.sign_in("owner", PASSWORD).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.body);
        browser
    }

    async fn sign_in(&mut self, login: &str, password: &str) -> Got {
        let got = self.post("/sign-in", &[("login", login), ("password", password), ("next", "/")]).await;
        if let Some(cookie) = got.cookie() {
            cookie.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
        got
    }

    async fn get(&self, path: &str) -> Got {
        self.send(Method::GET, path, String::new()).await
    }

    /// Posts a form, with the words that the browser's pages carry.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let csrf =
            if self.cookie.is_empty() { String::new() } else { csrf_of(&self.get("/settings/about").await.body) };
        let operation = uuid::Uuid::now_v7().to_string();
        let own = [("_csrf", csrf.as_str()), ("_operation", operation.as_str())];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(own).extend_pairs(fields).finish();
        self.send(Method::POST, path, form).await
    }

    async fn send(&self, method: Method, path: &str, form: String) -> Got {
        let request = Request::builder().method(method).uri(path).header(COOKIE, &self.cookie);
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(form));
        let response = self.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Got { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Does a page open, or is it the door that answers?
    async fn is_in(&self) -> bool {
        self.get("/clients").await.status == StatusCode::OK
    }
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn cookie(&self) -> Option<&str> {
        self.headers.get(SET_COOKIE).and_then(|value| value.to_str().ok())
    }

    fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }
}

fn csrf_of(page: &str) -> String {
    let after = page.split("data-csrf=\"").nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

/// A file of the repository.
fn file(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Text files of a folder of the repository: name and text.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let entries = std::fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let wanted = paths.filter(|path| path.to_string_lossy().ends_with(ending));
    wanted.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("text"))).collect()
}
