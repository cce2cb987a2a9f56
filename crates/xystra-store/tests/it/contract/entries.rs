use jiff::{SignedDuration, Timestamp};
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::intake::Intake;
use xystra_care::practice::Tool;
use xystra_care::screening::Screening;
use xystra_store::entries::About;
use xystra_store::{Batch, Error, Saved, Scope, Store};
use xystra_testkit::START;

use crate::home::{appointment, batch, keep, whole};

/// What was said, without when and by whom it was written down.
fn said<T: Clone>(entry: &Entry<T>) -> (xystra_care::id::ThreadId, u32, Timestamp, T) {
    (entry.thread, entry.version, entry.happened_at, entry.body.clone())
}

fn all<'a, T: Clone + 'a>(
    entries: impl IntoIterator<Item = &'a Entry<T>>,
) -> Vec<(xystra_care::id::ThreadId, u32, Timestamp, T)> {
    entries.into_iter().map(said).collect()
}

pub(crate) async fn every_step_comes_back_as_it_was(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    keep(store, scope, 2).await;
    let back = store.record(scope, record.episode).await.unwrap();
    assert_eq!((back.episode, back.client_id), (record.episode, record.client_id));
    assert_eq!(said(&back.client), said(&record.client));
    assert_eq!(said(&back.intake), said(&record.intake));
    assert_eq!(all(&back.consents), all(&record.consents));
    assert_eq!(all(&back.screening), all(&record.screening));
    assert_eq!(all(&back.findings), all(&record.findings));
    assert_eq!(all(&back.measurements), all(&record.measurements));
    assert_eq!(all(&back.plan), all(&record.plan));
    assert_eq!(all(&back.sessions), all(&record.sessions));
    assert_eq!(all(&back.checkins), all(&record.checkins));
    assert_eq!(all(&back.notes), all(&record.notes));
    assert_eq!(all(&back.decisions), all(&record.decisions));
    assert_eq!((back.intake.recorded_at, &back.intake.author), (START, scope.author()));
    assert_eq!((back.intake.reason.as_deref(), back.intake.struck), (None, false));
}

pub(crate) async fn appointments_and_tools_come_back_as_they_were(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let booked = appointment(&record, START);
    let tool = Tool {
        name: "The long one".into(),
        instrument: "gt-1".into(),
        mass_g: Some(310.5),
        radius_mm: None,
        length_mm: Some(140.0),
        instrumented: true,
        calibrated: Some(jiff::civil::date(2026, 1, 31)),
        retired: false,
    };
    let mut batch = Batch::default();
    batch.add(About::client(record.client_id), booked.at, &booked);
    batch.add(About::default(), START, &tool);
    store.save(scope, &batch, START).await.unwrap();

    let hour = SignedDuration::from_hours(1);
    let today = store.between(scope, START, START + hour).await.unwrap();
    assert_eq!((today[0].0, &today[0].1.body), (record.client_id, &booked));
    let before = store.between::<xystra_care::appointment::Appointment>(scope, START - hour, START).await.unwrap();
    assert_eq!(before, [], "the end of the span is not part of it");
    let tools = store.of_practice::<Tool>(scope).await.unwrap();
    assert_eq!(tools[0].body, tool);
}

pub(crate) async fn an_amendment_is_a_new_version_and_the_old_one_stays(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let old: Entry<Intake> = store.thread(scope, record.intake.thread).await.unwrap();
    let mut body = old.body.clone();
    body.story = "Since moving house".into();
    let about = About::episode(record.client_id, record.episode);
    let mut batch = Batch::default();
    batch.amend(&old, about, old.happened_at, "told later", &body);
    let later = START + SignedDuration::from_hours(1);
    store.save(scope, &batch, later).await.unwrap();

    let back = store.record(scope, record.episode).await.unwrap();
    assert_eq!((back.intake.version, back.intake.body.story.as_str()), (2, "Since moving house"));
    assert_eq!((back.intake.reason.as_deref(), back.intake.recorded_at), (Some("told later"), later));
    assert_eq!(back.intake.happened_at, old.happened_at);
    let history = store.history(scope, &back).await.unwrap();
    let versions: Vec<(u32, &serde_json::Value)> = history
        .iter()
        .filter(|line| line.entry.thread == old.thread)
        .map(|line| (line.entry.version, &line.entry.body["story"]))
        .collect();
    assert_eq!(versions, [(2, &"Since moving house".into()), (1, &"".into())]);
}

