//! Doses of a record from the command line: of a session, and computed anew.

use std::path::Path;

use serde_json::{Value, json};
use xystra_care::id::RecordingId;
use xystra_care::session::Force;
use xystra_catalog::course::Band;
use xystra_dose::Sweeps;
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, NewOwner, Scope, Store};
use xystra_testkit::{RecordBuilder, SITE, START};

use crate::run::xystra;

/// A practice with one session of one region.
struct Kept {
    session: String,
    recording: Option<RecordingId>,
}

fn in_store<T>(folder: &Path, work: impl AsyncFnOnce(&Store) -> T) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let store = Store::open(folder, START).await.expect("a store");
        let done = work(&store).await;
        store.close().await;
        done
    })
}

/// Keeps the session with this force, or with that of a recording.
fn kept(folder: &Path, force: Force, bytes: Option<&[u8]>) -> Kept {
    let record = RecordBuilder::numbered(1, "lateral-epicondylitis")
        .consented()
        .screened()
        .found(SITE, xystra_care::finding::Kind::Tenderness)
        .planned(|_| ())
        .later(24.0)
        .session(xystra_care::response::Skin::Redness)
        .build();
    in_store(folder, async |store| {
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), START).await.expect("an owner"));
        let session = &record.sessions[0];
        let place = Place { client: record.client_id, episode: record.episode, session: session.thread };
        let mut body = session.body.clone();
        let recording = match bytes {
            Some(bytes) => {
                let added = store.add_recording(&scope, place, "sweeps.csv", bytes, &Reading::default(), START).await;
                Some(added.expect("added"))
            }
            None => None,
        };
        for application in &mut body.applications {
            application.done = true;
            application.force = recording.map_or(force, Force::Measured);
        }
        let mut batch = Batch::default();
        let about = About::episode(record.client_id, record.episode);
        batch.add_as(record.client.thread, About::client(record.client_id), START, &record.client.body);
        batch.add_as(record.intake.thread, about, START, &record.intake.body);
        batch.add_as(session.thread, about, START, &body);
        store.save(&scope, &batch, START).await.expect("kept");
        Kept { session: session.thread.to_string(), recording }
    })
}

/// As if an older program had computed the dose.
fn keep_old_dose(folder: &Path, id: RecordingId) {
    in_store(folder, async |store| {
        let scope = Scope::of(&store.owner().await.expect("read").expect("an owner"));
        let recording = store.recording(&scope, id).await.expect("a recording");
        let (subject, client) = (id.to_string(), recording.client);
        let making = Making {
            subject: &subject,
            kind: "dose",
            client,
            made_from: &recording.sha256,
            method: "dose-1",
            program: "0.1.0",
        };
        let dose = json!({
            "provenance": "measured", "contact_s": 9.0, "strokes": 7, "rate_per_min": null, "mean_force_n": 2.0,
            "peak_force_n": 3.0, "mean_resultant_n": 2.5, "peak_resultant_n": 3.1, "impulse_ns": 18.0,
            "resultant_impulse_ns": 22.5,
        });
        store.derive(&scope, &making, &dose, START).await.expect("kept");
    });
}

fn text(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}

fn session_json(folder: &Path, session: &str) -> Value {
    let ran = xystra(&["dose", "--session", session, "--data", &text(folder), "--json"]);
    assert!(ran.ok, "{}", ran.err);
    serde_json::from_str(&ran.out).expect("a JSON document")
}

