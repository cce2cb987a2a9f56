//! A signed-in browser without a browser.

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use jiff::Timestamp;
use tower::ServiceExt;
use xystra_care::practice::Practice;
use xystra_store::{NewOwner, Scope, Store};
use xystra_web::{App, Clock, router};

/// The password of the test's owner.
pub(crate) const PASSWORD: &str = "four plain words here";

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Where it leads, for a redirect; empty otherwise.
    pub(crate) location: String,
    pub(crate) body: String,
}

/// The app, a browser that is signed in to it, and a clock that stands still until it is set.
pub(crate) struct TestApp {
    router: Router,
    pub(crate) app: App,
    pub(crate) scope: Scope,
    pub(crate) clock: Clock,
    cookie: String,
    csrf: String,
    _folder: tempfile::TempDir,
}

/// Wednesday 11 March 2026, 09:00 in UTC.
pub(crate) fn start() -> Timestamp {
    "2026-03-11T09:00:00Z".parse().expect("an instant")
}

impl TestApp {
    /// A new practice with its owner signed in.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::fixed(start());
        let store = Store::open(folder.path(), start()).await.expect("a store");
        let new = NewOwner {
            practice: Practice { name: "Test practice".into(), ..Practice::default() },
            login: "owner".into(),
            name: "Test therapist".into(),
            password_hash: xystra_web::auth::password::hash(PASSWORD.into()).await,
        };
        let owner = store.found_practice(&new, start()).await.expect("an owner");
        let app = App::with(store, clock.clone(), None, None);
        let router = router(app.clone());
        let mut test = Self {
            router,
            app,
            scope: Scope::of(&owner),
            clock,
            cookie: String::new(),
            csrf: String::new(),
            _folder: folder,
        };
        test.sign_in().await;
        test
    }

    /// Signs in again, as after a long pause.
    pub(crate) async fn sign_in(&mut self) {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("login", "owner"), ("password", PASSWORD), ("next", "/")])
            .finish();
        let request =
            Request::post("/sign-in").header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
        let response = self.router.clone().oneshot(request.expect("a request")).await.expect("an answer");
        let cookie = response.headers().get(SET_COOKIE).expect("a cookie").to_str().expect("text");
        cookie.split(';').next().expect("a pair").clone_into(&mut self.cookie);
        let page = self.get("/clients/new").await.body;
        let after = page.split("data-csrf=\"").nth(1).expect("the form word stands in the page");
        after.split('"').next().expect("its end").clone_into(&mut self.csrf);
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Posts a form as the page would, with a new operation.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_as(&uuid::Uuid::now_v7().to_string(), path, fields).await
    }

    /// Posts a form with a given operation, to post it twice.
    pub(crate) async fn post_as(&self, operation: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("_csrf", self.csrf.as_str()), ("_operation", operation)])
            .extend_pairs(fields)
            .finish();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", body).await
    }

    /// Sends a body as it is, with the browser's cookie and form word.
    pub(crate) async fn send(&self, method: Method, path: &str, kind: &str, body: String) -> Answer {
        let request =
            Request::builder().method(method).uri(path).header(COOKIE, &self.cookie).header("x-csrf", &self.csrf);
        let request = if kind.is_empty() { request } else { request.header(CONTENT_TYPE, kind) };
        let response =
            self.router.clone().oneshot(request.body(Body::from(body)).expect("a request")).await.expect("an answer");
        let status = response.status();
        let location =
            response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The word that a form of this browser carries.
    pub(crate) fn csrf(&self) -> &str {
        &self.csrf
    }
}
