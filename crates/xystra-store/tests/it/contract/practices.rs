use xystra_store::{Error, NewOwner, Scope, Store};
use xystra_testkit::START;

pub(crate) async fn a_practice_is_added_beside_the_first(store: &Store, mine: &Scope, theirs: &Scope) {
    assert_ne!(mine.practice(), theirs.practice());
    let practices: Vec<_> = store.practices().await.unwrap().iter().map(|held| held.owner.practice).collect();
    assert_eq!(practices, [mine.practice(), theirs.practice()]);
    assert_eq!(store.owner().await.unwrap().unwrap().practice, mine.practice());
    assert_eq!(store.verify_journal(theirs).await.unwrap(), Ok(1), "its own chain begins with its founding");
    assert!(matches!(store.found_practice(&NewOwner::example(), START).await, Err(Error::Conflict)));
}

pub(crate) async fn a_login_serves_one_person_in_the_whole_database(store: &Store, _: &Scope, _: &Scope) {
    let again = NewOwner { login: " OTHER ".into(), ..NewOwner::example() };
    let error = store.add_practice(&again, START).await.unwrap_err();
    assert!(matches!(&error, Error::LoginTaken { login } if login == "other"), "{error}");
    assert_eq!(store.practices().await.unwrap().len(), 2, "half a practice was kept");
}
