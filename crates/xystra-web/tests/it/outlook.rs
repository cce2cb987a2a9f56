//! The outlook's own pages.

pub(crate) mod example;

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::Record;
use xystra_care::decision::Decision;
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_course::outlook::{Foretold, Scores};
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::{app_with, keep};
use crate::support::{Answer, TestApp};
use example::{answered, foretold, weighed};

/// A plan, and a first value of pain and of activities.
fn first() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis")
        .found(SITE, Kind::Tenderness)
        .measured("nprs", None, 6.8)
        .measured("psfs", None, 4.0)
        .consented()
        .screened()
        .planned(|_| {})
}

/// Three sessions and four values of pain.
fn elbow() -> RecordBuilder {
    let session = |built: RecordBuilder, pain: f64| {
        built.session(Skin::FewPetechiae).later(50.0).measured("nprs", None, pain).later(34.0)
    };
    [6.2, 5.9, 5.1].into_iter().fold(first(), session)
}

fn at(built: &RecordBuilder, page: &str) -> String {
    format!("/episodes/{}/{page}", built.record().episode).trim_end_matches('/').to_owned()
}

async fn record(test: &TestApp, built: &RecordBuilder) -> Record {
    let record = test.app.store().record(&test.scope, built.record().episode).await.expect("a record");
    std::sync::Arc::unwrap_or_clone(record)
}

async fn accept(test: &TestApp, built: &RecordBuilder, choice: &str, outlook: &str) -> Answer {
    test.post(&at(built, "outlook/accept"), &[("choice", choice), ("outlook", outlook)]).await
}

