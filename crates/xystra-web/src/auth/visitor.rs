//! Who is asking. A handler that takes a [`Visitor`] runs only for somebody who is signed in.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};
use xystra_care::practice::Practice;
use xystra_store::account::SignIn;
use xystra_store::{Account, Scope};

use super::{Cookie, Token};
use crate::app::App;
use crate::error::WebError;
use crate::frame::{Frame, Nav};
use crate::show::Show;

/// How far a clock may be set back, minutes, before what was signed in by the later clock ends: it must not live for ever.
const SET_BACK_MIN: i64 = 5;
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
    /// When the sign-in ends whatever happens.
    pub(crate) ends_at: Timestamp,
    /// The one page that is open while a client holds the device.
    pub(crate) kiosk: Option<String>,
    /// Until when the page is open that is not for this role.
    pub(crate) emergency: Option<Timestamp>,
    demo: bool,
    theme: Option<&'static str>,
}

impl Visitor {
    /// The frame of a page for this visitor.
    pub(crate) fn frame(&self, title: impl Into<String>, nav: Nav) -> Frame {
        Frame {
            title: title.into(),
            nav,
            who: self.kiosk.is_none().then(|| self.account.name.clone()),
            role: Some(self.account.role),
            is_kiosk: self.kiosk.is_some(),
            emergency: self.emergency.map(|until| self.show.time(until)),
            practice: self.practice.name.clone(),
            csrf: self.token.csrf(),
            operation: uuid::Uuid::now_v7().to_string(),
            idle_min: Some(self.practice.idle_min),
            demo: self.demo,
            theme: self.theme,
        }
    }

    /// Today's date in the practice's time zone.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned(self.practice.zone()).date()
    }
}

impl Visitor {
    /// Who the browser's cookie belongs to, if the sign-in stands.
    pub(crate) async fn load(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        let wanted = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let sign_in = || WebError::SignIn { next: wanted.clone() };
        let token = Token::of(Cookie::SignIn, &parts.headers, app.secure()).ok_or_else(sign_in)?;
        let known = app.store().signed_in(&token.hash()).await?.ok_or_else(sign_in)?;
        let now = app.clock().now();
        let scope = Scope::of(&known.account);
        let practice = app.store().practice(&scope).await?;
        if is_over(&known, &practice, now) {
            app.store().sign_out(&scope, &token.hash(), now).await?;
            return Err(sign_in());
        }
        if now.duration_since(known.seen_at) > SignedDuration::from_secs(TOUCH_S) {
            app.store().touch_sign_in(&scope, &token.hash(), now).await?;
        }
        Ok(Self {
            show: Show::of(&practice),
            account: known.account,
            scope,
            practice,
            now,
            token,
            ends_at: known.ends_at,
            kiosk: known.kiosk,
            emergency: None,
            demo: app.demo().is_some(),
            theme: crate::frame::theme_of(&parts.headers),
        })
    }
}

/// Has a sign-in ended: by its age, by idleness, or because the clock was set back behind its beginning?
fn is_over(known: &SignIn, practice: &Practice, now: Timestamp) -> bool {
    let idle = now.duration_since(known.seen_at) > SignedDuration::from_mins(practice.idle_min.into());
    now >= known.ends_at || idle || now < known.created_at - SignedDuration::from_mins(SET_BACK_MIN)
}

impl FromRequestParts<App> for Visitor {
    type Rejection = WebError;

    /// The guard has looked already; only a page without a guard's visitor has nobody.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, WebError> {
        match parts.extensions.get::<Self>() {
            Some(visitor) => Ok(visitor.clone()),
            None => Self::load(parts, app).await,
        }
    }
}
