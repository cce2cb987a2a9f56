use xystra_care::entry::Author;
use xystra_store::entries::About;
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::START;

use crate::home::{batch, keep, whole};

pub(crate) async fn every_entry_leaves_a_row_and_the_chain_holds(store: &Store, scope: &Scope) {
    keep(store, scope, 1).await;
    let rows = store.journal(scope, 100).await.unwrap();
    assert_eq!(rows.len(), 12, "founding the practice and eleven entries");
    assert_eq!((rows[11].number, rows[11].action.as_str()), (1, "found"));
    let Author { account, .. } = scope.author();
    assert!(rows.iter().all(|row| row.account == account.to_string()));
    assert_eq!(store.verify_journal(scope).await.unwrap(), Ok(12));
    assert_eq!(store.journal(scope, 3).await.unwrap(), rows[..3]);
}

pub(crate) async fn it_says_what_was_done_and_nothing_that_was_said(store: &Store, scope: &Scope) {
    const WORD: &str = "quicksilver";
    let mut record = whole(1);
    record.client.body.name = WORD.into();
    record.intake.body.story = WORD.into();
    record.notes[0].body.text = WORD.into();
    store.save(scope, &batch(&record), START).await.unwrap();
    let mut amended = Batch::once(WORD, WORD);
    amended.amend(&record.client, About::client(record.client_id), START, WORD, &record.client.body);
    amended.strike(&record.notes[0], About::episode(record.client_id, record.episode), WORD);
    store.save(scope, &amended, START).await.unwrap();
    store.keep_draft(scope, WORD, 0, WORD, WORD, START).await.unwrap();
    store.drop_draft(scope, WORD).await.unwrap();
    let place = xystra_store::recording::Place {
        client: record.client_id,
        episode: record.episode,
        session: record.sessions[0].thread,
    };
    store.add_recording(scope, place, WORD, WORD.as_bytes(), START).await.unwrap();
    store.sign_in(scope, WORD, START, START).await.unwrap();
    store.set_password(scope, WORD, START).await.unwrap();
    store.sign_out(scope, WORD, START).await.unwrap();

    let rows = store.journal(scope, 1000).await.unwrap();
    assert!(!format!("{rows:?}").contains(WORD), "{rows:?}");
    let actions: Vec<&str> = rows.iter().rev().skip(12).map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["amend", "strike", "add", "sign-in", "set-password", "sign-out"]);
}
