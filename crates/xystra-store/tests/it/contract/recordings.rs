use jiff::SignedDuration;
use xystra_care::id::{RecordingId, ThreadId};
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::recording::Place;
use xystra_store::{Error, Scope, Store};
use xystra_testkit::START;

use crate::home::whole;

fn place() -> Place {
    let record = whole(1);
    Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread }
}

/// Bytes that differ from part to part.
fn content(length: u32) -> Vec<u8> {
    (0..length).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[3]).collect()
}

pub(crate) async fn bytes_come_back_whatever_their_number(store: &Store, scope: &Scope) {
    for length in [0, 1, 256 * 1024, 600_000] {
        let content = content(length);
        let id = store.add_recording(scope, place(), "rim_1.csv", &content, &Reading::default(), START).await.unwrap();
        assert!(store.recording_bytes(scope, id).await.unwrap() == content, "{length} bytes");
        let heading = store.recording(scope, id).await.unwrap();
        assert_eq!((heading.name.as_str(), heading.bytes), ("rim_1.csv", i64::from(length)));
        assert_eq!((heading.session, heading.added_at), (place().session, START));
    }
    assert_eq!(store.recordings_of(scope, place().session).await.unwrap().len(), 4);
    assert_eq!(store.recordings(scope, 2).await.unwrap().len(), 2);
}

pub(crate) async fn the_same_bytes_in_a_session_are_kept_once(store: &Store, scope: &Scope) {
    let first = store.add_recording(scope, place(), "rim_1.csv", b"1,2", &Reading::default(), START).await.unwrap();
    let again = store.add_recording(scope, place(), "copy.csv", b"1,2", &Reading::default(), START).await.unwrap();
    assert_eq!(first, again);
    let elsewhere = Place { session: ThreadId(uuid::Uuid::from_u128(77)), ..place() };
    assert_ne!(
        store.add_recording(scope, elsewhere, "rim_1.csv", b"1,2", &Reading::default(), START).await.unwrap(),
        first
    );
    assert_eq!(store.recordings_of(scope, place().session).await.unwrap().len(), 1);
}

pub(crate) async fn what_is_not_there_is_not_found(store: &Store, scope: &Scope) {
    let nobody = RecordingId(uuid::Uuid::from_u128(5));
    assert!(matches!(store.recording(scope, nobody).await, Err(Error::NotFound)));
    assert!(matches!(store.recording_bytes(scope, nobody).await, Err(Error::NotFound)));
}

pub(crate) async fn the_reading_goes_with_the_recording(store: &Store, scope: &Scope) {
    let said = Reading::default().unit("force=kgf").unwrap().column("force.z=Load (raw)").unwrap();
    let id = store.add_recording(scope, place(), "load.csv", b"1,2", &said, START).await.unwrap();
    assert_eq!(store.recording(scope, id).await.unwrap().reading, said);
    let silent = store.add_recording(scope, place(), "rim_1.csv", b"3,4", &Reading::default(), START).await.unwrap();
    assert_eq!(store.recording(scope, silent).await.unwrap().reading, Reading::default());

    let other = Reading::default().unit("force=lbf").unwrap();
    assert_eq!(store.add_recording(scope, place(), "load.csv", b"1,2", &other, START).await.unwrap(), id);
    assert_eq!(store.recording(scope, id).await.unwrap().reading, other, "put right by bringing it again");
    assert_eq!(store.recordings_of(scope, place().session).await.unwrap().len(), 2);
}

pub(crate) async fn what_was_said_of_a_tool_is_kept_by_its_name(store: &Store, scope: &Scope) {
    assert_eq!(store.tool_reading(scope, "The long one").await.unwrap(), None);
    let first = Reading::default().unit("force=kgf").unwrap();
    let second = Reading::default().unit("force=0.01N").unwrap();
    for said in [&first, &second] {
        store.keep_tool_reading(scope, "The long one", said, START).await.unwrap();
        assert_eq!(store.tool_reading(scope, "The long one").await.unwrap().as_ref(), Some(said));
    }
    assert_eq!(store.tool_reading(scope, "The short one").await.unwrap(), None);
}

fn making() -> Making<'static> {
    let (subject, kind) = ("s", "dose");
    Making { subject, kind, client: place().client, made_from: "hash-1", method: "dose-1", program: "0.1.0" }
}

pub(crate) async fn what_was_derived_holds_for_its_ground_and_method_alone(store: &Store, scope: &Scope) {
    store.derive(scope, &making(), &1.5, START).await.unwrap();
    assert_eq!(store.derived::<f64>(scope, &making()).await.unwrap(), Some(1.5));
    for other in [Making { made_from: "hash-2", ..making() }, Making { method: "dose-2", ..making() }] {
        assert_eq!(store.derived::<f64>(scope, &other).await.unwrap(), None);
    }
    let newer = Making { program: "0.2.0", ..making() };
    assert_eq!(store.derived::<f64>(scope, &newer).await.unwrap(), Some(1.5), "the method is the same");
}

pub(crate) async fn results_of_several_methods_stand_beside_one_another(store: &Store, scope: &Scope) {
    let newer = Making { method: "dose-2", program: "0.2.0", ..making() };
    store.derive(scope, &making(), &1.5, START).await.unwrap();
    store.derive(scope, &newer, &2.5, START + SignedDuration::from_secs(1)).await.unwrap();
    store.derive(scope, &newer, &2.6, START + SignedDuration::from_secs(2)).await.unwrap();
    let found = store.results(scope, "s", "dose").await.unwrap();
    let said: Vec<_> = found.iter().map(|result| (result.method.as_str(), result.body.as_f64().unwrap())).collect();
    assert_eq!(said, [("dose-2", 2.6), ("dose-1", 1.5)], "the newest first, and the old one is kept");
    assert_eq!((found[1].program.as_str(), found[1].made_at), ("0.1.0", START));
    assert_eq!(store.results(scope, "another", "dose").await.unwrap(), []);
}
