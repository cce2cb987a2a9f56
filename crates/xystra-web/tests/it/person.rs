//! Somebody of a practice at a browser of their own.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use tower::ServiceExt;
use xystra_care::role::Role;
use xystra_store::{Account, Scope};
use xystra_web::{App, router};

use crate::support::{Answer, PASSWORD};

const FORM: &str = "application/x-www-form-urlencoded";

/// A browser that keeps its cookies.
pub(crate) struct Person {
    router: Router,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

/// A new account of this role in the practice of `owner`; the login is the role's word.
pub(crate) async fn joined(app: &App, owner: &Scope, role: Role) -> Account {
    named(app, owner, role, role.word()).await
}

/// The same with a login of its own.
pub(crate) async fn named(app: &App, owner: &Scope, role: Role, login: &str) -> Account {
    let (store, now) = (app.store(), app.clock().now());
    let ends_at = now + SignedDuration::from_hours(1);
    store.invite(owner, (login, role), login, ends_at, now).await.expect("an invitation");
    let invitation = store.invitation(login, now).await.expect("a store").expect("the invitation");
    let hash = xystra_web::auth::password::hash(PASSWORD.into()).await;
    store.join(&invitation, login, &hash, now).await.expect("an account")
}

impl Person {
    /// A browser that is signed in nowhere.
    pub(crate) fn new(app: &App) -> Self {
        Self { router: router(app.clone()), cookies: BTreeMap::new(), csrf: String::new() }
    }

    /// Somebody who has just signed in with this login.
    pub(crate) async fn signed_in(app: &App, login: &str) -> Self {
        let mut person = Self::new(app);
        let answer = person.sign_in(login, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{login}: {}", answer.body);
        person
    }

    /// Types name and password at the door.
    pub(crate) async fn sign_in(&mut self, login: &str, password: &str) -> Answer {
        let answer = self.post("/sign-in", &[("login", login), ("password", password), ("next", "/")]).await;
        self.look().await;
        answer
    }

    /// Takes the form's word from a page that everybody may see.
    pub(crate) async fn look(&mut self) {
        let page = self.get("/settings/about").await.body;
        let word = page.split("data-csrf=\"").nth(1).and_then(|rest| rest.split('"').next());
        word.unwrap_or_default().clone_into(&mut self.csrf);
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, "", String::new()).await
    }

    /// Posts a form as a page would.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let operation = uuid::Uuid::now_v7().to_string();
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("_csrf", self.csrf.as_str()), ("_operation", &operation)])
            .extend_pairs(fields)
            .finish();
        self.send(Method::POST, path, FORM, body).await
    }

    /// Sends a form that brings no file.
    pub(crate) async fn upload(&mut self, path: &str) -> Answer {
        let fields = [("_csrf", self.csrf.clone()), ("_operation", uuid::Uuid::now_v7().to_string())];
        let field = |(name, value): (&str, String)| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = fields.into_iter().map(field).collect::<String>() + "--edge--\r\n";
        self.send(Method::POST, path, "multipart/form-data; boundary=edge", body).await
    }

    /// Sends whatever a browser could.
    pub(crate) async fn send(&mut self, method: Method, path: &str, kind: &str, body: String) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
        let mut request = Request::builder().method(method).uri(path).header(COOKIE, cookies.join("; "));
        request = request.header("x-csrf", &self.csrf).header(USER_AGENT, agent).header(HOST, "desk.example:8610");
        if !kind.is_empty() {
            request = request.header(CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in response.headers().get_all(SET_COOKIE) {
            self.keep(cookie.to_str().expect("text"));
        }
        let status = response.status();
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let location = location.to_owned();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        Answer { status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    /// The cookies that the browser holds, as an eavesdropper would copy them.
    pub(crate) fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.clone()
    }

    /// The same browser with other cookies.
    pub(crate) fn with_cookies(&mut self, cookies: BTreeMap<String, String>) {
        self.cookies = cookies;
    }

    fn keep(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
        let Some((name, value)) = pair else { return };
        if value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
