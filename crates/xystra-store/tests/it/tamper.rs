//! What somebody with the file in hand does to journal or recordings shows.

use xystra_store::Error;
use xystra_store::recording::Place;
use xystra_testkit::START;

use crate::home::{Home, keep, whole};

/// What the journal says after a statement beside the store.
async fn after(statement: &'static str) -> Result<usize, String> {
    let home = Home::new().await;
    keep(&home.store, &home.scope, 1).await;
    assert_eq!(home.store.verify_journal(&home.scope).await.unwrap(), Ok(12));
    home.raw(statement).await;
    home.store.verify_journal(&home.scope).await.unwrap()
}

#[tokio::test]
async fn a_changed_row_is_named() {
    let changed = after("UPDATE journal SET action = 'sign-in' WHERE number = 5").await;
    assert_eq!(changed, Err("journal row 5 was changed".into()));
    let moved = after("UPDATE journal SET at = at + 1 WHERE number = 2").await;
    assert_eq!(moved, Err("journal row 2 was changed".into()));
    let blamed = after("UPDATE journal SET account_id = 'somebody' WHERE number = 12").await;
    assert_eq!(blamed, Err("journal row 12 was changed".into()));
}

#[tokio::test]
async fn a_dropped_row_is_named() {
    assert_eq!(after("DELETE FROM journal WHERE number = 4").await, Err("journal row 4 is missing".into()));
    let closed_up = "DELETE FROM journal WHERE number = 4; UPDATE journal SET number = number - 1 WHERE number > 4";
    assert_eq!(after(closed_up).await, Err("journal row 4 was changed".into()));
}

#[tokio::test]
async fn rows_cut_off_at_the_end_show_by_their_entries() {
    let cut = after("DELETE FROM journal WHERE number > 9").await.unwrap_err();
    assert!(cut.starts_with("the journal row of entry ") && cut.ends_with(" is missing"), "{cut}");
}

#[tokio::test]
async fn reordered_rows_are_named() {
    let swapped = "UPDATE journal SET number = 99 WHERE number = 6; UPDATE journal SET number = 6 WHERE number = 7; \
                   UPDATE journal SET number = 7 WHERE number = 99";
    assert_eq!(after(swapped).await, Err("journal row 6 was changed".into()));
}

#[tokio::test]
async fn changed_bytes_of_a_recording_are_refused() {
    let home = Home::new().await;
    let record = whole(1);
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    let id = home.store.add_recording(&home.scope, place, "rim.csv", b"1,2\n3,4\n", START).await.unwrap();
    home.raw("UPDATE recording_part SET content = x'312c320a332c350a'").await;
    let error = home.store.recording_bytes(&home.scope, id).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error}");
    assert!(error.to_string().contains("upload it again"));
}
