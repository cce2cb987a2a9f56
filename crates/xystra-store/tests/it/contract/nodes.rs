//! Several nodes on one database are as one.

use jiff::SignedDuration;
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_store::draft::Kept;
use xystra_store::entries::About;
use xystra_store::{Batch, Error, Saved, Scope, Store};
use xystra_testkit::START;

use crate::home::{Home, batch, keep, whole};

pub(crate) use super::clients::what_another_node_wrote_is_read;

/// Records kept by each node.
const EACH: u32 = 12;

async fn write(store: &Store, scope: &Scope, numbers: std::ops::Range<u32>) {
    for number in numbers {
        store.save(scope, &batch(&whole(number)), START).await.unwrap();
    }
}

pub(crate) async fn entries_of_two_nodes_make_one_chain(home: &Home, other: &Store) {
    let rows = || home.store.verify_journal(&home.scope);
    keep(&home.store, &home.scope, 0).await;
    let (founding, each) = (1, rows().await.unwrap().unwrap() - 1);
    tokio::join!(write(&home.store, &home.scope, 1..EACH), write(other, &home.scope, EACH..2 * EACH));
    assert_eq!(rows().await.unwrap(), Ok(founding + each * 2 * EACH as usize));
    assert_eq!(other.verify_journal(&home.scope).await.unwrap(), rows().await.unwrap());
    assert_eq!(other.count_clients(&home.scope).await.unwrap(), i64::from(2 * EACH));
}

pub(crate) async fn of_two_nodes_that_amend_one_version_one_is_told(home: &Home, other: &Store) {
    let record = keep(&home.store, &home.scope, 1).await;
    let old: Entry<Client> = home.store.thread(&home.scope, record.client.thread).await.unwrap();
    let amended = |name: &str| {
        let mut batch = Batch::once(name, "/");
        let body = Client { name: name.into(), ..old.body.clone() };
        batch.amend(&old, About::client(record.client_id), old.happened_at, "renamed", &body);
        batch
    };
    let (first, second) = (amended("First"), amended("Second"));
    let (here, there) =
        tokio::join!(home.store.save(&home.scope, &first, START), other.save(&home.scope, &second, START));
    let told = [&here, &there].into_iter().filter(|saved| matches!(saved, Err(Error::Conflict))).count();
    let kept = [&here, &there].into_iter().filter(|saved| matches!(saved, Ok(Saved::Now))).count();
    assert_eq!((told, kept), (1, 1), "{here:?} {there:?}");
    let now: Entry<Client> = other.thread(&home.scope, record.client.thread).await.unwrap();
    assert_eq!((now.version, now.body.name.as_str()), (2, if here.is_ok() { "First" } else { "Second" }));
}

pub(crate) async fn drafts_and_sign_ins_are_shared(home: &Home, other: &Store) {
    let keep = |store, revision, tab, body| Store::keep_draft(store, &home.scope, "note", revision, tab, body, START);
    assert_eq!(keep(&home.store, 0, "a", "text=1").await.unwrap(), Kept::At(1));
    assert!(matches!(keep(other, 0, "b", "text=2").await.unwrap(), Kept::Elsewhere(_)));
    assert_eq!(keep(other, 1, "a", "text=12").await.unwrap(), Kept::At(2));
    assert_eq!(home.store.draft(&home.scope, "note").await.unwrap().unwrap().body, "text=12");

    let ends_at = START + SignedDuration::from_hours(12);
    home.store.sign_in(&home.scope, "cookie", "", ends_at, START).await.unwrap();
    assert!(other.signed_in("cookie").await.unwrap().is_some());
    other.sign_out(&home.scope, "cookie", START).await.unwrap();
    assert_eq!(home.store.signed_in("cookie").await.unwrap(), None);
}

pub(crate) async fn a_form_posted_to_two_nodes_is_written_once(home: &Home, other: &Store) {
    let once = || {
        let mut batch = Batch::once("operation-1", "/clients/1");
        batch.add(About::client(whole(1).client_id), START, &whole(1).client.body);
        batch
    };
    let (first, second) = (once(), once());
    let (here, there) =
        tokio::join!(home.store.save(&home.scope, &first, START), other.save(&home.scope, &second, START));
    let mut saved = [here.unwrap(), there.unwrap()];
    saved.sort_by_key(|saved| *saved != Saved::Now);
    assert_eq!(saved, [Saved::Now, Saved::Before("/clients/1".into())]);
    assert_eq!(other.count_clients(&home.scope).await.unwrap(), 1);
}

pub(crate) async fn a_job_is_taken_by_one_node(home: &Home, other: &Store) {
    home.store.queue(&home.scope, "sweep", "", START).await.unwrap();
    let here = home.store.take(START).await.unwrap().expect("it is due");
    assert!(other.take(START).await.unwrap().is_none(), "two nodes have the same job");
    home.store.queue(&home.scope, "anchor", "", START).await.unwrap();
    let there = other.take(START).await.unwrap().expect("another job");
    assert_eq!((here.job.kind.as_str(), there.job.kind.as_str()), ("sweep", "anchor"));
    other.queue(&home.scope, "sweep", "", START).await.expect("queueing does not wait for whoever does the job");
    here.done().await.unwrap();
    there.done().await.unwrap();
    assert!(other.take(START).await.unwrap().is_none());
}

pub(crate) async fn a_job_of_a_node_that_died_is_free_again(home: &Home, other: &Store) {
    home.store.queue(&home.scope, "sweep", "", START).await.unwrap();
    let third = home.second_node().await;
    let taken = third.store.take(START).await.unwrap().expect("it is due");
    assert!(other.take(START).await.unwrap().is_none());
    home.raw(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND state = 'idle in transaction'",
    )
    .await;
    assert!(taken.done().await.is_err(), "its connection is gone");
    let again = other.take(START).await.unwrap().expect("free again");
    assert_eq!((again.job.kind.as_str(), again.job.tries), ("sweep", 0));
}
