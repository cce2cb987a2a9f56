use jiff::SignedDuration;
use xystra_care::client::Client;
use xystra_care::consent::Consent;
use xystra_care::id::ClientId;
use xystra_care::merge::Merge;
use xystra_care::{Entry, Record};
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

/// Everything in force about a client but the client's own entry, which a merge strikes out.
async fn said(store: &Store, scope: &Scope, client: ClientId) -> Vec<String> {
    let records = store.records_of_client(scope, client).await.unwrap();
    let consents: Vec<Entry<Consent>> = store.of_client(scope, client).await.unwrap();
    let line = |record: &Record| {
        format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?}",
            record.episode, record.intake, record.plan, record.sessions, record.checkins, record.notes, record.consents
        )
    };
    let records = records.iter().map(|record| line(record));
    records.chain(consents.iter().map(|consent| format!("{consent:?}"))).collect()
}

/// A record with a recording, the dose of it and a link.
async fn with_recording(home: &Home, number: u32) -> Record {
    let (store, scope) = (&home.store, &home.scope);
    let record = keep(store, scope, number).await;
    let (client, episode) = (record.client_id, record.episode);
    let place = Place { client, episode, session: record.sessions[0].thread };
    let id = store
        .add_recording(scope, place, "rim_1.csv", number.to_string().as_bytes(), &Reading::default(), START)
        .await
        .unwrap();
    let subject = id.to_string();
    let making =
        Making { subject: &subject, kind: "dose", client, made_from: "hash", method: "dose-1", program: "0.1.0" };
    store.derive(scope, &making, &1.5, START).await.unwrap();
    home.raw(&format!(
        "INSERT INTO link (practice_id, token_hash, kind, client_id, episode_id, made_by, created_at, ends_at) \
         VALUES ('{}', 'hash-{client}', 'checkin', '{client}', '{episode}', '{}', 0, 0)",
        scope.practice(),
        scope.author().account
    ))
    .await;
    record
}

/// What stands under a client's id, beside the entries.
async fn beside(store: &Store, scope: &Scope, client: ClientId) -> Vec<(&'static str, u64)> {
    let counts = store.would_erase(scope, client).await.unwrap();
    counts.into_iter().filter(|(table, _)| ["recording", "derived", "link"].contains(table)).collect()
}

async fn owner_of_recording(store: &Store, scope: &Scope, record: &Record) -> ClientId {
    store.recordings_of(scope, record.sessions[0].thread).await.unwrap()[0].client
}

pub(crate) async fn everything_of_one_record_moves_into_the_other(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (from, into) = (with_recording(home, 1).await, with_recording(home, 2).await);
    let merge = store.merge_clients(scope, from.client_id, into.client_id, START).await.unwrap();

    let records = store.records_of_client(scope, into.client_id).await.unwrap();
    assert_eq!(records.len(), 2);
    assert!(records.iter().all(|record| record.client_id == into.client_id));
    assert!(records.iter().all(|record| record.client.body.name == into.client.body.name));
    assert_eq!(records[0].consents.len(), 2, "what belongs to no complaint has moved too");
    assert_eq!(store.record(scope, from.episode).await.unwrap().sessions.len(), 1);
    assert!(store.records_of_client(scope, from.client_id).await.unwrap().is_empty());
    assert_eq!(owner_of_recording(store, scope, &from).await, into.client_id);
    let folder = tempfile::tempdir().unwrap();
    store.back_up(scope, &folder.path().join("all.xystra"), "0.1.0", START).await.unwrap();
    let text = std::fs::read_to_string(folder.path().join("all.xystra")).unwrap();
    let doses: Vec<&str> = text.lines().filter(|line| line.contains("\"dose\"")).collect();
    assert_eq!(doses.len(), 2);
    assert!(doses.iter().all(|line| line.contains(&into.client_id.to_string())), "{doses:?}");

    let own: Vec<Entry<Client>> = store.of_client(scope, from.client_id).await.unwrap();
    assert!(own.len() == 1 && own[0].struck, "{own:?}");
    assert_eq!(own[0].reason.as_deref(), Some(format!("merged into {}", into.client_id).as_str()));
    assert_eq!(store.count_clients(scope).await.unwrap(), 1);
    let found = store.find_clients(scope, "epicondylitis", 10).await.unwrap();
    assert!(found.iter().all(|found| found.id == into.client_id));
    let merges: Vec<Entry<Merge>> = store.of_client(scope, into.client_id).await.unwrap();
    assert_eq!((merges[0].thread, merges[0].body.from), (merge, from.client_id));
    assert_eq!(merges[0].body.name, from.client.body.name);
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
}

