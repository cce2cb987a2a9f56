use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::note::Note;
use xystra_store::entries::About;
use xystra_store::outlooks::{JOB, OutlookMaking};
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn making<'a>(record: &Record, made_from: &'a str) -> OutlookMaking<'a> {
    OutlookMaking {
        episode: record.episode,
        client: record.client_id,
        made_from,
        method: "outlook-1",
        program: "0.1.0",
    }
}

/// An outlook that says `says`, with virtual clients and scores.
async fn told(store: &Store, scope: &Scope, record: &Record, says: &str, at: Timestamp) {
    let documents = (&says, &"virtual-clients-of-a-test", &says.len());
    store.keep_outlook(scope, making(record, says), documents, at).await.unwrap();
}

/// Every job on an outlook that waits, taken and done.
async fn asked_for(store: &Store) -> Vec<String> {
    let mut subjects = Vec::new();
    while let Some(taken) = store.take(START + HOUR * 100).await.unwrap() {
        subjects.extend((taken.job.kind == JOB).then(|| taken.job.subject.clone()));
        taken.done().await.unwrap();
    }
    subjects
}

pub(crate) async fn what_was_foretold_comes_back_and_the_newest_counts(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    assert_eq!(store.outlook_of::<String>(scope, record.episode).await.unwrap(), None);
    for (hours, says) in [(0, "first"), (1, "second")] {
        told(store, scope, &record, says, START + HOUR * hours).await;
    }
    let held = store.outlook_of::<String>(scope, record.episode).await.unwrap().unwrap();
    assert_eq!((held.body.as_str(), held.made_from.as_str(), held.made_at), ("second", "second", START + HOUR));
    let clients = store.outlook_clients_of::<String>(scope, record.episode).await.unwrap().unwrap();
    assert_eq!((clients.body.as_str(), clients.made_from.as_str()), ("virtual-clients-of-a-test", "second"));
    let newer = OutlookMaking { method: "outlook-2", ..making(&record, "third") };
    store.keep_outlook(scope, newer, (&3, &"", &0), START + HOUR * 2).await.unwrap();
    let readable = store.outlook_of::<String>(scope, record.episode).await.unwrap().unwrap();
    assert_eq!(readable.method, "outlook-1", "what a newer program wrote in another form is passed over");
}

pub(crate) async fn scores_are_summed_over_the_practice(store: &Store, scope: &Scope) {
    for (number, says) in [(1, "a"), (2, "abc")] {
        told(store, scope, &keep(store, scope, number).await, says, START).await;
    }
    let mut scores: Vec<usize> = store.outlook_scores(scope).await.unwrap().into_iter().map(|held| held.body).collect();
    scores.sort_unstable();
    assert_eq!(scores, [1, 3]);
}

pub(crate) async fn whatever_an_outlook_is_made_from_asks_for_a_new_one(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    assert_eq!(asked_for(store).await, [record.episode.to_string()], "once, however much was said");
    let about = About::episode(record.client_id, record.episode);
    let saved = async |batch: Batch| store.save(scope, &batch, START).await.map(drop).unwrap();
    let mut note = Batch::default();
    note.add(about, START, &Note { text: "Sleeps better.".into(), session: None, adds_to: None, signed_at: None });
    saved(note).await;
    assert_eq!(asked_for(store).await, [""; 0], "a note changes nothing");
    let mut struck = Batch::default();
    struck.strike(&record.measurements[0], about, "wrong client");
    saved(struck).await;
    assert_eq!(store.outlook_awaited(scope, record.episode).await.unwrap().map(|job| job.tries), Some(0));
    assert_eq!(asked_for(store).await.len(), 1);
    assert_eq!(store.outlook_awaited(scope, record.episode).await.unwrap(), None);
    store.want_outlook(scope, record.episode, START).await.unwrap();
    assert_eq!(asked_for(store).await.len(), 1);
}

pub(crate) async fn nobody_waits_for_an_outlook_that_is_being_made(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let taken = store.take(START + HOUR * 100).await.unwrap().expect("the outlook is wanted");
    let mut batch = Batch::default();
    batch.strike(&record.measurements[0], About::episode(record.client_id, record.episode), "wrong client");
    store.save(scope, &batch, START).await.unwrap();
    tokio::time::timeout(std::time::Duration::from_mins(1), store.woken()).await.expect("the save rings");
    taken.done().await.unwrap();
}

pub(crate) async fn an_outlook_goes_where_its_record_goes(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (from, into) = (keep(store, scope, 1).await, keep(store, scope, 2).await);
    told(store, scope, &from, "word-of-an-outlook", START).await;
    let derived = async |record: &Record| {
        let counts = store.would_erase(scope, record.client_id).await.unwrap();
        counts.into_iter().find(|(table, _)| *table == "derived").map_or(0, |(_, rows)| rows)
    };
    assert_eq!((derived(&from).await, derived(&into).await), (3, 0));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.xystra");
    store.back_up(scope, &file, "0.1.0", START).await.unwrap();
    let backup = std::fs::read_to_string(&file).unwrap();
    assert!(backup.contains("word-of-an-outlook") && !backup.contains("virtual-clients-of-a-test"));
    store.erase_client(scope, from.client_id, START).await.unwrap();
    assert_eq!(store.outlook_of::<String>(scope, from.episode).await.unwrap(), None);
    assert_eq!(store.outlook_clients_of::<String>(scope, from.episode).await.unwrap(), None);
    assert_eq!(store.outlook_awaited(scope, from.episode).await.unwrap(), None);
}

pub(crate) async fn a_stranger_sees_no_outlook(store: &Store, scope: &Scope, theirs: &Scope) {
    let record = keep(store, scope, 1).await;
    told(store, scope, &record, "mine", START).await;
    assert_eq!(store.outlook_of::<String>(theirs, record.episode).await.unwrap(), None);
    assert_eq!(store.outlook_clients_of::<String>(theirs, record.episode).await.unwrap(), None);
    assert_eq!(store.outlook_scores_of::<usize>(theirs, record.episode).await.unwrap(), None);
    assert_eq!(store.outlook_scores::<usize>(theirs).await.unwrap(), []);
    assert_eq!(store.outlook_awaited(theirs, record.episode).await.unwrap(), None);
}