pub(crate) async fn of_two_amendments_of_one_version_the_second_is_told(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let old: Entry<Client> = store.thread(scope, record.client.thread).await.unwrap();
    let amended = |name: &str| {
        let mut batch = Batch::once(name, "/");
        let body = Client { name: name.into(), ..old.body.clone() };
        batch.amend(&old, About::client(record.client_id), old.happened_at, "renamed", &body);
        batch
    };
    store.save(scope, &amended("First"), START).await.unwrap();
    let before = store.fingerprint(scope).await.unwrap();
    let error = store.save(scope, &amended("Second"), START).await.unwrap_err();
    assert!(matches!(error, Error::Conflict), "{error}");
    assert_eq!(store.fingerprint(scope).await.unwrap(), before, "something of the second was kept");
    let now: Entry<Client> = store.thread(scope, record.client.thread).await.unwrap();
    assert_eq!(now.body.name, "First");
}

pub(crate) async fn a_form_posted_twice_is_written_once(store: &Store, scope: &Scope) {
    let once = || {
        let mut batch = Batch::once("operation-1", "/clients/1");
        batch.add(About::client(whole(1).client_id), START, &whole(1).client.body);
        batch
    };
    assert_eq!(store.save(scope, &once(), START).await.unwrap(), Saved::Now);
    assert_eq!(store.save(scope, &once(), START).await.unwrap(), Saved::Before("/clients/1".into()));
    assert_eq!(store.count_clients(scope).await.unwrap(), 1);
}

pub(crate) async fn a_batch_is_kept_whole_or_not_at_all(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let before = store.fingerprint(scope).await.unwrap();
    let mut mixed = Batch::once("operation-2", "/");
    mixed.add(About::client(record.client_id), START, &record.client.body);
    mixed.add_as(record.client.thread, About::client(record.client_id), START, &record.client.body);
    assert!(matches!(store.save(scope, &mixed, START).await, Err(Error::Conflict)));
    assert_eq!(store.fingerprint(scope).await.unwrap(), before);
}

pub(crate) async fn a_struck_screening_is_in_force_no_more_and_stays_in_the_history(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let old: Entry<Screening> = store.thread(scope, record.screening.as_ref().unwrap().thread).await.unwrap();
    let mut batch = Batch::default();
    batch.strike(&old, About::episode(record.client_id, record.episode), "another client's answers");
    store.save(scope, &batch, START).await.unwrap();
    let back = store.record(scope, record.episode).await.unwrap();
    assert!(back.screening.is_none());
    let history = store.history(scope, &back).await.unwrap();
    let struck = history.iter().find(|line| line.entry.struck).unwrap();
    assert_eq!((struck.step.as_str(), struck.entry.version), ("screening", 2));
    assert_eq!(struck.entry.reason.as_deref(), Some("another client's answers"));
}

pub(crate) async fn a_struck_session_is_shown_and_marked(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let mut batch = Batch::default();
    batch.strike(&record.sessions[0], About::episode(record.client_id, record.episode), "wrong client");
    store.save(scope, &batch, START).await.unwrap();
    let back = store.record(scope, record.episode).await.unwrap();
    assert!(back.sessions[0].struck && back.finished_sessions().is_empty());
}

pub(crate) async fn episodes_are_listed_by_client_and_by_what_is_new(store: &Store, scope: &Scope) {
    let first = keep(store, scope, 1).await;
    let mut second = whole(2);
    second.client_id = first.client_id;
    second.client = first.client.clone();
    let mut another = Batch::default();
    let about = About::episode(first.client_id, second.episode);
    another.add_as(second.intake.thread, about, START, &second.intake.body);
    let later = START + SignedDuration::from_hours(48);
    store.save(scope, &another, later).await.unwrap();
    store.save(scope, &batch(&whole(3)), START).await.unwrap();

    let of_client = store.records_of_client(scope, first.client_id).await.unwrap();
    let episodes: Vec<_> = of_client.iter().map(|record| record.episode).collect();
    assert_eq!(episodes, [first.episode, second.episode]);
    assert_eq!((of_client[0].sessions.len(), of_client[1].sessions.len()), (1, 0));
    assert_eq!(of_client[1].consents.len(), 1, "consent is the client's, in every complaint");
    assert_eq!(store.records_since(scope, START).await.unwrap().len(), 3);
    let recent = store.records_since(scope, later).await.unwrap();
    assert_eq!(recent.len(), 2, "all episodes of the client that something was said about");
    assert_eq!(store.last_written(scope).await.unwrap(), Some(later));
}

pub(crate) async fn an_appointment_for_an_episode_that_is_not_there_hides_no_other(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let mut batch = Batch::default();
    batch.add(About::episode(record.client_id, whole(9).episode), START, &appointment(&record, START));
    store.save(scope, &batch, START).await.unwrap();
    assert_eq!(store.records_of_client(scope, record.client_id).await.unwrap().len(), 1);
}
