//! The plan.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use xystra_care::Record;
use xystra_care::finding::Kind;
use xystra_care::plan::Target;
use xystra_care::practice::Tool;
use xystra_care::screening::Answer;
use xystra_catalog::course::Band;
use xystra_store::Batch;
use xystra_store::entries::About;
use xystra_testkit::{RecordBuilder, SITE, region};

use crate::kept::app_with;
use crate::support::TestApp;

const WHOLE: [(&str, &str); 7] = [
    ("version", "0"),
    ("sessions_per_week", "2"),
    ("weeks", "5"),
    ("gap_hours", "48"),
    ("reassess_after", "4"),
    ("baseline", "3"),
    ("home", "Stretch, 3 x 30 s\nLift with the palm up"),
];

const ROW: [(&str, &str); 6] = [
    ("rows", "1"),
    ("region_0", SITE),
    ("instrument_0", "gt-4"),
    ("stroke_0", "sweep"),
    ("target_0", "medium"),
    ("minutes_0", "2,5"),
];

fn elbow() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis")
}

async fn open(built: &RecordBuilder) -> (TestApp, String) {
    (app_with(built).await, format!("/episodes/{}/plan", built.record().episode))
}

fn typed<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = |(name, _): &&(&str, &str)| !changes.iter().any(|(changed, _)| changed == name);
    WHOLE.iter().chain(&ROW).filter(kept).copied().chain(changes.iter().copied()).collect()
}

async fn record(test: &TestApp, built: &RecordBuilder) -> Record {
    std::sync::Arc::unwrap_or_clone(
        test.app.store().record(&test.scope, built.record().episode).await.expect("a record"),
    )
}

/// What is said at a field.
fn said_at<'a>(page: &'a str, field: &str) -> &'a str {
    let after = page.split(&format!("id=\"e-{field}\">")).nth(1).unwrap_or_default();
    after.split('<').next().unwrap_or_default()
}

#[tokio::test]
async fn without_a_clearance_there_is_no_plan_and_the_page_says_what_opens_it() {
    let built = elbow();
    let (test, path) = open(&built).await;
    for answer in [test.get(&path).await, test.post(&path, &typed(&[])).await] {
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(
            answer.body.contains("Not screened yet")
                && answer.body.contains(&format!("/episodes/{}/screening\"", built.record().episode))
        );
    }
    assert!(record(&test, &built).await.plan.is_none());
}

#[tokio::test]
async fn an_expired_clearance_lets_the_plan_be_read_and_not_changed() {
    let built = elbow().ready();
    let (mut test, path) = open(&built).await;
    test.clock.set(built.now() + SignedDuration::from_hours(12 * 7 * 24));
    test.sign_in().await;
    let page = test.get(&path).await;
    assert!(page.status == StatusCode::CONFLICT && page.body.contains("expired on"));
    assert!(page.body.contains("Left forearm extensors, upper (back view)") && !page.body.contains("name=\"weeks\""));
    let changed = typed(&[("version", "1"), ("reason", "more")]);
    assert_eq!(test.post(&path, &changed).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_form_starts_from_the_default_course_where_something_was_found() {
    let built = elbow().screened().found(SITE, Kind::Tenderness).found(SITE, Kind::Scar);
    let (test, path) = open(&built).await;
    let page = test.get(&path).await.body;
    assert!(
        page.contains(&format!("<option value=\"{SITE}\" selected>")) && page.contains("name=\"rows\" value=\"1\"")
    );
    assert!(page.contains("<optgroup label=\"With findings\">"));
    assert!(page.contains("Without treatment") && page.contains("Half of those still affected recover"));
    assert!(page.contains("The usual course") && page.contains("no better than advice"));
    assert!(page.contains("Three show how much the numbers move by themselves"));
}

#[tokio::test]
async fn a_plan_is_kept_once_however_often_it_is_posted() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    for _ in 0..2 {
        let answer = test.post_as("one-operation", &path, &typed(&[])).await;
        assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("{path}?saved")));
    }
    let plan = record(&test, &built).await.plan.expect("a plan");
    let draft = plan.body.draft();
    assert_eq!((plan.version, draft.applications.len(), draft.applications[0].minutes), (1, 1, 2.5));
    assert_eq!((draft.baseline_measurements, draft.home.len()), (3, 2));
    let page = test.get(&format!("{path}?saved")).await.body;
    assert!(page.contains("Version 1 of the plan is kept") && page.contains("first plan"));
    assert_eq!(test.post(&path, &typed(&[])).await.status, StatusCode::CONFLICT, "made from an empty page");
}

