//! Screening.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::intake::{ComplaintSide, Intake, Onset};
use xystra_care::screening::items;
use xystra_catalog::catalog;
use xystra_catalog::screening::Item;

use crate::clients::{agree, new_client};
use crate::intake::tennis_elbow;
use crate::support::{TestApp, start};

/// The questions of a tennis elbow.
fn asked() -> Vec<&'static Item> {
    let intake = Intake {
        condition: "lateral-epicondylitis".into(),
        words: String::new(),
        side: ComplaintSide::Left,
        since: None,
        onset: Onset::NotKnown,
        irritability: None,
        diagnosed_by: String::new(),
        code: None,
        goals: Vec::new(),
        activities: Vec::new(),
        story: String::new(),
    };
    items(&intake, catalog())
}

/// Every question answered with no, but those named.
fn answers(except: &[(&str, &str)]) -> Vec<(String, String)> {
    let word = |item: &Item| except.iter().find(|(id, _)| *id == item.id).map_or("no", |(_, word)| word);
    let all = asked().into_iter().map(|item| (format!("item_{}", item.id), word(item).to_owned()));
    all.filter(|(_, word)| !word.is_empty()).collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A client with a tennis elbow; the path of their screening.
async fn ready(test: &TestApp) -> String {
    let client = new_client(test, "Synthetic Ada").await;
    agree(test, &client).await;
    format!("{}/screening", tennis_elbow(test, &client).await)
}

#[tokio::test]
async fn every_no_is_clear_for_twelve_weeks() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    let empty = test.get(&path).await.body;
    assert!(empty.contains(&format!("0 of {} answered", asked().len())) && !empty.contains("id=\"verdict\""));
    assert_eq!(test.post(&path, &borrowed(&answers(&[]))).await.location, path);
    let page = test.get(&path).await.body;
    assert!(
        page.contains("chip is-clear")
            && page.contains("Holds until Wed 3 June 2026")
            && page.contains("Chart the findings")
    );
}

#[tokio::test]
async fn after_twelve_weeks_every_question_is_asked_again() {
    let mut test = TestApp::new().await;
    let path = ready(&test).await;
    test.post(&path, &borrowed(&answers(&[("anticoagulant", "yes")]))).await;
    test.clock.set(start() + SignedDuration::from_hours(13 * 7 * 24));
    test.sign_in().await;
    let page = test.get(&path).await.body;
    assert!(page.contains("expired on 2026-06-03") && !page.contains("Chart the findings"));
    assert!(page.contains(&format!("1 of {} answered", asked().len())), "only the yes is filled in");
    let fields = answers(&[]);
    let again: Vec<(&str, &str)> = borrowed(&fields).into_iter().chain([("version", "1")]).collect();
    assert_eq!(test.post(&path, &again).await.location, path);
    let page = test.get(&path).await.body;
    assert!(page.contains("chip is-clear") && page.contains("name=\"version\" value=\"2\""));
}

#[tokio::test]
async fn an_unanswered_question_is_not_clear() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    test.post(&path, &borrowed(&answers(&[("anticoagulant", "")]))).await;
    let page = test.get(&path).await.body;
    assert!(page.contains("Questions open") && page.contains("An unanswered question is not clear"));
    assert!(!page.contains("chip is-clear") && !page.contains("Chart the findings"));
    assert!(page.contains("href=\"#f-item_anticoagulant\""));
}

#[tokio::test]
async fn do_not_treat_says_whom_to_refer_to_and_how_fast() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    test.post(&path, &borrowed(&answers(&[("lateral-epicondylitis-heart", "yes")]))).await;
    let page = test.get(&path).await.body;
    assert!(page.contains("Do not treat this client now") && page.contains("Refer now: Emergency department now."));
    assert!(page.contains("Emergency: emergency department now") && page.contains("</svg>verified</span>"));
    assert!(!page.contains("Chart the findings"));
}

#[tokio::test]
async fn a_precaution_says_what_to_change_and_keeps_the_remark() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    let fields = answers(&[("anticoagulant", "yes")]);
    let fields: Vec<(&str, &str)> =
        borrowed(&fields).into_iter().chain([("remark_anticoagulant", "apixaban 5 mg")]).collect();
    test.post(&path, &fields).await;
    let page = test.get(&path).await.body;
    assert!(
        page.contains("Change: Light force only")
            && page.contains("“apixaban 5 mg”")
            && page.contains("Chart the findings")
    );
}

#[tokio::test]
async fn an_answer_about_a_region_concerns_that_region_alone() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    let fields = answers(&[("lateral-epicondylitis-fracture", "yes")]);
    let place = ("where_lateral-epicondylitis-fracture", "outer-elbow.back.left");
    test.post(&path, &borrowed(&fields).into_iter().chain([place]).collect::<Vec<_>>()).await;
    let page = test.get(&path).await.body;
    assert!(page.contains("<h3>Left outer elbow (back view)</h3><span class=\"chip is-stop\">"));
    assert!(page.contains("A doctor has to see this client today") && page.contains("Refer today: X-ray today."));
    assert!(page.contains("value=\"outer-elbow.back.left\" checked") && !page.contains("outer-elbow.back.right"));
}

#[tokio::test]
async fn the_rest_of_a_group_is_answered_in_the_draft_alone() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    let fields =
        [("item_anticoagulant", "yes"), ("remark_anticoagulant", "warfarin"), ("rest", "Bleeding and vessels")];
    let answer = test.post(&path, &fields).await;
    assert_eq!(answer.location, format!("{path}#group-bleeding-and-vessels"));
    let page = test.get(&path).await.body;
    let group = asked().iter().filter(|item| item.group == "Bleeding and vessels").count();
    assert!(
        page.contains(&format!("{group} of {} answered", asked().len())),
        "the group is answered, and nothing else"
    );
    assert!(page.contains("name=\"item_anticoagulant\" value=\"yes\" checked") && page.contains(">warfarin<"));
    assert!(page.contains("It counts once they are saved") && page.contains("Here is what you typed"));
    let key = format!("screening:{}", path.trim_start_matches("/episodes/").trim_end_matches("/screening"));
    test.post(&format!("/drafts/{key}/discard"), &[("back", &path)]).await;
    assert!(test.get(&path).await.body.contains(&format!("0 of {} answered", asked().len())));
}

#[tokio::test]
async fn answers_from_an_older_version_are_told_not_saved() {
    let test = TestApp::new().await;
    let path = ready(&test).await;
    let fields = answers(&[]);
    test.post(&path, &borrowed(&fields)).await;
    let amended: Vec<(&str, &str)> = borrowed(&fields).into_iter().chain([("version", "1")]).collect();
    assert_eq!(test.post(&path, &amended).await.status, StatusCode::SEE_OTHER);
    let late = test.post(&path, &amended).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.body.contains("somebody saved version 2 meanwhile"));
}
