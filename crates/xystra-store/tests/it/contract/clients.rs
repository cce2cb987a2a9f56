//! The row that each client has beside its entries, and the records that are held under it: neither ever lags behind.

use std::collections::BTreeMap;

use xystra_care::client::Client;
use xystra_care::id::ThreadId;
use xystra_care::intake::Intake;
use xystra_care::{Entry, Record};
use xystra_store::entries::About;
use xystra_store::{Batch, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::{Home, appointment, batch, keep, whole};

/// Thread, version and whether it is struck, of everything that a record shows struck or not.
type Versions = BTreeMap<ThreadId, (u32, bool)>;

fn shown(record: &Record) -> Versions {
    fn of<T>(entry: &Entry<T>) -> (ThreadId, (u32, bool)) {
        (entry.thread, (entry.version, entry.struck))
    }
    let one = [of(&record.client), of(&record.intake)];
    let many = record.sessions.iter().map(of).chain(record.checkins.iter().map(of)).chain(record.notes.iter().map(of));
    let many = many.chain(record.consents.iter().map(of)).chain(record.decisions.iter().map(of));
    one.into_iter().chain(many).collect()
}

/// The same from the history, which nothing holds back.
async fn written(store: &Store, scope: &Scope, record: &Record) -> Versions {
    const STEPS: [&str; 7] = ["client", "intake", "session", "checkin", "note", "consent", "decision"];
    let lines = store.history(scope, record).await.unwrap();
    let lines = lines.into_iter().filter(|line| STEPS.contains(&line.step.as_str()));
    let mut versions = Versions::new();
    for line in lines {
        let last = versions.entry(line.entry.thread).or_insert((line.entry.version, line.entry.struck));
        *last = (*last).max((line.entry.version, line.entry.struck));
    }
    versions
}

/// Every way to a client's records says what is written, and the rows say what the entries say.
async fn is_in_step(store: &Store, scope: &Scope, record: &Record, after: &str) {
    let record = store.record(scope, record.episode).await.unwrap();
    assert_eq!(shown(&record), written(store, scope, &record).await, "the record after {after}");
    let of_client = store.records_of_client(scope, record.client_id).await.unwrap();
    let lately = store.records_since(scope, START).await.unwrap();
    for records in [of_client, lately] {
        let same = records.iter().find(|other| other.episode == record.episode).expect("the same record");
        assert_eq!(shown(same), shown(&record), "another way after {after}");
    }
    let count = usize::try_from(store.count_clients(scope).await.unwrap()).unwrap();
    assert!(store.verify_clients(scope).await.unwrap().is_ok_and(|rows| rows >= count), "after {after}");
}

/// What it is called, and what it does.
type Change<'a> = (&'a str, &'a dyn Fn(&mut Batch));

pub(crate) async fn every_change_is_seen_at_once(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    is_in_step(store, scope, &record, "the first save").await;
    let (client, about) = (About::client(record.client_id), About::episode(record.client_id, record.episode));
    let changes: [Change<'_>; 7] = [
        ("an addition", &|batch| {
            batch.add(about, START, &record.notes[0].body);
        }),
        ("an amendment", &|batch| {
            batch.amend(&record.sessions[0], about, START, "typo", &record.sessions[0].body);
        }),
        ("a strike", &|batch| batch.strike(&record.checkins[0], about, "another client")),
        ("a new name", &|batch| {
            let named = Client { name: "Ödön Demo".into(), ..record.client.body.clone() };
            batch.amend(&record.client, client, record.client.happened_at, "married", &named);
        }),
        ("another complaint", &|batch| {
            let neck = Intake { condition: "neck-pain".into(), ..record.intake.body.clone() };
            batch.add(About::episode(record.client_id, whole(7).episode), START, &neck);
        }),
        ("a struck complaint", &|batch| batch.strike(&record.intake, about, "never was")),
        ("an appointment", &|batch| {
            batch.add(client, START, &appointment(&record, START));
        }),
    ];
    for (name, change) in changes {
        let mut batch = Batch::default();
        change(&mut batch);
        store.save(scope, &batch, START).await.unwrap();
        is_in_step(store, scope, &record, name).await;
    }
    let found = async |text: &str| store.find_clients(scope, text, 9).await.unwrap().len();
    assert_eq!((found("ödön neck").await, found("elbow").await, found("synthetic").await), (1, 0, 0));
}

pub(crate) async fn a_change_that_fails_changes_no_row(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let mut twice = Batch::default();
    let named = Client { name: "Nobody".into(), ..record.client.body.clone() };
    twice.amend(&record.client, About::client(record.client_id), START, "renamed", &named);
    twice.add_as(record.intake.thread, About::episode(record.client_id, record.episode), START, &record.intake.body);
    assert!(matches!(store.save(scope, &twice, START).await, Err(Error::Conflict)));
    is_in_step(store, scope, &record, "a conflict").await;
    assert!(store.find_clients(scope, "nobody", 9).await.unwrap().is_empty());
}

pub(crate) async fn who_is_merged_parted_or_erased_is_seen_so_at_once(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (one, two) = (keep(store, scope, 1).await, keep(store, scope, 2).await);
    is_in_step(store, scope, &two, "the first save").await;
    let merge = store.merge_clients(scope, two.client_id, one.client_id, START).await.unwrap();
    assert_eq!(store.record(scope, two.episode).await.unwrap().client_id, one.client_id);
    assert_eq!(store.records_of_client(scope, one.client_id).await.unwrap().len(), 2);
    is_in_step(store, scope, &one, "a merge").await;
    store.unmerge(scope, merge, START).await.unwrap();
    assert_eq!(store.record(scope, two.episode).await.unwrap().client_id, two.client_id);
    is_in_step(store, scope, &one, "taking it apart").await;
    is_in_step(store, scope, &two, "taking it apart").await;
    store.erase_client(scope, two.client_id, START).await.unwrap();
    assert!(matches!(store.record(scope, two.episode).await, Err(Error::NotFound)));
    assert!(store.records_of_client(scope, two.client_id).await.unwrap().is_empty());
    is_in_step(store, scope, &one, "an erasure").await;
}

pub(crate) async fn a_row_that_does_not_fit_is_named(home: &Home) {
    let record = keep(&home.store, &home.scope, 1).await;
    assert_eq!(home.store.verify_clients(&home.scope).await.unwrap(), Ok(1));
    home.raw("UPDATE client SET find = 'somebody else'").await;
    let named = home.store.verify_clients(&home.scope).await.unwrap().unwrap_err();
    assert!(named.contains(&record.client_id.to_string()), "{named}");
    home.raw("DELETE FROM client").await;
    assert!(home.store.verify_clients(&home.scope).await.unwrap().is_err());
}

pub(crate) async fn what_another_node_wrote_is_read(home: &Home, other: &Store) {
    let record = keep(&home.store, &home.scope, 1).await;
    for number in 2..5 {
        is_in_step(&home.store, &home.scope, &record, "here").await;
        is_in_step(other, &home.scope, &record, "there").await;
        let mut note = Batch::default();
        let about = About::episode(record.client_id, record.episode);
        note.add(about, START, &record.notes[0].body);
        other.save(&home.scope, &note, START).await.unwrap();
        home.store.save(&home.scope, &batch(&whole(number)), START).await.unwrap();
    }
    assert_eq!(home.store.record(&home.scope, record.episode).await.unwrap().notes.len(), 4);
}
