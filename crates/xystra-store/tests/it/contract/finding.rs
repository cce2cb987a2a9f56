use jiff::SignedDuration;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_store::entries::About;
use xystra_store::{Batch, Scope, Store};
use xystra_testkit::{RecordBuilder, START};

async fn add(store: &Store, scope: &Scope, number: u32, client: Client, conditions: &[&str]) -> ClientId {
    let built = RecordBuilder::numbered(number, "neck-pain").build();
    let mut batch = Batch::default();
    batch.add(About::client(built.client_id), START + SignedDuration::from_secs(i64::from(number)), &client);
    for (n, condition) in (0i64..).zip(conditions) {
        let intake = RecordBuilder::new(condition).build().intake.body;
        let episode = xystra_care::id::EpisodeId(uuid::Uuid::now_v7());
        batch.add(About::episode(built.client_id, episode), START + SignedDuration::from_hours(n), &intake);
    }
    store.save(scope, &batch, START).await.unwrap();
    built.client_id
}

async fn people(store: &Store, scope: &Scope) -> [ClientId; 3] {
    let client = |name: &str, phone: &str| Client { name: name.into(), phone: phone.into(), ..Client::default() };
    [
        add(store, scope, 1, client("Änne Ödegård", "0555 11"), &["lateral-epicondylitis"]).await,
        add(store, scope, 2, client("Ben 100% Demo", "0555 22"), &["lateral-epicondylitis", "neck-pain"]).await,
        add(store, scope, 3, client("Cara Demo", "0777 33"), &[]).await,
    ]
}

pub(crate) async fn clients_are_found_by_name_reach_and_complaint(store: &Store, scope: &Scope) {
    let [anne, ben, cara] = people(store, scope).await;
    for (text, expected) in [
        ("", vec![cara, ben, anne]),
        ("demo", vec![cara, ben]),
        ("ÄNNE ödeg", vec![anne]),
        ("0555", vec![ben, anne]),
        ("demo neck", vec![ben]),
        ("left 0555 demo ben elbow", vec![ben]),
        ("ben cara", vec![]),
        ("0%", vec![ben]),
        ("_", vec![]),
    ] {
        let found = store.find_clients(scope, text, 10).await.unwrap();
        let ids: Vec<ClientId> = found.iter().map(|found| found.id).collect();
        assert_eq!(ids, expected, "{text:?}");
    }
    assert_eq!(store.count_clients(scope).await.unwrap(), 3);
}

pub(crate) async fn a_client_found_comes_with_every_complaint_newest_first(store: &Store, scope: &Scope) {
    let [_, ben, _] = people(store, scope).await;
    let found = store.find_clients(scope, "neck", 10).await.unwrap();
    assert_eq!((found.len(), found[0].id), (1, ben));
    assert_eq!(found[0].complaints.len(), 2);
    assert!(found[0].complaints[0].contains("neck"), "{:?}", found[0].complaints);
}

pub(crate) async fn no_more_are_found_than_asked_for(store: &Store, scope: &Scope) {
    let [_, _, cara] = people(store, scope).await;
    let found = store.find_clients(scope, "", 1).await.unwrap();
    assert_eq!((found.len(), found[0].id), (1, cara));
}
