//! A practice never sees what is another's, whichever way it asks.

use xystra_care::appointment::Appointment;
use xystra_care::client::Client;
use xystra_care::id::EpisodeId;
use xystra_care::practice::{Practice, Tool};
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::{appointment, keep, whole};

/// Everything that can be kept, kept by `mine`.
async fn fill(store: &Store, mine: &Scope) -> Place {
    let record = keep(store, mine, 1).await;
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    let tool = Tool {
        name: "Mine".into(),
        instrument: "gt-1".into(),
        mass_g: None,
        radius_mm: None,
        length_mm: None,
        instrumented: false,
        calibrated: None,
        retired: false,
    };
    let mut batch = Batch::once("operation", "/mine");
    batch.add(About::default(), START, &tool);
    batch.add(About::client(record.client_id), START, &appointment(&record, START));
    store.save(mine, &batch, START).await.unwrap();
    store.add_recording(mine, place, "mine.csv", b"1,2", &Reading::default(), START).await.unwrap();
    store.keep_draft(mine, "note", 0, "tab", "text=mine", START).await.unwrap();
    place
}

pub(crate) async fn lists_are_empty_for_a_stranger(store: &Store, mine: &Scope, theirs: &Scope) {
    let place = fill(store, mine).await;
    assert_eq!(store.find_clients(theirs, "", 10).await.unwrap(), []);
    assert_eq!(store.count_clients(theirs).await.unwrap(), 0);
    assert!(store.records_since(theirs, START).await.unwrap().is_empty());
    assert!(store.records_of_client(theirs, place.client).await.unwrap().is_empty());
    assert_eq!(store.of_client::<Client>(theirs, place.client).await.unwrap(), []);
    assert_eq!(store.between::<Appointment>(theirs, jiff::Timestamp::MIN, jiff::Timestamp::MAX).await.unwrap(), []);
    assert_eq!(store.of_practice::<Tool>(theirs).await.unwrap(), []);
    assert_eq!(store.history(theirs, &whole(1)).await.unwrap(), []);
    assert_eq!(store.last_written(theirs).await.unwrap(), None);
    assert_eq!(store.recordings_of(theirs, place.session).await.unwrap(), []);
    assert_eq!(store.recordings(theirs, 10).await.unwrap(), []);
    assert_eq!(store.drafts(theirs).await.unwrap(), []);
    assert_eq!(store.journal(theirs, None, 10).await.unwrap().len(), 1, "its own founding");
    assert_eq!(store.verify_journal(theirs).await.unwrap(), Ok(1));
    assert_eq!(store.last_backup(theirs).await.unwrap(), None);
}

pub(crate) async fn single_things_are_not_found_by_a_stranger(store: &Store, mine: &Scope, theirs: &Scope) {
    let place = fill(store, mine).await;
    let recording = store.recordings(mine, 1).await.unwrap()[0].id;
    let record = whole(1);
    assert!(matches!(store.record(theirs, place.episode).await, Err(Error::NotFound)));
    assert!(matches!(store.thread::<Client>(theirs, record.client.thread).await, Err(Error::NotFound)));
    let in_episode = store.thread_in_episode::<Client>(theirs, record.client.thread).await;
    assert!(matches!(in_episode, Err(Error::NotFound)));
    assert!(matches!(store.recording(theirs, recording).await, Err(Error::NotFound)));
    assert!(matches!(store.recording_bytes(theirs, recording).await, Err(Error::NotFound)));
    assert_eq!(store.draft(theirs, "note").await.unwrap(), None);
    store.keep_tool_reading(mine, "Mine", &Reading::default(), START).await.unwrap();
    assert_eq!(store.tool_reading(theirs, "Mine").await.unwrap(), None);
    let making = Making {
        subject: "s",
        kind: "dose",
        client: place.client,
        made_from: "hash",
        method: "dose-1",
        program: "0.1.0",
    };
    store.derive(mine, &making, &1.5, START).await.unwrap();
    assert_eq!(store.derived::<f64>(theirs, &making).await.unwrap(), None);
}

pub(crate) async fn a_stranger_changes_nothing_of_mine(store: &Store, mine: &Scope, theirs: &Scope) {
    let place = fill(store, mine).await;
    store.sign_in(mine, "token", "", START, START).await.unwrap();
    let (draft, rows) = (store.draft(mine, "note").await.unwrap(), store.journal(mine, None, 100).await.unwrap());
    store.drop_draft(theirs, "note").await.unwrap();
    store.keep_draft(theirs, "note", 0, "tab", "text=theirs", START).await.unwrap();
    store.sign_out(theirs, "token", START).await.unwrap();
    store.set_practice(theirs, &Practice { name: "Theirs".into(), ..Practice::default() }, START).await.unwrap();
    let mut batch = Batch::once("operation", "/theirs");
    batch.amend(&whole(1).client, About::client(place.client), START, "stolen", &Client::default());
    store.save(theirs, &batch, START).await.unwrap();

    assert_eq!(store.draft(mine, "note").await.unwrap(), draft);
    assert!(store.signed_in("token").await.unwrap().is_some());
    assert_eq!(store.practice(mine).await.unwrap().name, "Example");
    assert_eq!(store.record(mine, place.episode).await.unwrap().client.body, whole(1).client.body);
    assert_eq!(store.journal(mine, None, 100).await.unwrap(), rows);
    assert_eq!(store.records_of_client(mine, place.client).await.unwrap().len(), 1);
    assert!(matches!(store.record(mine, EpisodeId(uuid::Uuid::nil())).await, Err(Error::NotFound)));
}
