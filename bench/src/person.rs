//! Somebody with a browser: keeps a connection, a cookie and the word that every form carries.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ureq::Agent;
use ureq::http::{Response, header};
use uuid::Uuid;

use crate::page::attribute;

/// What the owner of a bench's practice signs in with.
pub const LOGIN: &str = "owner";
/// And with which password.
pub const PASSWORD: &str = "four plain words here";

/// How long somebody waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// Larger than any page of ours, bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A form's fields in order.
pub type Fields = Vec<(String, String)>;

/// Fields from plain words.
pub fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// A new name for one wish, as a page gives it to its form.
pub fn operation() -> String {
    Uuid::now_v7().to_string()
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Where it leads, without the host; empty when it leads nowhere.
    pub location: String,
    /// The page.
    pub body: String,
}

impl Answer {
    /// Did the server take it? A form is answered with a redirect, a draft or a page with 200.
    pub fn is_taken(&self) -> bool {
        matches!(self.status, 200 | 303)
    }

    /// The answer, or an error that quotes it when the status is another.
    pub fn expect(self, status: u16, asked: &str) -> Result<Self> {
        ensure!(self.status == status, "{asked} answered {} instead of {status}: {}", self.status, self.gist());
        Ok(self)
    }

    /// The page's own words, shortened.
    pub fn gist(&self) -> String {
        let main = self.body.split_once("<main").map_or(self.body.as_str(), |(_, main)| main);
        let words = main.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim()));
        let text: Vec<&str> = words.filter(|text| !text.is_empty()).collect();
        text.join(" ").chars().take(400).collect()
    }
}

/// Somebody with a browser.
#[derive(Debug, Clone)]
pub struct Person {
    agent: Agent,
    address: String,
    login: String,
    cookie: String,
    csrf: String,
}

impl Person {
    /// Somebody who is not signed in, in front of a server.
    pub fn at(address: &str) -> Self {
        Self {
            agent: agent(),
            address: address.to_owned(),
            login: LOGIN.to_owned(),
            cookie: String::new(),
            csrf: String::new(),
        }
    }

    /// Makes the practice, and is signed in as its owner.
    pub fn found_practice(&mut self) -> Result<()> {
        self.found_practice_in("UTC")
    }

    /// Makes the practice in this time zone, and is signed in as its owner.
    pub fn found_practice_in(&mut self, zone: &str) -> Result<()> {
        let form = fields(&[
            ("practice", "Bench practice"),
            ("time_zone", zone),
            ("name", "Bench therapist"),
            ("login", LOGIN),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ]);
        self.enter("/welcome", &form)
    }

    /// Signs in; whoever did not join by [`Self::invite`] is the owner.
    pub fn sign_in(&mut self) -> Result<()> {
        let login = self.login.clone();
        self.enter("/sign-in", &fields(&[("login", &login), ("password", PASSWORD), ("next", "/")]))
    }

    /// Asks somebody to join in this role, who does so with a browser of their own and is not signed in yet.
    pub fn invite(&self, login: &str, role: &str) -> Result<Self> {
        let path = "/settings/people";
        let asked = fields(&[("name", &format!("Bench {login}")), ("role", role)]);
        let page = self.post(path, &operation(), &asked)?.expect(200, path)?.body;
        let at = page.find("/join/").context("the page shows no link")?;
        let link = page[at..].split(['"', '<']).next().unwrap_or_default();
        let typed = fields(&[("login", login), ("password", PASSWORD), ("again", PASSWORD)]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&typed).finish();
        let other = Self { login: login.to_owned(), ..Self::at(&self.address) };
        other.send(link, "application/x-www-form-urlencoded", body.as_bytes())?.expect(303, "the link")?;
        Ok(other)
    }

    /// The same browser in front of another server, or of the same one after a restart.
    #[must_use]
    pub fn moved_to(&self, address: &str) -> Self {
        Self { agent: agent(), address: address.to_owned(), ..self.clone() }
    }

    /// Asks for a page.
    pub fn get(&self, path: &str) -> Result<Answer> {
        let request = self.agent.get(self.url(path)).header(header::COOKIE, &self.cookie);
        answer(request.call()?)
    }

    /// Asks for a page that has to be there.
    pub fn page(&self, path: &str) -> Result<String> {
        Ok(self.get(path)?.expect(200, path)?.body)
    }

    /// Posts a form of ours; the same `operation` with the same fields is the same wish.
    pub fn post(&self, path: &str, operation: &str, form: &Fields) -> Result<Answer> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("_csrf", self.csrf.as_str()), ("_operation", operation)])
            .extend_pairs(form)
            .finish();
        self.send(path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Posts a form that has to be taken; where it leads.
    pub fn save(&self, path: &str, form: &Fields) -> Result<String> {
        Ok(self.post(path, &operation(), form)?.expect(303, path)?.location)
    }

    /// Posts a form with a file.
    pub fn upload(&self, path: &str, operation: &str, form: &Fields, file: &File) -> Result<Answer> {
        let mut body = Vec::new();
        let own = [("_csrf", self.csrf.as_str()), ("_operation", operation)];
        let typed = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in own.into_iter().chain(typed) {
            let part = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let File { field, name, content } = file;
        let disposition = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"");
        body.extend_from_slice(format!("--edge\r\n{disposition}\r\nContent-Type: text/csv\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        self.send(path, "multipart/form-data; boundary=edge", &body)
    }

    /// Keeps a draft that continues `revision`, as the script does while somebody types.
    pub fn keep_draft(&self, form: &str, revision: i64, tab: &str, typed: &Fields) -> Result<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        let keep = serde_json::json!({ "revision": revision, "tab": tab, "body": body }).to_string();
        let request = self.agent.put(self.url(&format!("/drafts/{form}")));
        let request = request.header(header::COOKIE, &self.cookie).header("x-csrf", &self.csrf);
        answer(request.header(header::CONTENT_TYPE, "application/json").send(keep.as_bytes())?)
    }

    fn enter(&mut self, path: &str, form: &Fields) -> Result<()> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.agent.post(self.url(path));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = request.send(body.as_bytes())?;
        let cookies = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookie = cookies
            .filter_map(|value| value.split(';').next())
            .find(|pair| pair.contains("xystra="))
            .map(str::to_owned);
        let answer = answer(response)?.expect(303, path)?;
        self.cookie = cookie.with_context(|| format!("{path} led to {} without a cookie", answer.location))?;
        let page = self.page("/clients/new")?;
        attribute(&page, "data-csrf").context("the page carries no form word")?.clone_into(&mut self.csrf);
        Ok(())
    }

    fn send(&self, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let request = self.agent.post(self.url(path)).header(header::COOKIE, &self.cookie);
        answer(request.header(header::CONTENT_TYPE, kind).send(body)?)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

/// A file to upload.
#[derive(Debug, Clone)]
pub struct File {
    /// The form's field.
    pub field: String,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

fn agent() -> Agent {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
    config.timeout_global(Some(PATIENCE)).build().into()
}

fn answer(mut response: Response<ureq::Body>) -> Result<Answer> {
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let location = location.unwrap_or_default().to_owned();
    let body = response.body_mut().with_config().limit(LARGEST).read_to_string()?;
    Ok(Answer { status: response.status().as_u16(), location, body })
}
