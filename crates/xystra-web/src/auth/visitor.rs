//! Who is asking. A handler that takes a [`Visitor`] runs only for somebody who is signed in.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use xystra_care::practice::Practice;
use xystra_store::{Account, Scope};

use super::Token;
use crate::app::App;
use crate::error::WebError;
use crate::frame::{Frame, Nav};
use crate::show::Show;

/// Hours after which a sign-in ends whatever happens.
pub(crate) const ABSOLUTE_H: i64 = 12;
/// Minutes without a request after which a sign-in ends.
const IDLE_MIN: i64 = 60;
/// Seconds between two notes that a browser was used, so that not every page writes.
const TOUCH_S: i64 = 60;

/// Somebody who is signed in, and how their practice writes and counts.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) account: Account,
    pub(crate) scope: Scope,
    pub(crate) practice: Practice,
    pub(crate) show: Show,
    pub(crate) now: Timestamp,
    pub(crate) token: Token,
    demo: bool,
    theme: Option<&'static str>,
}

impl Visitor {
    /// The frame of a page for this visitor.
    pub(crate) fn frame(&self, title: impl Into<String>, nav: Nav) -> Frame {
        Frame {
            title: title.into(),
            nav,
            who: Some(self.account.name.clone()),
            practice: self.practice.name.clone(),
            csrf: self.token.csrf(),
            operation: uuid::Uuid::now_v7().to_string(),
            demo: self.demo,
            theme: self.theme,
        }
    }

    /// Today's date in the practice's time zone.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned(self.practice.zone()).date()
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let wanted = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let sign_in = || WebError::SignIn { next: wanted.clone() };
        let token = Token::of(&parts.headers).ok_or_else(sign_in)?;
        let known = app.store().signed_in(&token.hash()).await?.ok_or_else(sign_in)?;
        let now = app.clock().now();
        let idle = now.duration_since(known.seen_at);
        let scope = Scope::of(&known.account);
        if now >= known.ends_at || idle > SignedDuration::from_mins(IDLE_MIN) {
            app.store().sign_out(&scope, &token.hash(), now).await?;
            return Err(sign_in());
        }
        if idle > SignedDuration::from_secs(TOUCH_S) {
            app.store().touch_sign_in(&scope, &token.hash(), now).await?;
        }
        let practice = app.store().practice(&scope).await?;
        Ok(Self {
            show: Show::of(&practice),
            account: known.account,
            scope,
            practice,
            now,
            token,
            demo: app.demo().is_some(),
            theme: crate::frame::theme_of(&parts.headers),
        })
    }
}
