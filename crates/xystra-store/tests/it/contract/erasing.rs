use std::fs;
use std::path::Path;

use jiff::SignedDuration;
use xystra_care::Record;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, Engine, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::{Home, keep, whole};

/// Words that nobody says but of the client who will be erased.
const WORDS: [&str; 3] = ["Zanzibar Quux", "quagga-of-the-note", "recorded-by-a-yeti"];

/// A client with something in every table that can hold something of them.
async fn full(home: &Home, number: u32) -> Record {
    let (store, scope) = (&home.store, &home.scope);
    let mut record = whole(number);
    record.client.body.name = format!("{} {number}", WORDS[0]);
    record.notes[0].body.text = WORDS[1].into();
    store.save(scope, &crate::home::batch(&record), START).await.unwrap();
    let session = record.sessions[0].thread;
    let place = Place { client: record.client_id, episode: record.episode, session };
    let content = WORDS[2].repeat(40_000);
    let recording = store
        .add_recording(scope, place, "rim_1.csv", content.as_bytes(), &Reading::default(), START)
        .await
        .unwrap()
        .to_string();
    let making = Making {
        subject: &recording,
        kind: "dose",
        client: record.client_id,
        made_from: "hash",
        method: "dose-1",
        program: "0.1.0",
    };
    store.derive(scope, &making, &1.5, START).await.unwrap();
    let draft = format!("story={}", WORDS[1]);
    store.keep_draft(scope, &format!("plan:{}", record.episode), 0, "tab", &draft, START).await.unwrap();
    let mut posted = Batch::once(format!("operation-{number}"), format!("/episodes/{}", record.episode));
    posted.add(About::client(record.client_id), START, &record.consents[0].body);
    store.save(scope, &posted, START).await.unwrap();
    beside(home, &record).await;
    record
}

/// Rows of tables that other modules write.
async fn beside(home: &Home, record: &Record) {
    let (practice, account) = (home.scope.practice(), home.scope.author().account);
    let (client, episode, session) = (record.client_id, record.episode, record.sessions[0].thread);
    let rows = format!(
        "INSERT INTO emergency (practice_id, id, account_id, client_id, reason, at, ends_at) \
         VALUES ('{practice}', 'emergency-{client}', '{account}', '{client}', '{}', 0, 0); \
         INSERT INTO link (practice_id, token_hash, kind, client_id, episode_id, made_by, created_at, ends_at) \
         VALUES ('{practice}', 'hash-{client}', 'checkin', '{client}', '{episode}', '{account}', 0, 0); \
         INSERT INTO job (practice_id, kind, subject_id, due_at, tries, problem) \
         VALUES ('{practice}', 'look', '{session}', 0, 0, '{}')",
        WORDS[1], WORDS[1]
    );
    home.raw(&rows).await;
}

/// Files below a folder that hold one of the words.
fn holding(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
        if path.is_dir() {
            found.extend(holding(&path));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        let holds = |word: &&&str| bytes.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes()));
        found.extend(WORDS.iter().filter(holds).map(|word| format!("{}: {word}", path.display())));
    }
    found
}

/// A backup of everything, as text.
async fn everything(store: &Store, scope: &Scope) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.xystra");
    store.back_up(scope, &file, "0.1.0", START).await.unwrap();
    fs::read_to_string(file).unwrap()
}

pub(crate) async fn nothing_of_an_erased_client_is_left_and_the_journal_proves_it(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (record, other) = (full(home, 1).await, keep(store, scope, 2).await);
    let before = everything(store, scope).await;
    assert!(WORDS[..2].iter().all(|word| before.contains(word)));

    let expected = store.would_erase(scope, record.client_id).await.unwrap();
    assert_eq!(everything(store, scope).await.matches(WORDS[0]).count(), before.matches(WORDS[0]).count());
    let later = START + SignedDuration::from_hours(1);
    let erased = store.erase_client(scope, record.client_id, later).await.unwrap();
    assert_eq!(erased.rows, expected);
    let tables: Vec<&str> = erased.rows.iter().map(|(table, _)| *table).collect();
    let all =
        ["draft", "operation", "job", "recording_part", "recording", "derived", "link", "emergency", "client", "entry"];
    assert_eq!(tables, all);
    assert_eq!(erased.rows.last(), Some(&("entry", 12)));
    assert_eq!(erased.rows.iter().find(|(table, _)| *table == "recording_part"), Some(&("recording_part", 3)));

    let proof = &erased.proof;
    assert_eq!((proof.action.as_str(), proof.subject_kind.as_str()), ("erase", "client"));
    assert_eq!((proof.subject_id.clone(), proof.at), (record.client_id.to_string(), later));
    assert_eq!(store.erasure_of(scope, record.client_id).await.unwrap().as_ref(), Some(proof));
    assert_eq!(store.erasure_of(scope, other.client_id).await.unwrap(), None);
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
    let after = everything(store, scope).await;
    assert!(WORDS.iter().all(|word| !after.contains(word)));
    let named = |line: &&str| line.contains(&record.client_id.to_string());
    assert_eq!(after.lines().filter(named).count(), 1, "the proof alone names the client");
    assert_eq!(store.records_of_client(scope, other.client_id).await.unwrap().len(), 1);
    let again = store.erase_client(scope, record.client_id, later).await.unwrap_err();
    assert!(matches!(again, Error::NotFound), "{again}");
}

