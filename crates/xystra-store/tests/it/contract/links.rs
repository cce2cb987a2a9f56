//! Links: each opens one thing, a form once, for one practice, and says so in the journal.

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::measurement::{Measurement, Method};
use xystra_care::response::{Checkin, How, Skin};
use xystra_store::link::{Kind, Link, NewLink, Standing};
use xystra_store::{Batch, Error, Scope, Store};
use xystra_testkit::START;

use crate::home::keep;

const DAY: SignedDuration = SignedDuration::from_hours(24);

fn wanted(record: &Record, kind: Kind) -> NewLink {
    let session = (kind != Kind::Page).then_some(record.sessions[0].thread);
    NewLink { kind, client: record.client_id, episode: record.episode, session, ends_at: START + DAY * 7 }
}

async fn made(store: &Store, scope: &Scope, record: &Record, kind: Kind, hash: &str) -> Link {
    store.make_link(scope, &wanted(record, kind), hash, START).await.unwrap();
    store.link(hash).await.unwrap().expect("the link that was made")
}

fn answered(record: &Record, at: Timestamp) -> Checkin {
    Checkin {
        session: record.sessions[0].thread,
        at,
        how: How::ClientForm,
        soreness: Some(3),
        skin: Some(Skin::Bruise),
        redness_over_30_min: None,
        remark: "blue since this morning".into(),
    }
}

fn pain() -> Measurement {
    let method = Method { rater: "client".into(), ..Method::default() };
    Measurement {
        measure: "nprs".into(),
        value: 4.0,
        side: None,
        method,
        activities: Vec::new(),
        remark: String::new(),
    }
}

/// The newest rows of the journal: what was done, by which account, to whom.
async fn newest(store: &Store, scope: &Scope, count: u32) -> Vec<(String, String, String)> {
    let rows = store.journal(scope, None, count).await.unwrap();
    rows.into_iter().map(|row| (row.action, row.account, row.subject_id)).collect()
}

pub(crate) async fn a_form_is_sent_once_and_keeps_the_answers_with_it(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let link = made(store, scope, &record, Kind::Day, "hash").await;
    let at = START + DAY * 3;
    assert_eq!(link.standing(at), Standing::Open);
    assert!(store.answer(&link, &answered(&record, at), Some(&pain()), at).await.unwrap());

    let after = store.record(scope, record.episode).await.unwrap();
    let told = after.checkins.last().unwrap();
    assert_eq!((&told.body, told.author.name.as_str()), (&answered(&record, at), "client, by own form"));
    assert_eq!(after.measurements.last().unwrap().body, pain());
    let used = store.link("hash").await.unwrap().unwrap();
    assert_eq!((used.used_at, used.standing(at)), (Some(at), Standing::Used));

    assert!(!store.answer(&link, &answered(&record, at), None, at).await.unwrap());
    assert_eq!(store.record(scope, record.episode).await.unwrap().checkins.len(), after.checkins.len());
}

pub(crate) async fn a_link_that_is_over_or_taken_back_keeps_nothing(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let link = made(store, scope, &record, Kind::Day, "hash").await;
    let over = link.ends_at;
    assert_eq!(link.standing(over), Standing::Ended);
    assert!(!store.answer(&link, &answered(&record, over), None, over).await.unwrap());
    assert!(store.take_back_link(scope, record.client_id, "hash", START).await.unwrap());
    assert!(!store.take_back_link(scope, record.client_id, "hash", START).await.unwrap());
    assert_eq!(store.link("hash").await.unwrap(), None);
    assert!(!store.answer(&link, &answered(&record, START + DAY), None, START + DAY).await.unwrap());
    assert_eq!(store.record(scope, record.episode).await.unwrap().checkins.len(), record.checkins.len());
}

pub(crate) async fn a_new_link_takes_the_place_of_an_unused_one_for_the_same(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    for (kind, hash) in [(Kind::Day, "lost"), (Kind::TwoDays, "other"), (Kind::Page, "page"), (Kind::Day, "again")] {
        made(store, scope, &record, kind, hash).await;
    }
    let mut left: Vec<String> = hashes(store, scope, &record).await;
    left.sort();
    assert_eq!(left, ["again", "other", "page"]);

    let late = START + DAY * 8;
    let next = NewLink { ends_at: late + DAY, ..wanted(&record, Kind::Page) };
    store.make_link(scope, &next, "late", late).await.unwrap();
    assert_eq!(hashes(store, scope, &record).await, ["late"]);
}