pub(crate) async fn undoing_a_merge_moves_exactly_back_what_it_brought(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (from, into) = (with_recording(home, 1).await, with_recording(home, 2).await);
    let before = (said(store, scope, from.client_id).await, said(store, scope, into.client_id).await);
    let merge = store.merge_clients(scope, from.client_id, into.client_id, START).await.unwrap();
    assert_eq!(store.unmerge(scope, merge, START).await.unwrap(), from.client_id);

    assert_eq!((said(store, scope, from.client_id).await, said(store, scope, into.client_id).await), before);
    assert_eq!(owner_of_recording(store, scope, &from).await, from.client_id);
    assert_eq!(owner_of_recording(store, scope, &into).await, into.client_id);
    for client in [from.client_id, into.client_id] {
        assert_eq!(beside(store, scope, client).await, [("recording", 1), ("derived", 1), ("link", 1)]);
    }
    let own: Vec<Entry<Client>> = store.of_client(scope, from.client_id).await.unwrap();
    assert_eq!((own[0].struck, own[0].version, &own[0].body), (false, 3, &from.client.body));
    assert_eq!(store.count_clients(scope).await.unwrap(), 2);
    let again = store.unmerge(scope, merge, START).await.unwrap_err();
    assert!(matches!(again, Error::Conflict), "{again}");
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
}

pub(crate) async fn what_was_added_to_a_complaint_meanwhile_goes_back_with_it(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (from, into) = (keep(store, scope, 1).await, keep(store, scope, 2).await);
    let merge = store.merge_clients(scope, from.client_id, into.client_id, START).await.unwrap();
    let later = START + SignedDuration::from_hours(1);
    let mut batch = Batch::default();
    let note = batch.add(About::episode(into.client_id, from.episode), later, &from.notes[0].body);
    let consent = batch.add(About::client(into.client_id), later, &from.consents[0].body);
    store.save(scope, &batch, later).await.unwrap();
    store.unmerge(scope, merge, later).await.unwrap();

    let back = store.record(scope, from.episode).await.unwrap();
    assert_eq!(back.client_id, from.client_id);
    assert!(back.notes.iter().any(|entry| entry.thread == note));
    let kept = store.record(scope, into.episode).await.unwrap();
    assert!(kept.consents.iter().any(|entry| entry.thread == consent), "what is the client's stays with the client");
    assert_eq!(back.consents.len(), 1);
}

pub(crate) async fn merges_are_undone_in_any_order(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (a, b, c) = (keep(store, scope, 1).await, keep(store, scope, 2).await, keep(store, scope, 3).await);
    let first = store.merge_clients(scope, a.client_id, b.client_id, START).await.unwrap();
    let second = store.merge_clients(scope, b.client_id, c.client_id, START).await.unwrap();
    assert_eq!(store.records_of_client(scope, c.client_id).await.unwrap().len(), 3);
    store.unmerge(scope, first, START).await.unwrap();
    store.unmerge(scope, second, START).await.unwrap();
    for record in [&a, &b, &c] {
        let records = store.records_of_client(scope, record.client_id).await.unwrap();
        assert_eq!(records.iter().map(|record| record.episode).collect::<Vec<_>>(), [record.episode]);
        assert_eq!(records[0].consents.len(), 1);
    }
}

pub(crate) async fn only_two_clients_in_force_are_merged(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (one, other) = (keep(store, scope, 1).await.client_id, keep(store, scope, 2).await.client_id);
    let before = store.fingerprint(scope).await.unwrap();
    let theirs = home.second_practice().await;
    assert!(matches!(store.merge_clients(scope, one, one, START).await, Err(Error::Conflict)));
    assert!(matches!(store.merge_clients(&theirs, one, other, START).await, Err(Error::NotFound)));
    let nobody = ClientId(uuid::Uuid::from_u128(7));
    assert!(matches!(store.merge_clients(scope, one, nobody, START).await, Err(Error::NotFound)));
    assert_eq!(store.fingerprint(scope).await.unwrap(), before);
    let merge = store.merge_clients(scope, one, other, START).await.unwrap();
    assert!(matches!(store.merge_clients(scope, one, other, START).await, Err(Error::NotFound)), "it is struck");
    assert!(matches!(store.unmerge(&theirs, merge, START).await, Err(Error::NotFound)));
    assert_eq!(store.clients(scope).await.unwrap().len(), 1);
}
