//! Forms: fields as they were typed, where they came from, and what is wrong with them.
//!
//! A page is rendered from a [`Form`] whether its fields come from the record, from a draft or from a post that was
//! refused, so what somebody typed is never lost on the way.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use xystra_care::FieldError;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::hex::hex;

/// The fields of a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
    errors: Vec<FieldError>,
    /// Under which key drafts of this form are kept.
    pub(crate) key: String,
    /// The draft's revision that these fields stand for; 0 when there is no draft.
    pub(crate) revision: i64,
    /// When the draft was saved that these fields come from.
    pub(crate) restored: Option<Timestamp>,
}

impl Form {
    /// Fields out of nothing.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Fields as a browser sends them.
    pub(crate) fn decode(body: &[u8]) -> Self {
        Self { fields: form_urlencoded::parse(body).into_owned().collect(), ..Self::default() }
    }

    /// Adds a field.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and words are handed over as they stand")]
    pub(crate) fn with(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.fields.push((name.into(), value.to_string()));
        self
    }

    /// Adds a field for a value of ours that has a word, such as an enum.
    #[must_use]
    pub(crate) fn with_word<T: Serialize>(self, name: impl Into<String>, value: &T) -> Self {
        self.with(name, word(value))
    }

    /// Adds a field when there is a value.
    #[must_use]
    pub(crate) fn with_some<T: ToString>(self, name: impl Into<String>, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds the word of a value of ours when there is one.
    #[must_use]
    pub(crate) fn with_some_word<T: Serialize>(self, name: impl Into<String>, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.with_word(name, value),
            None => self,
        }
    }

    /// The same fields with this one replaced.
    #[must_use]
    pub(crate) fn set(mut self, name: &str, value: impl ToString) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.with(name, value)
    }

    /// The first value of a field, trimmed; empty when it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        let value = self.fields.iter().find(|(field, _)| field == name);
        value.map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// The first value of a field exactly as it was typed: a password is not ours to trim.
    pub(crate) fn exact(&self, name: &str) -> &str {
        let value = self.fields.iter().find(|(field, _)| field == name);
        value.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Every value of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// Is this value among the field's values? For checkboxes, radios and selects.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|known| known == value)
    }

    /// Names of the fields that hold something.
    pub(crate) fn filled(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(|(_, value)| !value.trim().is_empty()).map(|(name, _)| name.as_str())
    }

    /// The field with a number at its end: `minutes_2`.
    pub(crate) fn at(&self, name: &str, n: &usize) -> &str {
        self.get(&format!("{name}_{n}"))
    }

    /// Is this value among those of the field with a number at its end?
    pub(crate) fn has_at(&self, name: &str, n: &usize, value: &str) -> bool {
        self.has(&format!("{name}_{n}"), value)
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == name).map(|error| error.message.as_str())
    }

    /// What is wrong with a field with a number at its end.
    pub(crate) fn error_at(&self, name: &str, n: &usize) -> Option<&str> {
        self.error(&format!("{name}_{n}"))
    }

    /// Everything that is wrong, for the summary on top.
    pub(crate) fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// The same fields with what is wrong.
    #[must_use]
    pub(crate) fn refused(mut self, errors: Vec<FieldError>) -> Self {
        self.errors = errors;
        self
    }

    /// Reads typed values, gathering what is wrong.
    pub(crate) fn reader<'a>(&'a self, zone: &'a TimeZone) -> Reader<'a> {
        Reader { form: self, zone, errors: Vec::new() }
    }

    /// These fields, or those of the draft kept under `key`.
    pub(crate) async fn or_draft(self, app: &App, visitor: &Visitor, key: impl Into<String>) -> Result<Self, WebError> {
        let key = key.into();
        Ok(match app.store().draft(&visitor.scope, &key).await? {
            Some(draft) => Self {
                key,
                revision: draft.revision,
                restored: Some(draft.saved_at),
                ..Self::decode(draft.body.as_bytes())
            },
            None => Self { key, ..self },
        })
    }

    /// The same fields, to be kept under `key`.
    #[must_use]
    pub(crate) fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }
}

/// The word that stands for a value of ours in forms and JSON.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