#[tokio::test]
async fn sensitive_sites_are_refused_at_their_field() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    let answer = test.post(&path, &typed(&[("region_0", "neck-front.front.left"), ("target_0", "low")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said_at(&answer.body, "region_0").contains("no strokes here"), "{}", said_at(&answer.body, "region_0"));
    let medium = test.post(&path, &typed(&[("region_0", "collarbone.front.left")])).await;
    assert!(said_at(&medium.body, "region_0").contains("light strokes only"));
    let light = test.post(&path, &typed(&[("region_0", "collarbone.front.left"), ("target_0", "low")])).await;
    assert_eq!(light.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_region_that_the_screening_forbids_is_refused_at_its_field() {
    let answer = Answer { regions: vec![region(SITE)], ..Answer::yes() };
    let built = elbow().answered(&[("lateral-epicondylitis-biceps", answer)]);
    let (test, path) = open(&built).await;
    assert!(test.get(&path).await.body.contains("may be a torn biceps tendon"));
    let answer = test.post(&path, &typed(&[])).await;
    assert!(said_at(&answer.body, "region_0").contains("may be a torn biceps tendon"));
}

#[tokio::test]
async fn the_second_version_needs_a_reason_and_both_are_listed() {
    let built = elbow().ready();
    let (test, path) = open(&built).await;
    let lighter = [("version", "1"), ("target_0", "low")];
    let refused = test.post(&path, &typed(&lighter)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(said_at(&refused.body, "reason").contains("needs a reason"));
    let answer = test.post(&path, &typed(&[lighter[0], lighter[1], ("reason", "two bruises")])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let page = test.get(&path).await.body;
    assert!(page.contains("version 2") && page.contains("two bruises") && page.contains("version 1"));
    assert!(page.contains("Keep as version 3"));
    let late = test.post(&path, &typed(&[lighter[0], ("reason", "from an old page")])).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn rows_come_and_go_without_anything_being_saved() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    let more = test.post(&path, &typed(&[("more", "yes")])).await;
    assert_eq!(more.status, StatusCode::OK);
    assert!(more.body.contains("name=\"region_1\"") && more.body.contains("value=\"2,5\""));
    assert!(record(&test, &built).await.plan.is_none());
    let second = [
        ("rows", "3"),
        ("remove_0", "yes"),
        ("region_2", "outer-elbow.back.left"),
        ("instrument_2", "gt-3"),
        ("stroke_2", "frame"),
        ("target_2", "newton"),
        ("low_2", "1,5"),
        ("high_2", "3"),
        ("minutes_2", "1"),
    ];
    assert_eq!(test.post(&path, &typed(&second)).await.status, StatusCode::SEE_OTHER);
    let plan = record(&test, &built).await.plan.expect("a plan");
    let [only] = plan.body.draft().applications.as_slice() else { panic!("one row") };
    assert_eq!(
        (only.region.to_string().as_str(), only.target),
        ("outer-elbow.back.left", Target::Newton { low: 1.5, high: 3.0 })
    );
    let empty = test.post(&path, &typed(&[("version", "1"), ("reason", "none"), ("rows", "0")])).await;
    assert!(said_at(&empty.body, "region_0").contains("at least one region"));
}

#[tokio::test]
async fn too_often_warns_and_does_not_forbid() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    let often = typed(&[("sessions_per_week", "5"), ("gap_hours", "24")]);
    let answer = test.post(&path, &often).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = test.get(&answer.location).await.body;
    assert!(page.contains("less than 48 h between sessions") && page.contains("more than two sessions a week"));
}

#[tokio::test]
async fn the_sheet_for_the_client_speaks_of_home_first() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    assert_eq!(test.get(&format!("{path}?print")).await.status, StatusCode::CONFLICT);
    test.post(&path, &typed(&[("pause_after", "4"), ("pause_weeks", "1")])).await;
    let page = test.get(&format!("{path}?print")).await.body;
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(place("Lift with the palm up") < place("At each visit"));
    assert!(
        page.contains("Will I get bruises?")
            && page.contains("2 sessions a week for 5 weeks, 10 in all")
            && page.contains("A planned break of 1 week after 4 sessions.")
    );
}

#[tokio::test]
async fn the_practices_own_tools_come_first() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    let tool = Tool {
        name: "Blue board".into(),
        instrument: "gua-sha-board".into(),
        mass_g: None,
        radius_mm: None,
        length_mm: None,
        instrumented: false,
        calibrated: None,
        retired: false,
    };
    let mut batch = Batch::default();
    batch.add(About::default(), built.now(), &tool);
    test.app.store().save(&test.scope, &batch, built.now()).await.expect("kept");
    let page = test.get(&path).await.body;
    let own = page.split("<optgroup label=\"In your practice\">").nth(1).expect("a group");
    assert!(own.starts_with("<option value=\"gua-sha-board\">Blue board (Gua sha board)"), "{own:.120}");
    assert!(own.split("</select>").next().expect("its end").matches("gua-sha-board").count() == 1);
}

#[tokio::test]
async fn a_draft_comes_back() {
    let built = elbow().screened();
    let (test, path) = open(&built).await;
    let body = format!(
        r#"{{"revision":0,"tab":"t","body":"weeks=7&rows=1&region_0={SITE}&target_0=high&remark=half+typed"}}"#
    );
    let draft = format!("/drafts/plan:{}", built.record().episode);
    assert_eq!(test.send(Method::PUT, &draft, "application/json", body).await.status, StatusCode::OK);
    let page = test.get(&path).await.body;
    assert!(
        page.contains("half typed")
            && page.contains("name=\"weeks\" value=\"7\"")
            && page.contains("value=\"high\" selected")
    );
    test.post(&path, &typed(&[])).await;
    assert!(!test.get(&path).await.body.contains("half typed"));
    assert_eq!(
        record(&test, &built).await.plan.expect("a plan").body.draft().applications[0].target,
        Target::Band(Band::Medium)
    );
}