async fn hashes(store: &Store, scope: &Scope, record: &Record) -> Vec<String> {
    let links = store.links_of(scope, record.client_id).await.unwrap();
    links.iter().map(|link| link.hash().to_owned()).collect()
}

pub(crate) async fn a_link_reaches_its_own_record_and_form_only(store: &Store, scope: &Scope) {
    let (record, other) = (keep(store, scope, 1).await, keep(store, scope, 2).await);
    let (form, page) =
        (made(store, scope, &record, Kind::Day, "form").await, made(store, scope, &record, Kind::Page, "page").await);
    let behind = store.behind(&page).await.unwrap();
    assert_eq!((behind.record.episode, behind.practice.name.as_str()), (record.episode, "Example"));
    for (link, of) in [(&page, &record), (&form, &other)] {
        let refused = store.answer(link, &answered(of, START), None, START).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    let mut batch = Batch::default();
    let about = xystra_store::entries::About::episode(record.client_id, record.episode);
    batch.strike(&record.sessions[0], about, "another client");
    store.save(scope, &batch, START).await.unwrap();
    assert!(matches!(store.behind(&form).await, Err(Error::NotFound)));
    assert!(store.behind(&page).await.is_ok());
}

pub(crate) async fn the_journal_says_that_it_was_made_opened_used_and_taken_back(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let (me, client) = (scope.author().account.to_string(), record.client_id.to_string());
    let row = |action: &str| (action.to_owned(), me.clone(), client.clone());
    let form = made(store, scope, &record, Kind::Day, "form").await;
    assert_eq!(newest(store, scope, 1).await, [row("make-link")]);
    store.answer(&form, &answered(&record, START), None, START).await.unwrap();
    assert_eq!(newest(store, scope, 1).await, [row("use-link")]);

    let page = made(store, scope, &record, Kind::Page, "page").await;
    for minutes in [0, 14, 16] {
        store.note_opened(&page, START + SignedDuration::from_mins(minutes)).await.unwrap();
    }
    assert_eq!(newest(store, scope, 3).await, [row("open-link"), row("open-link"), row("make-link")]);
    store.take_back_link(scope, record.client_id, "page", START).await.unwrap();
    assert_eq!(newest(store, scope, 1).await, [row("take-back-link")]);
    assert!(store.verify_journal(scope).await.unwrap().is_ok());
}

pub(crate) async fn of_two_posts_at_once_one_is_kept(store: &Store, scope: &Scope) {
    let record = keep(store, scope, 1).await;
    let link = made(store, scope, &record, Kind::TwoDays, "hash").await;
    let sent = answered(&record, START);
    let (one, other) = tokio::join!(store.answer(&link, &sent, None, START), store.answer(&link, &sent, None, START));
    assert!(one.unwrap() != other.unwrap());
    assert_eq!(store.record(scope, record.episode).await.unwrap().checkins.len(), record.checkins.len() + 1);
}

/// What belongs to a practice is not another's to see or take back.
pub(crate) mod strangers {
    use super::{Kind, START, Scope, Store, keep, made, wanted};

    pub(crate) async fn a_stranger_sees_and_takes_back_no_link(store: &Store, mine: &Scope, theirs: &Scope) {
        let record = keep(store, mine, 1).await;
        let link = made(store, mine, &record, Kind::Page, "hash").await;
        assert_eq!(store.links_of(theirs, record.client_id).await.unwrap(), []);
        assert!(!store.take_back_link(theirs, record.client_id, "hash", START).await.unwrap());
        assert_eq!(store.link("hash").await.unwrap(), Some(link));
    }

    pub(crate) async fn a_strangers_link_opens_nothing_of_mine(store: &Store, mine: &Scope, theirs: &Scope) {
        let record = keep(store, mine, 1).await;
        store.make_link(theirs, &wanted(&record, Kind::Page), "theirs", START).await.unwrap();
        let link = store.link("theirs").await.unwrap().unwrap();
        assert!(store.behind(&link).await.is_err());
    }
}
