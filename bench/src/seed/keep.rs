//! A built record as entries of a batch.

use jiff::Timestamp;
use xystra_care::{Entry, Record};
use xystra_store::entries::About;
use xystra_store::{Batch, Step};

/// Adds everything of a record.
pub(super) fn record(batch: &mut Batch, record: &Record) {
    let (client, episode) = (About::client(record.client_id), About::episode(record.client_id, record.episode));
    let began = record.consents.first().map_or(record.client.happened_at, |consent| consent.happened_at);
    one(batch, client, began, &record.client);
    one(batch, episode, began, &record.intake);
    all(batch, client, &record.consents);
    all(batch, episode, record.screening.as_slice());
    all(batch, episode, &record.findings);
    all(batch, episode, &record.measurements);
    all(batch, episode, record.plan.as_slice());
    all(batch, episode, &record.sessions);
    all(batch, episode, &record.checkins);
    all(batch, episode, &record.notes);
    all(batch, episode, &record.decisions);
}

fn all<T: Step>(batch: &mut Batch, about: About, entries: &[Entry<T>]) {
    for entry in entries {
        one(batch, about, entry.happened_at, entry);
    }
}

fn one<T: Step>(batch: &mut Batch, about: About, at: Timestamp, entry: &Entry<T>) {
    batch.add_as(entry.thread, about, at, &entry.body);
}
