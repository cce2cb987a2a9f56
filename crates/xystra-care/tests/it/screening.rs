use xystra_care::Refusal;
use xystra_care::screening::{Answer, CLEARANCE_WEEKS, Standing, items, screen};
use xystra_catalog::catalog;
use xystra_catalog::screening::Urgency;
use xystra_testkit::{RecordBuilder, SITE, region};

const ELBOW: &str = "lateral-epicondylitis";

fn at(regions: &[&str]) -> Answer {
    Answer { regions: regions.iter().map(|name| region(name)).collect(), ..Answer::yes() }
}

fn refusal(built: &RecordBuilder) -> Refusal {
    built.record().clearance(catalog(), built.now()).expect_err("a refusal")
}

#[test]
fn without_a_screening_there_is_no_clearance() {
    assert_eq!(refusal(&RecordBuilder::new(ELBOW)), Refusal::NotScreened);
}

#[test]
fn an_unanswered_item_is_not_clear() {
    let built = RecordBuilder::new(ELBOW).screened().unanswered("diabetes").unanswered("pregnancy");
    assert_eq!(refusal(&built), Refusal::Unanswered { count: 2 });
    assert!(refusal(&built).to_string().starts_with("2 screening questions have no answer"));
}

#[test]
fn every_single_unanswered_item_refuses() {
    let screened = RecordBuilder::new(ELBOW).screened();
    for item in items(&screened.record().intake.body, catalog()) {
        let built = screened.clone().unanswered(&item.id);
        assert_eq!(refusal(&built), Refusal::Unanswered { count: 1 }, "{}", item.id);
    }
}

#[test]
fn do_not_treat_says_why_and_whom_to_refer_to() {
    let built = RecordBuilder::new(ELBOW).answered(&[("blood-clot", Answer::yes())]);
    let text = refusal(&built).to_string();
    assert!(text.contains("deep vein thrombosis") && text.contains("The treating doctor"), "{text}");
}

#[test]
fn do_not_treat_outweighs_open_questions() {
    let built = RecordBuilder::new(ELBOW).answered(&[("blood-clot", Answer::yes())]).unanswered("diabetes");
    assert!(matches!(refusal(&built), Refusal::DoNotTreat { .. }));
}

#[test]
fn a_precaution_clears_with_its_change() {
    let built = RecordBuilder::new(ELBOW).answered(&[("anticoagulant", Answer::yes())]);
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    assert_eq!(clearance.assessment().standing(), Standing::Precaution);
    let reasons: Vec<_> = clearance.assessment().precautions().collect();
    assert!(reasons[0].consequence().starts_with("Light force only"));
}

#[test]
fn a_clearance_ends_at_exactly_twelve_weeks() {
    let hours = 24.0 * 7.0 * 12.0;
    assert_eq!(CLEARANCE_WEEKS, 12);
    let screened = RecordBuilder::new(ELBOW).screened();
    let last_second = screened.clone().later(hours - 1.0 / 3600.0);
    assert!(last_second.record().clearance(catalog(), last_second.now()).is_ok());
    let over = screened.later(hours);
    assert_eq!(refusal(&over), Refusal::Expired { on: "2026-05-25".into() });
}

#[test]
fn a_screening_dated_ahead_counts_from_its_writing() {
    let mut record = RecordBuilder::new(ELBOW).screened().build();
    let screening = record.screening.as_mut().unwrap();
    let written = screening.recorded_at;
    screening.happened_at = written + jiff::SignedDuration::from_hours(24 * 300);
    assert_eq!(record.clearance(catalog(), written).unwrap().screened_at(), written);
}

#[test]
fn news_void_the_screening_before_them_even_when_it_is_written_down_later() {
    let told = RecordBuilder::new(ELBOW).ready().later(72.0).session_with(|session| session.anything_new = Some(true));
    assert_eq!(refusal(&told), Refusal::SomethingNew);
    let mut back_dated = told.clone().build();
    let screening = back_dated.screening.as_mut().unwrap();
    screening.recorded_at = told.now();
    assert_eq!(back_dated.clearance(catalog(), told.now()), Err(Refusal::SomethingNew));
    let again = told.later(1.0).screened();
    assert!(again.record().clearance(catalog(), again.now()).is_ok());
}