#[tokio::test]
async fn the_outlook_shows_bands_choices_effect_and_what_would_tell() {
    let built = elbow();
    let test = app_with(&built).await;
    answered(&test, &built).await;
    let page = test.get(&at(&built, "outlook")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in [
        "What each choice would likely do",
        "Nobody can tell yet",
        "What the change is made of",
        "Same as a table",
        "Three baseline measurements",
        "only before the first session",
        "412 effective of 100\u{202f}000 virtual clients",
        "href=\"/lab/validation\"",
        "does not diagnose or prescribe",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("being worked out"));
    assert_eq!(page.body.matches("class=\"chart multi\"").count(), 7, "one drawing for each choice");
}

#[tokio::test]
async fn another_measure_and_another_choice_have_addresses() {
    let built = elbow();
    let test = app_with(&built).await;
    answered(&test, &built).await;
    let page = test.get(&format!("{}?measure=psfs&choice=stop", at(&built, "outlook"))).await.body;
    let head = page.split("id=\"likely\">").nth(1).and_then(|rest| rest.split("</h2>").next()).unwrap_or_default();
    assert!(head.contains("ctivities"), "{head}");
    assert!(page.contains("Stop now: ") && page.contains("is expected on"), "{page}");
    let odd = test.get(&format!("{}?measure=%3Cb%3E&choice=%22", at(&built, "outlook"))).await;
    assert_eq!(odd.status, StatusCode::OK);
}

#[tokio::test]
async fn the_episode_shows_the_outlook_that_is_kept() {
    let built = elbow();
    let test = app_with(&built).await;
    let before = test.get(&at(&built, "")).await.body;
    assert!(before.contains("The outlook is being worked out") && before.contains("4 observations of this client."));
    answered(&test, &built).await;
    let page = test.get(&at(&built, "")).await.body;
    for words in ["class=\"p90\"", "class=\"n90\"", "3 sessions done, 7 planned", "so the bands are wide", "Look at it"]
    {
        assert_eq!(page.contains(words), words != "Look at it", "{words}: {page}");
    }
    assert!(page.contains(&format!("href=\"{}?measure=nprs\"", at(&built, "outlook"))));
}

#[tokio::test]
async fn too_few_observations_say_nothing_on_the_episode() {
    let built = first();
    let test = app_with(&built).await;
    answered(&test, &built).await;
    let page = test.get(&at(&built, "")).await.body;
    assert!(page.contains("1 observation: too few to say.") && !page.contains("class=\"p90\""), "{page}");
    let nothing = RecordBuilder::new("lateral-epicondylitis");
    let test = app_with(&nothing).await;
    let page = test.get(&at(&nothing, "outlook")).await.body;
    assert!(page.contains("Nothing was measured yet: measure pain or an activity first."), "{page}");
}

#[tokio::test]
async fn an_older_outlook_stays_and_says_that_a_newer_one_comes() {
    let built = elbow();
    let mut test = app_with(&built).await;
    answered(&test, &built).await;
    let next = built.clone().measured("nprs", None, 8.5).later(1.0);
    keep(&mut test, &next, Some(built.record())).await;
    let page = test.get(&at(&built, "outlook")).await.body;
    assert!(page.contains("a newer one is being worked out") && page.contains("class=\"p90\""), "{page}");
    assert!(!page.contains("Accept as version"), "nothing old is accepted");
    assert!(test.get(&at(&built, "what-if")).await.body.contains("are being weighed anew"));
}

#[tokio::test]
async fn an_outlook_that_could_not_be_worked_out_says_so_and_is_tried_again() {
    let built = elbow();
    let test = app_with(&built).await;
    let (store, now) = (test.app.store(), built.now());
    store.want_outlook(&test.scope, built.record().episode, now).await.expect("queued");
    while let Some(taken) = store.take(now).await.expect("a job") {
        taken.failed("the disk is full", now + SignedDuration::from_mins(15)).await.expect("put off");
    }
    let page = test.get(&at(&built, "")).await.body;
    assert!(page.contains("could not be worked out: the disk is full. It is tried again by itself."), "{page}");
}

#[tokio::test]
async fn a_choice_becomes_a_plan_under_a_clinicians_name() {
    let built = elbow();
    let test = app_with(&built).await;
    let foretold = answered(&test, &built).await;
    let page = test.get(&at(&built, "outlook")).await.body;
    assert!(page.contains("Accept as version 2") && page.contains("only under your name, Test therapist"), "{page}");

    let accepted = accept(&test, &built, "fewer", &foretold.made_from).await;
    assert_eq!((accepted.status, accepted.location), (StatusCode::SEE_OTHER, at(&built, "")));
    let kept = record(&test, &built).await;
    let plan = kept.plan.as_ref().expect("a plan");
    assert_eq!((plan.version, plan.reason.as_deref()), (2, Some("outlook: fewer sessions")));
    assert_eq!(plan.body.draft().sessions_per_week, 1);
    let Decision::Chosen { choice, outlook, plan_version, .. } = &kept.decisions[0].body else { panic!("a choice") };
    assert_eq!((choice.as_str(), outlook == &foretold.made_from, *plan_version), ("fewer", true, 2));
    assert_eq!(kept.decisions[0].author.name, "Test therapist");
}

#[tokio::test]
async fn only_what_was_shown_and_is_a_plan_is_accepted() {
    let built = elbow();
    let mut test = app_with(&built).await;
    let foretold = answered(&test, &built).await;
    for (choice, outlook) in
        [("stop", foretold.made_from.as_str()), ("fewer", "another"), ("nothing", &foretold.made_from)]
    {
        let refused = accept(&test, &built, choice, outlook).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{choice}");
        assert!(refused.body.contains("Not saved yet."), "{choice}");
    }
    let hurt = built.clone().session(Skin::Broken).later(3.0);
    keep(&mut test, &hurt, Some(built.record())).await;
    assert_eq!(accept(&test, &built, "fewer", &foretold.made_from).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(record(&test, &built).await.plan.expect("a plan").version, 1);
}

#[tokio::test]
async fn kept_clients_answer_what_if_with_a_script_and_without() {
    let built = elbow();
    let test = app_with(&built).await;
    weighed(&test, &built).await;
    let asked = "per_week=7&weeks=3&minutes=5&break=0&firmness=low";
    let whole = test.get(&format!("{}?{asked}", at(&built, "what-if"))).await;
    assert_eq!(whole.status, StatusCode::OK, "{}", whole.body);
    let part = test.get(&format!("{}?{asked}", at(&built, "what-if/answer"))).await.body;
    assert!(!part.contains("<html") && whole.body.contains(&part), "the page holds what a script would fetch");
    for words in ["than going on as planned", "than stopping now", "class=\"p90\"", "Go on as planned", "<table"] {
        assert!(part.contains(words) || words.starts_with("than"), "{words}: {part}");
    }
    assert!(whole.body.contains("name=\"per_week\" min=\"1\" max=\"3\""), "never closer than the plan's 48 h");
    let other = test.get(&format!("{}?per_week=1&weeks=1", at(&built, "what-if/answer"))).await.body;
    assert_ne!(part, other);
}

#[tokio::test]
async fn without_a_plan_there_is_no_what_if() {
    let built = RecordBuilder::new("lateral-epicondylitis").measured("nprs", None, 6.0);
    let test = app_with(&built).await;
    answered(&test, &built).await;
    let page = test.get(&at(&built, "what-if")).await.body;
    assert!(page.contains("Nothing may be treated now"), "{page}");
    assert_eq!(test.get(&at(&built, "what-if/answer")).await.body, "");
}

#[tokio::test]
async fn the_report_is_one_sheet_with_a_line_to_sign() {
    let built = elbow();
    let test = app_with(&built).await;
    let bare = test.get(&at(&built, "report")).await.body;
    assert!(bare.contains("What was measured") && !bare.contains("id=\"outlook\""));
    answered(&test, &built).await;
    let page = test.get(&at(&built, "report")).await.body;
    for words in [
        "Synthetic Client 1",
        "less than a change that counts",
        "3 sessions,",
        "(banded)",
        "treatment: nobody can tell yet",
        "Version 1: 2 sessions a week",
        "Test therapist, signature",
        "no promise",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[tokio::test]
async fn a_way_to_tell_opens_the_plan_with_it_filled_in() {
    let built = elbow();
    let test = app_with(&built).await;
    answered(&test, &built).await;
    let page = test.get(&at(&built, "outlook")).await.body;
    let href = format!("{}?pause_after=4&amp;pause_weeks=2#tell", at(&built, "plan")).replace("&amp;", "&#38;");
    assert!(page.contains(&href) || page.contains(&href.replace("&#38;", "&")), "{page}");
    let plan = test.get(&format!("{}?pause_after=4&pause_weeks=2&baseline=3", at(&built, "plan"))).await.body;
    assert!(plan.contains("name=\"pause_after\" value=\"4\"") && plan.contains("name=\"pause_weeks\" value=\"2\""));
    assert!(plan.contains("name=\"baseline\" value=\"3\" checked"));
    assert_eq!(record(&test, &built).await.plan.expect("a plan").version, 1, "nothing is kept by looking");
}

#[tokio::test]
async fn the_client_reads_one_plain_sentence_and_a_band() {
    let built = elbow();
    let test = app_with(&built).await;
    let path = format!("/clients/{}/page", built.record().client_id);
    assert!(!test.get(&path).await.body.contains("What may come"));
    answered(&test, &built).await;
    let page = test.get(&path).await.body;
    assert!(page.contains("What may come") && page.contains("it is not a promise"), "{page}");
    for jargon in ["effective", "posterior", "Shapley", "virtual client", "Nobody can tell yet</span>"] {
        assert!(!page.contains(jargon), "{jargon}");
    }
}

#[tokio::test]
async fn the_practice_sees_how_its_outlooks_did() {
    let built = elbow();
    let test = app_with(&built).await;
    assert!(test.get("/settings/outlooks").await.body.contains("No outlook has been worked out yet."));
    let (before, now) = (example::asked(&first()), example::asked(&built));
    let scores = Scores::default().after(Some(&foretold(&before)), &now);
    let told: Foretold = foretold(&now);
    example::keep(&test, &built, &told, &(), &scores).await;
    let page = test.get("/settings/outlooks").await.body;
    assert!(page.contains("1 episode") && page.contains("of 3 later values fell inside the 90 % band"), "{page}");
    let own = test.get(&at(&built, "outlook")).await.body;
    assert!(own.contains("of 3 later values fell inside the 90 % band"), "{own}");
}
