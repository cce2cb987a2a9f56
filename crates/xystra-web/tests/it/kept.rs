//! Puts a record that a builder made into a test's store, as it was said.

use jiff::Timestamp;
use xystra_care::appointment::{Appointment, State};
use xystra_care::{Entry, Record};
use xystra_store::entries::About;
use xystra_store::{Batch, Step};
use xystra_testkit::RecordBuilder;

use crate::support::TestApp;

/// A test app whose store holds what the builder built, at the builder's clock.
pub(crate) async fn app_with(built: &RecordBuilder) -> TestApp {
    let mut test = TestApp::new().await;
    keep(&mut test, built, None).await;
    test
}

/// Keeps what the builder built beyond what is kept already, and sets the clock to the builder's.
pub(crate) async fn keep(test: &mut TestApp, built: &RecordBuilder, before: Option<&Record>) {
    let batch = batch_of(built.record(), before);
    test.app.store().save(&test.scope, &batch, built.now()).await.expect("kept");
    test.clock.set(built.now());
    test.sign_in().await;
}

/// Every entry of a record beyond those of `before`, threads kept.
pub(crate) fn batch_of(record: &Record, before: Option<&Record>) -> Batch {
    let (client, episode) = (About::client(record.client_id), About::episode(record.client_id, record.episode));
    let mut new = New { batch: Batch::default(), known: before.map(threads).unwrap_or_default() };
    new.add(client, std::slice::from_ref(&record.client));
    new.add(client, &record.consents);
    new.add(episode, std::slice::from_ref(&record.intake));
    new.add(episode, record.screening.as_slice());
    new.add(episode, &record.findings);
    new.add(episode, &record.measurements);
    new.add(episode, record.plan.as_slice());
    new.add(episode, &record.sessions);
    new.add(episode, &record.checkins);
    new.add(episode, &record.notes);
    new.add(episode, &record.decisions);
    new.batch
}

/// Books the record's client.
pub(crate) async fn book(test: &TestApp, record: &Record, at: Timestamp) {
    let booked = Appointment { at, episode: Some(record.episode), state: State::Booked, remark: String::new() };
    let mut batch = Batch::default();
    batch.add(About::client(record.client_id), at, &booked);
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.expect("booked");
}

struct New {
    batch: Batch,
    known: Vec<String>,
}

impl New {
    fn add<T: Step>(&mut self, about: About, entries: &[Entry<T>]) {
        for entry in entries.iter().filter(|entry| !self.known.contains(&entry.thread.to_string())) {
            self.batch.add_as(entry.thread, about, entry.happened_at, &entry.body);
        }
    }
}

fn threads(record: &Record) -> Vec<String> {
    let one = [record.client.thread, record.intake.thread].into_iter();
    let some = record.screening.iter().map(|entry| entry.thread).chain(record.plan.iter().map(|entry| entry.thread));
    let course =
        record.consents.iter().map(|entry| entry.thread).chain(record.findings.iter().map(|entry| entry.thread));
    let course = course.chain(record.measurements.iter().map(|entry| entry.thread));
    let course = course.chain(record.sessions.iter().map(|entry| entry.thread));
    let course = course.chain(record.checkins.iter().map(|entry| entry.thread));
    let said = record.notes.iter().map(|entry| entry.thread).chain(record.decisions.iter().map(|entry| entry.thread));
    one.chain(some).chain(course).chain(said).map(|thread| thread.to_string()).collect()
}
