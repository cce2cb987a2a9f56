use jiff::SignedDuration;
use xystra_care::practice::{DateFormat, Practice};
use xystra_store::{Error, NewOwner, Scope, Store};
use xystra_testkit::START;

pub(crate) async fn there_is_one_practice_and_its_owner(store: &Store, scope: &Scope) {
    assert!(store.has_practice().await.unwrap());
    assert!(matches!(store.found_practice(&NewOwner::example(), START).await, Err(Error::Conflict)));
    let owner = store.owner().await.unwrap().unwrap();
    assert_eq!((owner.practice, owner.id), (scope.practice(), scope.author().account));
    assert_eq!(store.account_by_login(" OWNER ").await.unwrap(), Some(owner));
    assert_eq!(store.account_by_login("nobody").await.unwrap(), None);
}

pub(crate) async fn a_practice_changes_its_ways(store: &Store, scope: &Scope) {
    let ways = Practice { name: "River Street".into(), dates: DateFormat::Iso, ..Practice::default() };
    store.set_practice(scope, &ways, START).await.unwrap();
    assert_eq!(store.practice(scope).await.unwrap(), ways);
}

pub(crate) async fn a_browser_is_known_until_it_signs_out(store: &Store, scope: &Scope) {
    let ends_at = START + SignedDuration::from_hours(12);
    store.sign_in(scope, "hash", "", ends_at, START).await.unwrap();
    let later = START + SignedDuration::from_mins(5);
    store.touch_sign_in(scope, "hash", later).await.unwrap();
    let known = store.signed_in("hash").await.unwrap().unwrap();
    assert_eq!((known.account.id, known.seen_at, known.ends_at), (scope.author().account, later, ends_at));
    store.sign_out(scope, "hash", later).await.unwrap();
    assert_eq!(store.signed_in("hash").await.unwrap(), None);
}

pub(crate) async fn a_new_password_signs_out_everywhere(store: &Store, scope: &Scope) {
    let ends_at = START + SignedDuration::from_hours(12);
    store.sign_in(scope, "tablet", "", ends_at, START).await.unwrap();
    store.sign_in(scope, "laptop", "", ends_at, START).await.unwrap();
    store.set_password(scope, "$argon2id$new", START).await.unwrap();
    for token in ["tablet", "laptop"] {
        assert_eq!(store.signed_in(token).await.unwrap(), None);
    }
    assert_eq!(store.owner().await.unwrap().unwrap().password_hash, "$argon2id$new");
}
