use jiff::SignedDuration;
use xystra_care::client::Client;
use xystra_store::entries::About;
use xystra_store::{Batch, Saved, Scope, Store};
use xystra_testkit::START;

use crate::home::{keep, whole};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(crate) async fn a_posted_form_is_remembered_for_a_day(store: &Store, scope: &Scope) {
    let posted = || {
        let mut batch = Batch::once("operation-1", "/clients/1");
        batch.add(About::client(whole(1).client_id), START, &Client::default());
        batch
    };
    store.save(scope, &posted(), START).await.unwrap();
    store.sweep(scope, START + DAY).await.unwrap();
    assert_eq!(store.save(scope, &posted(), START).await.unwrap(), Saved::Before("/clients/1".into()));
    store.sweep(scope, START + DAY + HOUR).await.unwrap();
    assert_eq!(store.save(scope, &posted(), START).await.unwrap(), Saved::Now);
}

pub(crate) async fn an_old_draft_goes_when_no_record_would_remind_of_it(store: &Store, scope: &Scope) {
    let of_a_record = format!("note:{}", whole(1).episode);
    for form in ["client:new", &of_a_record] {
        store.keep_draft(scope, form, 0, "tab", "text=half", START).await.unwrap();
    }
    store.sweep(scope, START + DAY * 29).await.unwrap();
    assert_eq!(store.drafts(scope).await.unwrap().len(), 2);
    store.sweep(scope, START + DAY * 31).await.unwrap();
    assert_eq!(store.drafts(scope).await.unwrap(), [(of_a_record, START)]);
}

pub(crate) async fn nothing_of_the_record_is_swept(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    store.sweep(scope, START + DAY * 3650).await.unwrap();
    assert_eq!(store.record(scope, record.episode).await.unwrap().notes.len(), 1);
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
}

pub(crate) async fn nothing_of_another_practice_is_swept(store: &Store, mine: &Scope, theirs: &Scope) {
    store.keep_draft(mine, "client:new", 0, "tab", "text=mine", START).await.unwrap();
    store.sweep(theirs, START + DAY * 31).await.unwrap();
    assert_eq!(store.drafts(mine).await.unwrap().len(), 1);
}
