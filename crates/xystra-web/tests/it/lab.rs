//! The lab's pages.

use axum::http::StatusCode;

use crate::support::TestApp;

const PAGES: [&str; 4] = ["/lab", "/lab/contact", "/lab/course", "/lab/validation"];

#[tokio::test]
async fn every_page_says_that_a_model_speaks_and_names_its_place() {
    let test = TestApp::new().await;
    for path in PAGES {
        let answer = test.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        assert!(answer.body.contains("A model’s estimate: it says where strain goes, not whether it heals."), "{path}");
        assert!(answer.body.contains("href=\"/lab\" aria-current=\"page\""), "{path}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
        no_id_twice(path, &answer.body);
    }
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_sent_to_the_door() {
    let test = TestApp::new().await;
    test.post("/sign-out", &[]).await;
    for path in PAGES.iter().chain(&["/lab/contact/answer", "/lab/course/answer"]) {
        let answer = test.get(path).await;
        assert!(answer.location.starts_with("/sign-in"), "{path} {}", answer.status);
    }
}

#[tokio::test]
async fn the_page_stands_without_scripts_and_a_script_fetches_its_answer_alone() {
    let test = TestApp::new().await;
    for (page, query) in
        [("/lab/contact", "force=9&region=thigh&of=forearm"), ("/lab/course", "set=1&per_week=3&neural=on")]
    {
        let whole = test.get(&format!("{page}?{query}")).await.body;
        let part = test.get(&format!("{page}/answer?{query}")).await.body;
        assert!(!part.contains("<html") && !part.contains("<form"), "{page}");
        assert!(whole.contains(&part), "{page}: the page holds the answer as a script would fetch it");
        assert!(part.contains("class=\"say\"") && part.contains("<svg") && part.contains("<table"), "{page}");
    }
}

#[tokio::test]
async fn an_edge_and_a_thumb_stand_beside_each_other_with_their_table() {
    let test = TestApp::new().await;
    let page = test.get("/lab/contact?force=6&region=forearm").await.body;
    assert_eq!(page.matches("class=\"chart xsec\"").count(), 2);
    for layer in ["skin", "fat", "fascia", "muscle"] {
        assert!(page.matches(&format!(">{layer}</text>")).count() == 2, "{layer}");
        assert!(page.contains(&format!("<th scope=\"row\">{layer}</th>")), "{layer}");
    }
    assert!(page.contains("what the model was checked for"));
    assert!(page.contains("What your hand carries"));
}

#[tokio::test]
async fn at_equal_depth_the_thumb_has_a_force_of_its_own() {
    let test = TestApp::new().await;
    let page = test.get("/lab/contact?hold=depth&force=6").await.body;
    assert!(page.contains("To go as deep as the edge does with 6 N, the thumb presses with"), "{page}");
    assert!(page.contains("The joint at the base of your thumb"));
    assert!(page.contains("value=\"depth\" checked"));
}

#[tokio::test]
async fn a_mechanism_that_is_switched_off_has_no_part() {
    let test = TestApp::new().await;
    let all = test.get("/lab/course").await.body;
    assert!(!all.contains(">off</text>"));
    let one = test.get("/lab/course?set=1&neural=on").await.body;
    // Three mechanisms are off, in two quantities.
    assert_eq!(one.matches(">off</text>").count(), 6);
    assert!(
        one.contains("name=\"neural\" value=\"on\" checked") && !one.contains("name=\"fluid\" value=\"on\" checked")
    );
}

#[tokio::test]
async fn every_curve_has_its_sentence() {
    let test = TestApp::new().await;
    let page = test.get("/lab/course").await.body;
    for id in ["pain", "motion", "tone", "perfusion-skin", "inflammation", "synthesis-rate"] {
        let known = xystra_tissue::study::quantity::quantity(id).expect("an output");
        assert!(page.contains(&known.explain), "{id}");
    }
    assert_eq!(page.matches("class=\"chart multi\"").count(), 6);
}

#[tokio::test]
async fn what_nobody_could_set_is_taken_as_the_nearest_that_they_could() {
    let test = TestApp::new().await;
    for query in
        ["force=NaN&radius=-1&length=1e9&angle=0&friction=x&fat=&region=%00", "per_week=0&weeks=-3&minutes=inf"]
    {
        for page in ["/lab/contact", "/lab/course"] {
            assert_eq!(test.get(&format!("{page}?{query}")).await.status, StatusCode::OK, "{page}?{query}");
        }
    }
    let odd = test.get("/lab/course?condition=%22%3E%3Cscript%3E").await.body;
    assert!(!odd.contains("\"><script>"));
}

#[tokio::test]
async fn every_study_stands_on_the_page_and_unverified_findings_are_not_counted() {
    let test = TestApp::new().await;
    let page = test.get("/lab/validation").await.body;
    let studies = xystra_tissue::study::library::studies();
    for study in studies {
        assert!(page.contains(&format!("id=\"{}\"", study.about.id)), "{}", study.about.id);
    }
    let findings = || studies.iter().flat_map(|study| &study.endpoints);
    let unverified = findings().filter(|endpoint| !endpoint.verified).count();
    assert!(unverified > 0 && page.contains(&format!("{unverified} more were not read at their source")));
    assert_eq!(page.matches("<small>not counted</small>").count(), unverified);
}

fn no_id_twice(path: &str, body: &str) {
    let mut ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{path}");
}
