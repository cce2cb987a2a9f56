use xystra_care::entry::Author;
use xystra_dose::read::Reading;
use xystra_store::entries::About;
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::START;

use crate::home::{batch, keep, whole};

pub(crate) async fn every_entry_leaves_a_row_and_the_chain_holds(store: &Store, scope: &Scope) {
    keep(store, scope, 1).await;
    let rows = store.journal(scope, None, 100).await.unwrap();
    assert_eq!(rows.len(), 12, "founding the practice and eleven entries");
    assert_eq!((rows[11].number, rows[11].action.as_str()), (1, "found"));
    let Author { account, .. } = scope.author();
    assert!(rows.iter().all(|row| row.account == account.to_string()));
    assert_eq!(store.verify_journal(scope).await.unwrap(), Ok(12));
    assert_eq!(store.journal(scope, None, 3).await.unwrap(), rows[..3]);
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
    store.add_recording(scope, place, WORD, WORD.as_bytes(), &Reading::default(), START).await.unwrap();
    store.sign_in(scope, WORD, WORD, START, START).await.unwrap();
    store.set_password(scope, WORD, START).await.unwrap();
    store.sign_out(scope, WORD, START).await.unwrap();

    let rows = store.journal(scope, None, 1000).await.unwrap();
    assert!(!format!("{rows:?}").contains(WORD), "{rows:?}");
    let actions: Vec<&str> = rows.iter().rev().skip(12).map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["amend", "strike", "add", "sign-in", "set-password", "sign-out"]);
}

fn after_minutes(minutes: i64) -> jiff::Timestamp {
    START + jiff::SignedDuration::from_mins(minutes)
}

/// The rows that tell of readings, oldest first.
async fn readings(store: &Store, scope: &Scope) -> Vec<String> {
    let rows = store.journal(scope, None, 1000).await.unwrap();
    rows.into_iter().rev().filter(|row| row.action == "read").map(|row| row.subject_id).collect()
}

pub(crate) async fn a_client_who_is_shown_leaves_one_row_in_a_quarter_of_an_hour(store: &Store, scope: &Scope) {
    let first = keep(store, scope, 1).await;
    let second = keep(store, scope, 2).await;
    let (one, two) = (first.client_id.to_string(), second.client_id.to_string());
    store.record(scope, first.episode).await.unwrap();
    store.note_seen(scope, after_minutes(1)).await.unwrap();
    store.note_seen(scope, after_minutes(15)).await.unwrap();
    assert_eq!(readings(store, scope).await, std::slice::from_ref(&one));

    store.find_clients(scope, "", 10).await.unwrap();
    store.note_seen(scope, after_minutes(15)).await.unwrap();
    assert_eq!(readings(store, scope).await, [one.clone(), two.clone()], "only whom they had not just seen");

    store.note_seen(scope, after_minutes(17)).await.unwrap();
    assert_eq!(
        readings(store, scope).await,
        [one.clone(), two, one],
        "a quarter of an hour later it is another reading"
    );
    assert_eq!(store.verify_journal(scope).await.unwrap(), Ok(26));
}

pub(crate) async fn rows_that_wait_together_are_all_written(store: &Store, scope: &Scope) {
    let notes = (0..20).map(|n| async move {
        let id = format!("page-{n}");
        store.note(scope, "refuse", "page", &id, START).await.unwrap();
    });
    futures_util::future::join_all(notes).await;
    let rows = store.journal(scope, None, 1000).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "refuse").count(), 20);
    assert_eq!(store.verify_journal(scope).await.unwrap(), Ok(21));
}

pub(crate) async fn an_anchor_holds_the_end_of_the_chain(store: &Store, scope: &Scope) {
    store.note(scope, "refuse", "page", "/settings", START).await.unwrap();
    store.anchor(scope, START).await.unwrap();
    store.anchor(scope, after_minutes(1)).await.unwrap();
    let file = store.folder().join("anchors").join(format!("{}.txt", scope.practice()));
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 1, "the same row is anchored once: {text}");
    assert_eq!(store.verify_journal(scope).await.unwrap(), Ok(2));

    std::fs::write(&file, text.replace(" 2 ", " 3 ")).unwrap();
    let missing = store.verify_journal(scope).await.unwrap().unwrap_err();
    assert!(missing.starts_with("journal rows 3 to 3 are missing"), "{missing}");
    std::fs::write(&file, text.replace(" 2 ", " 1 ")).unwrap();
    let other = store.verify_journal(scope).await.unwrap().unwrap_err();
    assert!(other.starts_with("journal row 1 is not the one that was anchored"), "{other}");
    std::fs::write(&file, "nonsense\n").unwrap();
    let error = store.verify_journal(scope).await.unwrap_err();
    assert!(error.to_string().contains("line 1 is no anchor"), "{error}");
}