pub(crate) async fn no_file_holds_a_word_of_an_erased_client(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let record = full(home, 1).await;
    keep(store, scope, 2).await;
    let folder = store.folder();
    fs::write(folder.join("before-schema-2-19700101T000000Z.db"), WORDS[0]).unwrap();
    if store.engine() == Engine::Sqlite {
        assert!(WORDS.iter().all(|word| holding(folder).iter().any(|found| found.ends_with(word))), "nothing to erase");
    }
    let erased = store.erase_client(scope, record.client_id, START).await.unwrap();
    assert_eq!((erased.copies, erased.overwritten), (1, store.engine() == Engine::Sqlite));
    assert_eq!(holding(folder), [""; 0]);
    let listed = fs::read_to_string(folder.join("erased.txt")).unwrap();
    assert_eq!(listed, format!("{}\n", record.client_id));
}

pub(crate) async fn a_restored_backup_holds_nobody_who_was_erased_since(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (record, other) = (full(home, 1).await, keep(store, scope, 2).await);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.xystra");
    store.back_up(scope, &file, "0.1.0", START).await.unwrap();
    store.erase_client(scope, record.client_id, START).await.unwrap();
    fs::copy(store.folder().join("erased.txt"), folder.path().join("erased.txt")).unwrap();

    let empty = home.empty().await;
    empty.store.restore(&file, START).await.unwrap();
    let text = everything(&empty.store, scope).await;
    assert!(WORDS.iter().all(|word| !text.contains(word)));
    assert!(empty.store.erasure_of(scope, record.client_id).await.unwrap().is_some());
    assert!(empty.store.verify_journal(scope).await.unwrap().is_ok());
    assert_eq!(empty.store.records_of_client(scope, other.client_id).await.unwrap().len(), 1);
}

pub(crate) async fn a_merged_person_is_erased_whole_from_either_record(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    for (n, by_the_merged_one) in [(1, false), (3, true)] {
        let (from, into) = (full(home, n).await, full(home, n + 1).await);
        store.merge_clients(scope, from.client_id, into.client_id, START).await.unwrap();
        let chosen = if by_the_merged_one { from.client_id } else { into.client_id };
        let erased = store.erase_client(scope, chosen, START).await.unwrap();
        assert_eq!(erased.proof.subject_id.split(' ').count(), 2);
        let text = everything(store, scope).await;
        assert!(WORDS.iter().all(|word| !text.contains(word)), "{n}");
    }
}

pub(crate) async fn a_merge_that_was_undone_keeps_no_name_of_an_erased_client(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let (from, into) = (full(home, 1).await, keep(store, scope, 2).await);
    let merge = store.merge_clients(scope, from.client_id, into.client_id, START).await.unwrap();
    store.unmerge(scope, merge, START).await.unwrap();
    assert!(everything(store, scope).await.contains(WORDS[0]));
    store.erase_client(scope, from.client_id, START).await.unwrap();
    assert!(!everything(store, scope).await.contains(WORDS[0]));
    assert_eq!(store.records_of_client(scope, into.client_id).await.unwrap().len(), 1);
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
}

pub(crate) async fn a_stranger_erases_nobody_of_mine(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let record = keep(store, scope, 1).await;
    let theirs = home.second_practice().await;
    let before = store.fingerprint(scope).await.unwrap();
    let refused = store.erase_client(&theirs, record.client_id, START).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound), "{refused}");
    assert!(matches!(store.would_erase(&theirs, record.client_id).await, Err(Error::NotFound)));
    assert_eq!(store.fingerprint(scope).await.unwrap(), before);
    assert!(!store.folder().join("erased.txt").exists());
}

pub(crate) async fn clients_of_whom_nothing_was_written_for_long_are_listed(home: &Home) {
    let (store, scope) = (&home.store, &home.scope);
    let old = keep(store, scope, 1).await;
    let later = START + SignedDuration::from_hours(48);
    let mut batch = Batch::default();
    let fresh = ClientId(uuid::Uuid::from_u128(99));
    batch.add(About::client(fresh), START, &Client { name: "Synthetic Fresh".into(), ..Client::default() });
    store.save(scope, &batch, later).await.unwrap();
    assert_eq!(store.silent_since(scope, later).await.unwrap(), [(old.client_id, START)]);
    assert_eq!(store.silent_since(scope, START).await.unwrap(), []);
}