/// Reads typed values from a form and gathers what is wrong with them.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    form: &'a Form,
    zone: &'a TimeZone,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    /// Text; empty when it is not there.
    pub(crate) fn text(&self, name: &str) -> String {
        self.form.get(name).to_owned()
    }

    /// Lines of a text, empty ones left out.
    pub(crate) fn lines(&self, name: &str) -> Vec<String> {
        self.form.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// A number; a comma serves as the decimal sign too.
    pub(crate) fn number(&mut self, name: &str) -> Option<f64> {
        let text = self.form.get(name).replace(',', ".").replace('\u{2212}', "-");
        if text.is_empty() {
            return None;
        }
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(name, format!("{text} is not a number: use digits only"));
        }
        number
    }

    /// A whole number.
    pub(crate) fn whole<T: std::str::FromStr>(&mut self, name: &str) -> Option<T> {
        let text = self.form.get(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(name, format!("{text} is not a whole number in range"));
        }
        number
    }

    /// A day.
    pub(crate) fn date(&mut self, name: &str) -> Option<Date> {
        let text = self.form.get(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let date = text.parse().ok();
        if date.is_none() {
            self.wrong(name, format!("{text} is no day of the calendar: write it as 2026-03-11"));
        }
        date
    }

    /// A moment in the practice's time zone.
    pub(crate) fn moment(&mut self, name: &str) -> Option<Timestamp> {
        let text = self.form.get(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let moment =
            text.parse::<DateTime>().and_then(|at| at.to_zoned(self.zone.clone())).map(|at| at.timestamp()).ok();
        if moment.is_none() {
            self.wrong(name, format!("{text} is no moment: write it as 2026-03-11T09:30"));
        }
        moment
    }

    /// One of a set of words, such as an enum of ours.
    pub(crate) fn choice<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let text = self.form.get(name).to_owned();
        if text.is_empty() {
            return None;
        }
        let choice = serde_json::from_value(serde_json::Value::String(text.clone())).ok();
        if choice.is_none() {
            self.wrong(name, format!("{text} is not one of the choices"));
        }
        choice
    }

    /// A value that has to be there.
    pub(crate) fn need<T>(&mut self, name: &str, value: Option<T>, message: &str) -> Option<T> {
        if value.is_none() && !self.errors.iter().any(|error| error.field == name) {
            self.wrong(name, message);
        }
        value
    }

    /// "yes" or "no".
    pub(crate) fn yes_no(&mut self, name: &str) -> Option<bool> {
        match self.form.get(name) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// Is a checkbox ticked?
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.form.get(name).is_empty()
    }

    /// Was the form made from the version in force? Otherwise saving it would undo what somebody else wrote.
    pub(crate) fn same_version(&mut self, in_force: u32) {
        if self.whole::<u32>("version").is_some_and(|version| version != in_force) {
            let message = format!("somebody saved version {in_force} meanwhile: look at it, then save yours again");
            self.wrong("version", message);
        }
    }

    /// Notes that something is wrong.
    pub(crate) fn wrong(&mut self, name: &str, message: impl Into<String>) {
        self.errors.push(FieldError::new(name, message));
    }

    /// Adds what somebody else found wrong.
    pub(crate) fn and(&mut self, errors: Vec<FieldError>) {
        self.errors.extend(errors);
    }

    /// Everything that is wrong.
    pub(crate) fn errors(self) -> Vec<FieldError> {
        self.errors
    }
}

/// Largest form, bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// A form that a signed-in visitor posted from one of our own pages.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) form: Form,
    /// Posting the same form again carries the same operation.
    pub(crate) operation: String,
}

impl FromRequest<App> for Posted {
    type Rejection = WebError;

    async fn from_request(request: Request, app: &App) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let visitor = <Visitor as axum::extract::FromRequestParts<App>>::from_request_parts(&mut parts, app).await?;
        let body: Bytes =
            axum::body::to_bytes(body, LARGEST).await.map_err(|_| WebError::TooLarge { largest_mb: 2 })?;
        Self::of(parts.uri.path(), Form::decode(&body), &visitor)
    }
}

impl Posted {
    /// A form that came to `path`, if it is one of ours made for this browser.
    pub(crate) fn of(path: &str, form: Form, visitor: &Visitor) -> Result<Self, WebError> {
        check_csrf(form.get("_csrf"), visitor)?;
        if form.get("_operation").is_empty() {
            return Err(WebError::NotOurForm);
        }
        let revision = form.get("_revision").parse().unwrap_or_default();
        Ok(Self { operation: operation(path, &form), form: Form { revision, ..form } })
    }
}

/// The same page's form with the same fields posted to the same place: a second press, not a second wish. A form that was
/// changed on a page that stood open is another operation, so that nothing typed is swallowed.
fn operation(path: &str, form: &Form) -> String {
    let wish = form.fields.iter().filter(|(name, _)| name != "_revision");
    let mut digest = Sha256::new().chain_update(path);
    for (name, value) in wish {
        digest.update(format!("\n{}:{name}={value}", name.len()));
    }
    hex(&digest.finalize()[..16])
}

/// Was the form made for this browser?
pub(crate) fn check_csrf(word: &str, visitor: &Visitor) -> Result<(), WebError> {
    let right: bool = word.as_bytes().ct_eq(visitor.token.csrf().as_bytes()).into();
    if right { Ok(()) } else { Err(WebError::NotOurForm) }
}