#[test]
fn a_session_without_a_recording_has_the_dose_of_its_band_or_of_the_clinicians() {
    for (force, word, ends) in
        [(Force::Guessed, "guessed", [1.6, 10.0]), (Force::Banded(Band::Medium), "banded", [3.5, 6.0])]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = kept(folder.path(), force, None);
        let said = session_json(folder.path(), &kept.session);
        let first = &said["applications"][0];
        assert_eq!((&said["session"], &first["provenance"]), (&json!(kept.session), &json!(word)));
        let mean = &first["dose"]["mean_force_n"];
        assert_eq!([&mean["low"], &mean["high"]], [&json!(ends[0]), &json!(ends[1])]);
        assert!(first["dose"]["impulse_ns"]["high"].as_f64() > first["dose"]["impulse_ns"]["value"].as_f64());
        assert!(!first["basis"].as_array().expect("a list").is_empty());
        assert_eq!(first.get("problem"), None);
        let words = xystra(&["dose", "--session", &kept.session, "--data", &text(folder.path())]);
        assert!(
            words.ok && words.out.contains(&format!("({word})")) && words.out.contains("mean force"),
            "{}",
            words.out
        );
    }
}

#[test]
fn a_session_with_a_recording_has_the_dose_that_it_shows() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = kept(folder.path(), Force::Guessed, Some(Sweeps::default().to_csv().as_bytes()));
    let said = session_json(folder.path(), &kept.session);
    let first = &said["applications"][0];
    assert_eq!((&first["provenance"], &first["basis"][0]["source"]), (&json!("measured"), &json!("recording")));
    assert_eq!(first["dose"]["strokes"]["value"], json!(20.0));
}

#[test]
fn a_recording_that_cannot_be_read_has_no_dose_and_says_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let kept = kept(folder.path(), Force::Guessed, Some(b"lorem ipsum"));
    let said = session_json(folder.path(), &kept.session);
    let first = &said["applications"][0];
    assert!(first["dose"].is_null() && first["problem"].as_str().is_some_and(|why| !why.is_empty()), "{first}");
    let nobody = xystra(&["dose", "--session", "00000000-0000-0000-0000-000000000001", "--data", &text(folder.path())]);
    assert!(!nobody.ok && nobody.err.contains("no session"), "{}", nobody.err);
}

#[test]
fn doses_of_an_older_method_are_computed_anew_and_the_old_ones_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = text(folder.path());
    let kept = kept(folder.path(), Force::Guessed, Some(Sweeps::default().to_csv().as_bytes()));
    keep_old_dose(folder.path(), kept.recording.expect("a recording"));

    let tried = xystra(&["recompute", "--data", &data, "--dry-run"]);
    assert!(tried.ok && tried.out.contains("1 would be computed"), "{} {}", tried.out, tried.err);
    let done = xystra(&["recompute", "--data", &data, "--json"]);
    assert!(done.ok, "{}", done.err);
    let report: Value = serde_json::from_str(&done.out).expect("a JSON document");
    let line = &report["recordings"][0];
    assert_eq!((&line["old"]["method"], &line["old"]["strokes"]["value"]), (&json!("dose-1"), &json!(7.0)));
    assert_eq!((&line["new"]["method"], &line["new"]["strokes"]["value"]), (&report["method"], &json!(20.0)));

    let again = xystra(&["recompute", "--data", &data]);
    assert!(again.ok && again.out.contains("0 computed") && again.out.contains("1 up to date"), "{}", again.out);
    let methods = in_store(folder.path(), async |store| {
        let scope = Scope::of(&store.owner().await.expect("read").expect("an owner"));
        let doses = store.doses_of(&scope, kept.recording.expect("a recording")).await.expect("read");
        let rows = store.journal(&scope, None, 50).await.expect("read");
        assert_eq!(rows.iter().filter(|row| row.action == "recompute").count(), 1);
        doses.into_iter().map(|dose| dose.method).collect::<Vec<_>>()
    });
    assert_eq!(methods, [xystra_dose::METHOD, "dose-1"]);
}

#[test]
fn a_bad_file_stops_nothing_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = text(folder.path());
    kept(folder.path(), Force::Guessed, Some(b"lorem ipsum"));
    let ran = xystra(&["recompute", "--data", &data]);
    assert!(!ran.ok && ran.err.contains("1 of the recordings could not be read"), "{} {}", ran.out, ran.err);
    assert!(ran.out.contains("no dose before -> no dose: "), "{}", ran.out);
}
