//! The history: nothing that was said is lost.

use xystra_care::finding::{Finding, Kind};
use xystra_store::Batch;
use xystra_store::entries::About;
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::app_with;
use crate::support::TestApp;

async fn amended() -> (TestApp, String) {
    let built = RecordBuilder::new("lateral-epicondylitis").found(SITE, Kind::Tenderness).ready().noted("Words", true);
    let test = app_with(&built).await;
    let record = built.record();
    let about = About::episode(record.client_id, record.episode);
    let old = &record.findings[0];
    let mut batch = Batch::default();
    batch.amend(old, about, old.happened_at, "pressed again", &Finding { severity: 1, ..old.body.clone() });
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.expect("kept");
    let amended = test.app.store().thread::<Finding>(&test.scope, old.thread).await.expect("a finding");
    let mut batch = Batch::default();
    batch.strike(&amended, about, "wrong arm");
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.expect("struck");
    (test, format!("/episodes/{}/history", record.episode))
}

#[tokio::test]
async fn every_version_of_a_finding_stays_with_its_reason() {
    let (test, path) = amended().await;
    let page = test.get(&path).await.body;
    for words in [
        "tender, 2 of 3",
        "tender, 1 of 3",
        "pressed again",
        "<del>2 of 3</del> → 1 of 3",
        "Struck out",
        "wrong arm",
        "Version 3",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("Test therapist"));
}

#[tokio::test]
async fn one_kind_can_be_looked_at_alone() {
    let (test, path) = amended().await;
    let page = test.get(&format!("{path}?step=note")).await.body;
    assert!(page.contains("Signed Mon 2 March 2026") && !page.contains("tender, 2 of 3"), "{page}");
    assert!(page.contains("Finding, 3") && page.contains("aria-current=\"true\">Note, 1"));
    assert!(test.get(&format!("{path}?step=nothing")).await.body.contains("Nothing of this kind"));
}

#[tokio::test]
async fn every_kind_of_entry_is_read_in_words() {
    let built = RecordBuilder::new("lateral-epicondylitis").found(SITE, Kind::Scar).measured("nprs", None, 6.0).ready();
    let built =
        built.session(xystra_care::response::Skin::Redness).later(24.0).checkin(None, Some(3)).noted("Words", false);
    let test = app_with(&built).await;
    let page = test.get(&format!("/episodes/{}/history", built.record().episode)).await.body;
    for step in
        ["Client", "Consent", "Intake", "Screening", "Finding", "Measurement", "Plan", "Session", "Check-in", "Note"]
    {
        assert!(page.contains(&format!("<span class=\"quiet\">{step}</span>")), "{step}");
    }
    assert!(!page.contains("As it is kept"), "a body was left as JSON: {page}");
    assert!(page.contains("Back-dated to"), "written down a day later: {page}");
}
