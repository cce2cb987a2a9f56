//! A practice moves between the engines and stays equal.

use xystra_dose::read::Reading;
use xystra_store::recording::Place;
use xystra_store::{Error, Store};
use xystra_testkit::START;

use crate::home::{Home, keep};

/// Everything that a practice can keep.
async fn fill(home: &Home) {
    for number in 1..4 {
        let record = keep(&home.store, &home.scope, number).await;
        let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
        home.store
            .add_recording(&home.scope, place, "rim.csv", &[0, 255, 10, 13].repeat(80_000), &Reading::default(), START)
            .await
            .unwrap();
    }
    home.store.keep_tool_reading(&home.scope, "The long one", &Reading::default(), START).await.unwrap();
    home.store.keep_draft(&home.scope, "note", 0, "tab", "text=half a sent", START).await.unwrap();
}

/// Moves the practice of `home` and holds both sides against each other.
async fn moved(home: &Home, from: &Store, to: &Store) {
    let prints = from.move_to(&home.scope, to).await.unwrap();
    assert!(prints.iter().map(|print| print.rows).sum::<u64>() > 60);
    assert_eq!(to.fingerprints(&home.scope).await.unwrap(), prints);
    assert_eq!(from.fingerprints(&home.scope).await.unwrap(), prints, "the source is left as it is");
    assert_eq!(to.verify_journal(&home.scope).await.unwrap(), from.verify_journal(&home.scope).await.unwrap());
    assert!(to.verify_journal(&home.scope).await.unwrap().is_ok());
    let (found, left) = (to.find_clients(&home.scope, "", 9), from.find_clients(&home.scope, "", 9));
    assert_eq!(found.await.unwrap(), left.await.unwrap());
}

#[tokio::test]
async fn from_sqlite_to_postgres_and_back_the_record_is_equal() {
    let Some(server) = Home::postgres_empty().await else { return };
    let home = Home::new().await;
    fill(&home).await;
    moved(&home, &home.store, &server.store).await;
    let back = Home::sqlite_empty().await;
    moved(&home, &server.store, &back.store).await;
    let record = keep(&back.store, &home.scope, 9).await;
    assert_eq!(back.store.record(&home.scope, record.episode).await.unwrap().notes.len(), 1, "and it goes on");
    assert!(back.store.verify_journal(&home.scope).await.unwrap().is_ok());
}

#[tokio::test]
async fn a_practice_moves_alone() {
    let home = Home::new().await;
    let theirs = home.second_practice().await;
    fill(&home).await;
    keep(&home.store, &theirs, 7).await;
    let to = Home::sqlite_empty().await;
    moved(&home, &home.store, &to.store).await;
    assert_eq!(to.store.practices().await.unwrap().len(), 1);
    assert_eq!(to.store.count_clients(&theirs).await.unwrap(), 0);
}

#[tokio::test]
async fn a_practice_does_not_move_to_where_it_is_or_where_its_login_is_taken() {
    let (home, other) = (Home::new().await, Home::new().await);
    fill(&home).await;
    let taken = home.store.move_to(&home.scope, &other.store).await.unwrap_err();
    assert!(matches!(taken, Error::LoginTaken { .. }), "{taken}");
    assert_eq!(other.store.practices().await.unwrap().len(), 1);
    let to = Home::sqlite_empty().await;
    home.store.move_to(&home.scope, &to.store).await.unwrap();
    assert!(matches!(home.store.move_to(&home.scope, &to.store).await, Err(Error::Held)));
}
