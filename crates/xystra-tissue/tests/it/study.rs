//! Studies from text to published beside simulated.

mod fault;
mod kind;
mod text;

use std::path::Path;

use xystra_tissue::remodel::Tolerance;
use xystra_tissue::study::endpoint::Of;
use xystra_tissue::study::{Found, Report, Study, plan, run, simulated, studies};

/// Runs the text of a study with its own parameters.
fn report(study: &Study) -> Report {
    run(study, &study.parameters().unwrap(), 1).unwrap_or_else(|fault| panic!("{}: {fault}", study.about.id))
}

/// The simulated number of an endpoint.
fn number(report: &Report, id: &str) -> f64 {
    match report.endpoints.iter().find(|finding| finding.id == id).and_then(|finding| finding.simulated.as_ref()) {
        Some(Found::Number(value)) => *value,
        other => panic!("{id}: {other:?}"),
    }
}

// Strokes are left out, since the contact of each edge takes a second; what then has no number is what is drawn from their effect.
#[test]
fn every_carried_study_runs_and_has_an_answer_to_every_question() {
    assert!(studies().len() >= 50);
    for study in studies() {
        let mut idle = study.clone();
        idle.arms.iter_mut().for_each(|arm| arm.treatment.clear());
        for (endpoint, finding) in idle.endpoints.iter().zip(report(&idle).endpoints) {
            let drawn = endpoint.derive.is_some() || endpoint.by_at.is_some() || endpoint.of == Of::Share;
            assert!(finding.simulated.is_some() || drawn, "{}: {}", study.about.id, endpoint.id);
            assert!(!endpoint.verified || endpoint.source.is_some(), "{}: {}", study.about.id, endpoint.id);
        }
    }
}

#[test]
fn a_seed_equals_itself_and_another_gives_other_subjects() {
    let study = text::two_arms("");
    let parameters = study.parameters().unwrap();
    let once = run(&study, &parameters, 5).unwrap();
    assert_eq!(once, run(&study, &parameters, 5).unwrap());
    assert_ne!(once, run(&study, &parameters, 6).unwrap());
}

#[test]
fn neither_the_order_of_arms_nor_a_third_arm_changes_the_others() {
    let study = text::two_arms("");
    let mut other = study.clone();
    other.arms.reverse();
    other.arms.push(xystra_tissue::study::arm::Arm { id: "third".to_owned(), ..study.arms[0].clone() });
    assert_eq!(report(&study), report(&other));
}

#[test]
fn a_few_subjects_for_calibration_come_close_to_the_whole_study() {
    let study = text::two_arms("");
    let parameters = study.parameters().unwrap();
    let few = simulated(&study, &parameters, 16, Tolerance::COARSE).unwrap();
    let whole = number(&run(&study, &parameters, 1).unwrap(), "pain");
    assert!((few[0] / whole - 1.0).abs() < 0.1, "{} {whole}", few[0]);
}

#[test]
fn a_plan_has_no_endpoints_and_starts_at_hour_zero() {
    let plan_file = text::example("low-back.plan.study.toml");
    assert!(report(&plan_file).endpoints.is_empty());
    let found = plan(&plan_file, "strokes", &plan_file.parameters().unwrap()).unwrap();
    assert!(found.happenings.iter().map(|one| one.at_h).fold(f64::INFINITY, f64::min).abs() < 1e-12);
    assert_eq!(found.happenings.iter().filter(|one| one.id() == "strokes-end").count(), 10);
    assert_eq!(found.parameters.get("pain_entry"), Ok(6.0));
    assert!(plan(&plan_file, "other", &plan_file.parameters().unwrap()).is_err());
}

#[test]
fn the_examples_read_and_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut seen = 0;
    for file in files.filter(|file| file.ends_with(".study.toml")) {
        report(&text::example(&file));
        seen += 1;
    }
    assert!(seen >= 2);
}

#[test]
fn the_page_names_every_word_that_a_file_may_hold() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/studies.md");
    let page = std::fs::read_to_string(page).unwrap();
    let library = xystra_tissue::library();
    let tissues = library.tissues.iter().map(|one| one.id.as_str());
    let conditions = library.conditions.iter().map(|one| one.id.as_str());
    let quantities = xystra_tissue::study::quantity::quantities().iter().map(|one| one.id.as_str());
    // The grades stand there as a range.
    let grades = ["grade-2", "grade-3", "grade-4"];
    for word in tissues.chain(conditions).chain(quantities).filter(|word| !grades.contains(word)) {
        assert!(page.contains(&format!("`{word}`")), "docs/methods/studies.md does not name {word}");
    }
}

#[test]
fn the_study_of_the_page_runs() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods/studies.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, rest) = page.split_once("```toml\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    assert_eq!(report(&Study::parse("the page", example).unwrap()).endpoints.len(), 1);
}
