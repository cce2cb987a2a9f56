//! One client: who they are, what they agreed to, their complaints and appointments.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::client::{Client, Contact, Handed, SkinTone};
use xystra_care::consent::{self, Consent};
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::{Entry, Record};
use xystra_catalog::catalog;

use super::chip::{self, Chip};
use super::{appointment, load};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::show::{Show, capital};

/// Past appointments that are shown.
const MOST_PAST: usize = 10;

/// The page of one client.
#[derive(Template)]
#[template(path = "clients/page.html")]
pub(super) struct ClientPage {
    frame: Frame,
    /// The appointment that is being booked.
    form: Form,
    show: Show,
    id: ClientId,
    here: String,
    client: Client,
    age: Option<i16>,
    born: Option<String>,
    /// Since when there is consent.
    consent: Option<String>,
    withdrawn: Option<String>,
    newer_text: bool,
    episodes: Vec<Episode>,
    to_come: Vec<Booked>,
    past: Vec<Booked>,
    namesakes: Vec<ClientId>,
    bare: bool,
    intake_begun: bool,
}

/// One complaint of the client.
struct Episode {
    id: EpisodeId,
    title: String,
    line: String,
    chip: Chip,
}

/// One appointment.
struct Booked {
    thread: ThreadId,
    when: String,
    about: String,
    state: Booking,
}

impl Booked {
    fn word(&self) -> &'static str {
        match self.state {
            Booking::Booked => "Booked",
            Booking::Cancelled => "Cancelled",
            Booking::NoShow => "Did not come",
            Booking::Kept => "Kept",
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
) -> Result<Response, WebError> {
    let form = Form::new().or_draft(&app, &visitor, appointment::key(id)).await?;
    page(&ClientPage::load(&app, &visitor, id, form).await?)
}

impl ClientPage {
    /// The page with the appointment form as it was typed.
    pub(super) async fn load(app: &App, visitor: &Visitor, id: ClientId, form: Form) -> Result<Self, WebError> {
        let (store, scope, show) = (app.store(), &visitor.scope, &visitor.show);
        let client = load(app, visitor, id).await?.body;
        let consents: Vec<Entry<Consent>> = store.of_client(scope, id).await?;
        let agreed = consent::in_force(&consents, visitor.now);
        let records = store.records_of_client(scope, id).await?;
        let booked: Vec<Entry<Appointment>> = store.of_client(scope, id).await?;
        let (mut to_come, mut past) = (Vec::new(), Vec::new());
        for entry in booked.iter().filter(|entry| !entry.struck) {
            let still = entry.body.state == Booking::Booked && visitor.today() <= show.civil(entry.body.at);
            if still { &mut to_come } else { &mut past }.push(booking(entry, &records, show));
        }
        past.reverse();
        past.truncate(MOST_PAST);
        Ok(Self {
            frame: visitor.frame(client.name.clone(), Nav::Clients),
            form,
            show: show.clone(),
            id,
            here: format!("/clients/{id}"),
            age: client.age(visitor.today()),
            born: client.born.map(|born| show.birthday(born)),
            consent: agreed.map(|entry| show.date(entry.happened_at)),
            withdrawn: consents.iter().filter_map(|entry| entry.body.withdrawn_at).max().map(|at| show.date(at)),
            newer_text: agreed.is_some_and(|entry| is_older(&entry.body)),
            episodes: records.iter().rev().map(|record| episode(record, visitor)).collect(),
            to_come,
            past,
            namesakes: namesakes(app, visitor, id, &client).await?,
            bare: consents.is_empty() && booked.is_empty() && records.is_empty(),
            intake_begun: store.draft(scope, &format!("intake:{id}")).await?.is_some(),
            client,
        })
    }

    fn handed(&self) -> Option<&'static str> {
        self.client.handed.map(|handed| match handed {
            Handed::Right => "right-handed",
            Handed::Left => "left-handed",
            Handed::Both => "uses both hands alike",
        })
    }

    fn skin(&self) -> Option<&'static str> {
        self.client.skin.map(|skin| match skin {
            SkinTone::Light => "redness shows as red",
            SkinTone::Dark => "look for warmth, swelling and a deeper tone",
        })
    }

    /// The people beside the client that are known.
    fn contacts(&self) -> Vec<(&'static str, &Contact)> {
        let all = [
            ("In an emergency", &self.client.emergency),
            ("Guardian", &self.client.guardian),
            ("Referred by", &self.client.referrer),
        ];
        all.into_iter().filter(|(_, contact)| !contact.is_empty()).collect()
    }
}

fn is_older(consent: &Consent) -> bool {
    catalog().consent_text().is_some_and(|text| text.version > consent.text_version)
}

fn episode(record: &Record, visitor: &Visitor) -> Episode {
    let sessions = record.finished_sessions().len();
    let taken = visitor.show.date(record.intake.happened_at);
    let line = match (sessions, record.last_session_at()) {
        (0, _) => format!("Taken in {taken}, no session yet"),
        (1, Some(at)) => format!("1 session, {}", visitor.show.date(at)),
        (n, Some(at)) => format!("{n} sessions, the last {}", visitor.show.date(at)),
        (n, None) => format!("{n} sessions"),
    };
    Episode { id: record.episode, title: title(record), line, chip: chip::of(record, visitor) }
}

fn title(record: &Record) -> String {
    capital(&record.intake.body.title(catalog()))
}

fn booking(entry: &Entry<Appointment>, records: &[Arc<Record>], show: &Show) -> Booked {
    let episode = records.iter().find(|record| Some(record.episode) == entry.body.episode).map(|record| title(record));
    let parts = [episode.unwrap_or_default(), entry.body.remark.clone()];
    let about: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Booked {
        thread: entry.thread, when: show.moment(entry.body.at), about: about.join(" · "), state: entry.body.state
    }
}

/// Other clients of the same name and birth date: perhaps the same person twice.
async fn namesakes(app: &App, visitor: &Visitor, id: ClientId, client: &Client) -> Result<Vec<ClientId>, WebError> {
    let found = app.store().find_clients(&visitor.scope, &client.name, 50).await?;
    let same = |other: &Client| other.name.to_lowercase() == client.name.to_lowercase() && other.born == client.born;
    Ok(found.into_iter().filter(|found| found.id != id && same(&found.client.body)).map(|found| found.id).collect())
}
