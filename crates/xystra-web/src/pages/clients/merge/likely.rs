//! Which other records may be of the same person, with what each of the two holds.

use std::cmp::Reverse;

use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_care::merge::{Likeness, alike};
use xystra_store::find::Found;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;

/// Records shown side by side, at most.
const MOST: usize = 6;
/// The same, and this one may be among them.
const MOST_FOUND: u32 = 7;

/// This record and another, side by side.
pub(super) struct Pair {
    pub(super) this: Side,
    pub(super) other: Side,
    /// In what they are alike, in words; empty for one that was looked for.
    pub(super) alike: String,
    /// Both have a date of birth, and not the same.
    pub(super) differ: bool,
    /// The record that holds more, and so is proposed to be kept.
    pub(super) keep: ClientId,
}

/// What one record holds, in words.
#[derive(Clone)]
pub(super) struct Side {
    pub(super) id: ClientId,
    pub(super) name: String,
    pub(super) born: String,
    pub(super) phone: String,
    pub(super) mail: String,
    pub(super) allergies: String,
    pub(super) medicines: String,
    pub(super) complaints: Vec<String>,
    pub(super) sessions: usize,
    pub(super) last: String,
    pub(super) added: String,
}

/// The other record, and how much speaks for one person.
struct Candidate {
    id: ClientId,
    client: Entry<Client>,
    weight: u8,
    alike: Vec<Likeness>,
}

/// The likeliest records of the same person, or those that `find` finds.
pub(super) async fn pairs(
    app: &App,
    visitor: &Visitor,
    id: ClientId,
    client: &Entry<Client>,
    find: &str,
) -> Result<Vec<Pair>, WebError> {
    let mut candidates = match find.trim() {
        "" => likely(app, visitor, id, &client.body).await?,
        words => found(app, visitor, id, &client.body, words).await?,
    };
    candidates.sort_by_key(|candidate| Reverse(candidate.weight));
    candidates.truncate(MOST);
    let this = Side::of(app, visitor, id, client).await?;
    let mut pairs = Vec::new();
    for candidate in candidates {
        let other = Side::of(app, visitor, candidate.id, &candidate.client).await?;
        let keep = if other.weight() > this.weight() { other.id } else { this.id };
        let alike = candidate.alike.iter().map(|likeness| likeness.word()).collect::<Vec<_>>().join(", ");
        let differ = differ(&client.body, &candidate.client.body);
        pairs.push(Pair { this: this.clone(), other, alike, differ, keep });
    }
    Ok(pairs)
}

fn differ(a: &Client, b: &Client) -> bool {
    a.born.zip(b.born).is_some_and(|(a, b)| a != b)
}

async fn likely(app: &App, visitor: &Visitor, id: ClientId, client: &Client) -> Result<Vec<Candidate>, WebError> {
    // Everybody is looked through; only who is shown side by side was seen.
    let all = app.store().clients(&visitor.scope.quietly()).await?;
    let candidate = |(other, entry): (ClientId, Entry<Client>)| {
        let (weight, alike) = alike(client, &entry.body)?;
        Some(Candidate { id: other, client: entry, weight, alike })
    };
    Ok(all.into_iter().filter(|(other, _)| *other != id).filter_map(candidate).collect())
}

async fn found(
    app: &App,
    visitor: &Visitor,
    id: ClientId,
    client: &Client,
    words: &str,
) -> Result<Vec<Candidate>, WebError> {
    let found = app.store().find_clients(&visitor.scope, words, MOST_FOUND).await?;
    let candidate = |found: Found| {
        let (weight, alike) = alike(client, &found.client.body).unwrap_or_default();
        Candidate { id: found.id, client: found.client, weight, alike }
    };
    Ok(found.into_iter().filter(|found| found.id != id).map(candidate).collect())
}

impl Side {
    async fn of(app: &App, visitor: &Visitor, id: ClientId, entry: &Entry<Client>) -> Result<Self, WebError> {
        visitor.scope.saw(id);
        let records = app.store().records_of_client(&visitor.scope, id).await?;
        let (show, catalog) = (&visitor.show, xystra_catalog::catalog());
        let last = app.store().written_about(&visitor.scope, id).await?;
        Ok(Self {
            id,
            name: entry.body.name.clone(),
            born: entry.body.born.map(|born| show.birthday(born)).unwrap_or_default(),
            phone: entry.body.phone.clone(),
            mail: entry.body.email.clone(),
            allergies: entry.body.allergies.join(", "),
            medicines: entry.body.medicines.join(", "),
            complaints: records.iter().map(|record| record.intake.body.title(catalog)).collect(),
            sessions: records.iter().map(|record| record.finished_sessions().len()).sum(),
            last: last.map(|at| show.date(at)).unwrap_or_default(),
            added: show.date(entry.happened_at),
        })
    }

    /// How much a record holds.
    fn weight(&self) -> (usize, usize) {
        (self.sessions, self.complaints.len())
    }
}
