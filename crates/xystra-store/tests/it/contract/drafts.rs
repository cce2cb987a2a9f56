use xystra_store::draft::Kept;
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::START;

const FORM: &str = "intake:new";

async fn keep(store: &Store, scope: &Scope, revision: i64, tab: &str, body: &str) -> Kept {
    store.keep_draft(scope, FORM, revision, tab, body, START).await.unwrap()
}

pub(crate) async fn the_same_tab_goes_on(store: &Store, scope: &Scope) {
    assert_eq!(keep(store, scope, 0, "a", "words=1").await, Kept::At(1));
    assert_eq!(keep(store, scope, 1, "a", "words=12").await, Kept::At(2));
    let draft = store.draft(scope, FORM).await.unwrap().unwrap();
    assert_eq!((draft.revision, draft.tab.as_str(), draft.body.as_str()), (2, "a", "words=12"));
    assert_eq!(draft.saved_at, START);
    assert_eq!(store.drafts(scope).await.unwrap(), [(FORM.to_owned(), START)]);
}

pub(crate) async fn a_second_tab_is_told_and_overwrites_nothing(store: &Store, scope: &Scope) {
    keep(store, scope, 0, "a", "words=1").await;
    let Kept::Elsewhere(there) = keep(store, scope, 0, "b", "words=other").await else {
        panic!("the second tab was obeyed")
    };
    assert_eq!((there.tab.as_str(), there.body.as_str()), ("a", "words=1"));
    assert_eq!(store.draft(scope, FORM).await.unwrap(), Some(there));
}

pub(crate) async fn a_second_tab_that_saw_the_draft_takes_it_over(store: &Store, scope: &Scope) {
    keep(store, scope, 0, "a", "words=1").await;
    assert_eq!(keep(store, scope, 1, "b", "words=12").await, Kept::At(2));
    assert!(matches!(keep(store, scope, 1, "a", "words=13").await, Kept::Elsewhere(_)));
}

pub(crate) async fn a_draft_goes_with_the_save_and_stays_when_the_save_fails(store: &Store, scope: &Scope) {
    keep(store, scope, 0, "a", "words=1").await;
    let record = crate::home::keep(store, scope, 1).await;
    let failing = crate::home::batch(&record).and_forget_draft(FORM);
    assert!(store.save(scope, &failing, START).await.is_err());
    assert!(store.draft(scope, FORM).await.unwrap().is_some());
    store.save(scope, &Batch::default().and_forget_draft(FORM), START).await.unwrap();
    assert_eq!(store.draft(scope, FORM).await.unwrap(), None);
}

pub(crate) async fn a_draft_can_be_thrown_away(store: &Store, scope: &Scope) {
    keep(store, scope, 0, "a", "words=1").await;
    store.drop_draft(scope, FORM).await.unwrap();
    assert_eq!(store.draft(scope, FORM).await.unwrap(), None);
    assert_eq!(keep(store, scope, 0, "b", "words=2").await, Kept::At(1));
}
