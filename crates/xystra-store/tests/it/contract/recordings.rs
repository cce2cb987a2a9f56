use xystra_care::id::{RecordingId, ThreadId};
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
        let id = store.add_recording(scope, place(), "rim_1.csv", &content, START).await.unwrap();
        assert!(store.recording_bytes(scope, id).await.unwrap() == content, "{length} bytes");
        let heading = store.recording(scope, id).await.unwrap();
        assert_eq!((heading.name.as_str(), heading.bytes), ("rim_1.csv", i64::from(length)));
        assert_eq!((heading.session, heading.added_at), (place().session, START));
    }
    assert_eq!(store.recordings_of(scope, place().session).await.unwrap().len(), 4);
    assert_eq!(store.recordings(scope, 2).await.unwrap().len(), 2);
}

pub(crate) async fn the_same_bytes_in_a_session_are_kept_once(store: &Store, scope: &Scope) {
    let first = store.add_recording(scope, place(), "rim_1.csv", b"1,2", START).await.unwrap();
    let again = store.add_recording(scope, place(), "copy.csv", b"1,2", START).await.unwrap();
    assert_eq!(first, again);
    let elsewhere = Place { session: ThreadId(uuid::Uuid::from_u128(77)), ..place() };
    assert_ne!(store.add_recording(scope, elsewhere, "rim_1.csv", b"1,2", START).await.unwrap(), first);
    assert_eq!(store.recordings_of(scope, place().session).await.unwrap().len(), 1);
}

pub(crate) async fn what_is_not_there_is_not_found(store: &Store, scope: &Scope) {
    let nobody = RecordingId(uuid::Uuid::from_u128(5));
    assert!(matches!(store.recording(scope, nobody).await, Err(Error::NotFound)));
    assert!(matches!(store.recording_bytes(scope, nobody).await, Err(Error::NotFound)));
}

pub(crate) async fn what_was_derived_holds_for_its_ground_and_program_alone(store: &Store, scope: &Scope) {
    let making = Making { subject: "s", kind: "dose", client: place().client, made_from: "hash-1", program: "0.1.0" };
    store.derive(scope, &making, &1.5, START).await.unwrap();
    assert_eq!(store.derived::<f64>(scope, &making).await.unwrap(), Some(1.5));
    for other in [Making { made_from: "hash-2", ..making.clone() }, Making { program: "0.2.0", ..making.clone() }] {
        assert_eq!(store.derived::<f64>(scope, &other).await.unwrap(), None);
    }
    let newer = Making { program: "0.2.0", ..making.clone() };
    store.derive(scope, &newer, &2.5, START).await.unwrap();
    assert_eq!(store.derived::<f64>(scope, &newer).await.unwrap(), Some(2.5));
    assert_eq!(store.derived::<f64>(scope, &making).await.unwrap(), None, "the old one was replaced");
}
