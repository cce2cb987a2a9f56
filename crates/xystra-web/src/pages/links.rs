//! Links for clients: making one shows it once, as a QR code and an address; later it can only be taken back.

pub(super) mod address;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::session::Session;
use xystra_catalog::catalog;
use xystra_store::link::{Kind, Link, NewLink, Standing};

use self::address::Address;
use super::clients;
use crate::app::App;
use crate::auth::{Token, Visitor};
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use crate::qr::qr;
use crate::routes::Routes;

/// Days for which the form of a check-in may be opened.
const CHECKIN_DAYS: i64 = 7;
/// Days for which a client's own page may be opened.
const PAGE_DAYS: i64 = 30;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .post("/sessions/{thread}/link", for_checkin)
        .post("/episodes/{episode}/link", for_page)
        .get("/clients/{client}/links", list)
        .post("/clients/{client}/links", take_back)
}

/// A link that was made a moment ago: the only time that its address can be shown.
#[derive(Template)]
#[template(path = "links/made.html")]
struct Made {
    frame: Frame,
    client_id: ClientId,
    client: String,
    /// What it opens.
    what: &'static str,
    /// What the paper asks the client to do.
    please: String,
    /// The QR code as SVG.
    code: Option<String>,
    address: Address,
    until: String,
    days: i64,
    guardian: String,
    hash: String,
    back: String,
}

/// The links of a client.
#[derive(Template)]
#[template(path = "links/list.html")]
struct List {
    frame: Frame,
    client_id: ClientId,
    client: String,
    lines: Vec<Line>,
}

/// One link.
struct Line {
    hash: String,
    what: String,
    made: String,
    until: String,
    standing: Standing,
    used: Option<String>,
    is_page: bool,
}

/// Two fields of the form decide: `after` is 24 or 48, the hours after the session.
async fn for_checkin(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, WebError> {
    let kind = posted.form.get("after").parse().ok().and_then(Kind::of_hours).ok_or(WebError::NotFound)?;
    let (episode, session) = app.store().thread_in_episode::<Session>(&visitor.scope, thread).await?;
    let record = app.store().record(&visitor.scope, episode.ok_or(WebError::NotFound)?).await?;
    let finished_at = session.body.finished_at.filter(|_| !session.struck).ok_or(WebError::NotFound)?;
    let until = visitor.now + SignedDuration::from_hours(24 * CHECKIN_DAYS);
    let made = Making { kind, session: Some((thread, finished_at)), until };
    made.page(&app, &visitor, &record, &headers).await
}

async fn for_page(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    headers: HeaderMap,
    _posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let until = visitor.now + SignedDuration::from_hours(24 * PAGE_DAYS);
    Making { kind: Kind::Page, session: None, until }.page(&app, &visitor, &record, &headers).await
}

/// What is about to be made.
struct Making {
    kind: Kind,
    /// The session and when it was finished.
    session: Option<(ThreadId, Timestamp)>,
    until: Timestamp,
}

impl Making {
    /// Makes the link and shows it. Without consent in force nobody is asked anything.
    async fn page(
        self,
        app: &App,
        visitor: &Visitor,
        record: &Record,
        headers: &HeaderMap,
    ) -> Result<Response, WebError> {
        let consent = record.consent(visitor.now)?;
        let secret = Token::new();
        let (client, episode) = (record.client_id, record.episode);
        let session = self.session.map(|(thread, _)| thread);
        let new = NewLink { kind: self.kind, client, episode, session, ends_at: self.until };
        app.store().make_link(&visitor.scope, &new, &secret.hash(), visitor.now).await?;
        let address = Address::of(app, headers, &format!("/c/{}", secret.word()));
        page(&Made {
            frame: visitor.frame("A link for a client", Nav::Clients),
            client_id: client,
            client: record.client.body.name.clone(),
            what: what(self.kind),
            please: self.please(visitor),
            code: qr(&address.text, "QR code of the address below"),
            address,
            until: visitor.show.date(self.until),
            days: if self.kind == Kind::Page { PAGE_DAYS } else { CHECKIN_DAYS },
            guardian: consent.body.guardian.clone(),
            hash: secret.hash(),
            back: if visitor.account.role.treats() { self.back(episode) } else { "/".to_owned() },
        })
    }

    /// Where a clinician came from; the front desk comes from Today.
    fn back(&self, episode: EpisodeId) -> String {
        self.session
            .map_or_else(|| format!("/episodes/{episode}"), |(thread, _)| format!("/sessions/{thread}/response"))
    }

    /// On which day a check-in is asked for.
    fn please(&self, visitor: &Visitor) -> String {
        let Some(((_, finished_at), hours)) = self.session.zip(self.kind.hours()) else {
            return "See how it is going, what to expect, and what is known about this treatment.".to_owned();
        };
        let visit = visitor.show.date(finished_at);
        let then = visitor.show.date(finished_at + SignedDuration::from_hours(i64::from(hours)));
        format!("How are you after your visit on {visit}? Please tell us on {then}, or soon after. It takes a minute.")
    }
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Day => "Check-in a day after the session",
        Kind::TwoDays => "Check-in two days after the session",
        Kind::Page => "The client’s own page",
    }
}

async fn list(State(app): State<App>, visitor: Visitor, Path(id): Path<ClientId>) -> Result<Response, WebError> {
    let client = clients::load(&app, &visitor, id).await?.body;
    let records = app.store().records_of_client(&visitor.scope, id).await?;
    let links = app.store().links_of(&visitor.scope, id).await?;
    page(&List {
        frame: visitor.frame(format!("Links of {}", client.name), Nav::Clients),
        client_id: id,
        client: client.name,
        lines: links.iter().map(|link| line(link, &records, &visitor)).collect(),
    })
}

fn line<R: AsRef<Record>>(link: &Link, records: &[R], visitor: &Visitor) -> Line {
    let record = records.iter().map(AsRef::as_ref).find(|record| record.episode == link.episode);
    let session = record.and_then(|record| record.sessions.iter().find(|entry| Some(entry.thread) == link.session));
    let complaint = record.map(|record| record.intake.body.title(catalog())).unwrap_or_default();
    let about = session.map_or(complaint, |session| format!("session {}", session.body.number));
    Line {
        hash: link.hash().to_owned(),
        what: format!("{}: {about}", what(link.kind)),
        made: visitor.show.moment(link.made_at),
        until: visitor.show.date(link.ends_at),
        standing: link.standing(visitor.now),
        used: link.used_at.map(|at| visitor.show.moment(at)),
        is_page: link.kind == Kind::Page,
    }
}

/// The field `link` says which.
async fn take_back(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let here = format!("/clients/{id}/links");
    clients::load(&app, &visitor, id).await?;
    app.store().take_back_link(&visitor.scope, id, posted.form.get("link"), visitor.now).await?;
    Ok(Redirect::to(&here).into_response())
}
