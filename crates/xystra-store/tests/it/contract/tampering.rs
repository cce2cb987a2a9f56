//! What somebody with the database in hand does to journal or recordings shows.

use xystra_dose::read::Reading;
use xystra_store::Error;
use xystra_store::recording::Place;
use xystra_testkit::START;

use crate::home::{Home, keep, whole};

/// What the journal of a practice of its own says after a statement beside the store.
async fn after(home: &Home, statement: &str) -> Result<usize, String> {
    let fresh = home.another().await;
    keep(&fresh.store, &fresh.scope, 1).await;
    assert_eq!(fresh.store.verify_journal(&fresh.scope).await.unwrap(), Ok(12));
    fresh.raw(statement).await;
    fresh.store.verify_journal(&fresh.scope).await.unwrap()
}

pub(crate) async fn a_changed_row_is_named(home: &Home) {
    let changed = after(home, "UPDATE journal SET action = 'sign-in' WHERE number = 5").await;
    assert_eq!(changed, Err("journal row 5 was changed".into()));
    let moved = after(home, "UPDATE journal SET at = at + 1 WHERE number = 2").await;
    assert_eq!(moved, Err("journal row 2 was changed".into()));
    let blamed = after(home, "UPDATE journal SET account_id = 'somebody' WHERE number = 12").await;
    assert_eq!(blamed, Err("journal row 12 was changed".into()));
}

pub(crate) async fn a_dropped_row_is_named(home: &Home) {
    assert_eq!(after(home, "DELETE FROM journal WHERE number = 4").await, Err("journal row 4 is missing".into()));
    let closed_up = "DELETE FROM journal WHERE number = 4; UPDATE journal SET number = number - 1 WHERE number > 4";
    assert_eq!(after(home, closed_up).await, Err("journal row 4 was changed".into()));
}

pub(crate) async fn rows_cut_off_at_the_end_show_by_their_entries(home: &Home) {
    let cut = after(home, "DELETE FROM journal WHERE number > 9").await.unwrap_err();
    assert!(cut.starts_with("the journal row of entry ") && cut.ends_with(" is missing"), "{cut}");
}

pub(crate) async fn reordered_rows_are_named(home: &Home) {
    let swapped = "UPDATE journal SET number = 99 WHERE number = 6; UPDATE journal SET number = 6 WHERE number = 7; \
                   UPDATE journal SET number = 7 WHERE number = 99";
    assert_eq!(after(home, swapped).await, Err("journal row 6 was changed".into()));
}

pub(crate) async fn changed_bytes_of_a_recording_are_refused(home: &Home) {
    let record = whole(1);
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    let id = home
        .store
        .add_recording(&home.scope, place, "rim.csv", b"1,2\n3,4\n", &Reading::default(), START)
        .await
        .unwrap();
    assert_eq!(home.store.verify_recordings(&home.scope).await.unwrap(), Ok(1));
    home.raw("UPDATE recording_part SET content = x'312c320a332c350a'").await;
    let error = home.store.recording_bytes(&home.scope, id).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
    assert!(error.to_string().contains("upload it again"));
    let found = home.store.verify_recordings(&home.scope).await.unwrap().unwrap_err();
    assert!(found.contains(&id.to_string()), "{found}");
}