#[test]
fn a_struck_screening_clears_nobody() {
    let mut record = RecordBuilder::new(ELBOW).screened().build();
    record.screening.as_mut().unwrap().struck = true;
    assert_eq!(record.clearance(catalog(), xystra_testkit::START), Err(Refusal::NotScreened));
}

#[test]
fn a_yes_about_a_region_blocks_that_region_alone() {
    let built = RecordBuilder::new(ELBOW).answered(&[("open-wound", at(&[SITE]))]);
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    assert_eq!(clearance.assessment().region(&region(SITE)), Standing::DoNotTreat);
    let refusal = clearance.allows(&region(SITE)).unwrap_err().to_string();
    assert!(refusal.contains("open wound") && refusal.contains("Wait until it has closed"), "{refusal}");
    for other in ["forearm-extensors-upper.back.right", "forearm-extensors-lower.back.left"] {
        assert_eq!(clearance.allows(&region(other)), Ok(()), "{other}");
    }
}

#[test]
fn a_yes_about_a_region_without_a_place_concerns_the_whole_complaint() {
    let built = RecordBuilder::new(ELBOW).answered(&[("open-wound", Answer::yes())]);
    assert!(matches!(refusal(&built), Refusal::DoNotTreat { .. }));
}

#[test]
fn a_fresh_ankle_ligament_is_blocked_while_drainage_elsewhere_stays_possible() {
    let ligament = "ankle-outer.front.left";
    let built = RecordBuilder::new("acute-ankle-sprain")
        .answered(&[("fresh-injury", at(&[ligament])), ("acute-ankle-fresh", Answer::yes())]);
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    assert!(clearance.allows(&region(ligament)).is_err());
    assert!(clearance.allows(&region("outer-lower-leg.front.left")).is_ok());
}

#[test]
fn the_most_urgent_answer_leads() {
    let built = RecordBuilder::new(ELBOW).answered(&[("flag-sepsis", Answer::yes()), ("blood-clot", Answer::yes())]);
    let record = built.record();
    let assessment = screen(&record.intake.body, &record.screening.as_ref().unwrap().body, catalog());
    assert_eq!(assessment.urgency(), Urgency::Emergency);
    assert_eq!(assessment.client[0].item.id, "flag-sepsis");
    assert_eq!(assessment.standing(), Standing::DoNotTreat);
}

#[test]
fn an_emergency_at_one_region_stops_the_whole_client() {
    let ankle = at(&["ankle-outer.front.left"]);
    let built = RecordBuilder::new("acute-ankle-sprain").answered(&[("acute-ankle-deformity", ankle)]);
    assert!(matches!(refusal(&built), Refusal::DoNotTreat { .. }));
}

#[test]
fn items_of_other_regions_are_not_asked_but_every_red_flag_is() {
    let record = RecordBuilder::new(ELBOW).build();
    let asked: Vec<&str> = items(&record.intake.body, catalog()).iter().map(|item| item.id.as_str()).collect();
    assert!(!asked.contains(&"varicose-veins"), "an elbow is asked about leg veins");
    assert!(asked.contains(&"flag-compartment"), "an elbow is not asked about its own regions");
    let condition = catalog().condition(ELBOW).unwrap();
    assert!(condition.red_flags.iter().all(|flag| asked.contains(&flag.id.as_str())));
}

#[test]
fn every_region_that_binds_an_item_is_on_the_map() {
    let atlas = xystra_catalog::atlas::atlas();
    for item in &catalog().screening {
        for name in &item.regions {
            let is_site = atlas.cells().iter().any(|cell| cell.site() == name);
            assert!(is_site || atlas.group(name).is_some(), "{}: {name}", item.id);
        }
    }
}
