use jiff::{SignedDuration, Timestamp};
use xystra_store::{Scope, Store};
use xystra_testkit::START;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What is due at this moment, without doing it.
async fn due(store: &Store, now: Timestamp) -> Option<(String, String, i64)> {
    let taken = store.take(now).await.unwrap()?;
    Some((taken.job.kind.clone(), taken.job.subject.clone(), taken.job.tries))
}

pub(crate) async fn a_job_is_taken_when_it_is_due(store: &Store, scope: &Scope) {
    assert_eq!(due(store, START).await, None);
    store.queue(scope, "sweep", "", START + HOUR).await.unwrap();
    store.queue(scope, "anchor", "", START).await.unwrap();
    assert_eq!(due(store, START - HOUR).await, None);
    let taken = store.take(START + HOUR).await.unwrap().expect("two are due");
    assert_eq!((taken.job.kind.as_str(), taken.job.due_at, taken.job.tries), ("anchor", START, 0));
    assert_eq!(taken.scope.practice(), scope.practice());
    taken.done().await.unwrap();
    assert_eq!(due(store, START).await, None);
    assert_eq!(due(store, START + HOUR).await, Some(("sweep".into(), String::new(), 0)));
}

pub(crate) async fn a_job_waits_once_for_each_subject(store: &Store, scope: &Scope) {
    for (subject, due_at) in [("a", START), ("a", START + HOUR), ("b", START)] {
        store.queue(scope, "sweep", subject, due_at).await.unwrap();
    }
    for _ in 0..2 {
        store.take(START).await.unwrap().expect("one for each subject").done().await.unwrap();
    }
    assert_eq!(due(store, START + HOUR).await, None);
}

pub(crate) async fn what_is_due_again_waits_until_then(store: &Store, scope: &Scope) {
    store.queue(scope, "sweep", "", START).await.unwrap();
    store.take(START).await.unwrap().unwrap().again(START + HOUR).await.unwrap();
    assert_eq!(due(store, START).await, None);
    assert_eq!(due(store, START + HOUR).await, Some(("sweep".into(), String::new(), 0)));
}

pub(crate) async fn a_job_that_failed_says_why_and_is_tried_again(store: &Store, scope: &Scope) {
    store.queue(scope, "backup", "", START).await.unwrap();
    store.take(START).await.unwrap().unwrap().failed("the disk is full", START + HOUR).await.unwrap();
    assert_eq!(due(store, START).await, None);
    let again = store.take(START + HOUR).await.unwrap().unwrap();
    assert_eq!((again.job.tries, again.job.problem.as_deref()), (1, Some("the disk is full")));
    again.again(START + HOUR * 2).await.unwrap();
    let after = store.take(START + HOUR * 2).await.unwrap().unwrap();
    assert_eq!((after.job.tries, after.job.problem.as_deref()), (0, None), "a success forgets the problem");
}
