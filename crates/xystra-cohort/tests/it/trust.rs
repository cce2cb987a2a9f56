//! Invented clients with known truths, few of them; very many stand in docs/validation/outlook.md.

use xystra_cohort::trust::{Calibration, Column, Setup, right, wrong_models};

/// Few clients, so that a test takes seconds; much fewer to weigh by make bands too narrow.
fn setup() -> Setup {
    Setup { weighed: 6_400, forecast: 800, bank: 6_000, ..Setup::new(24, 3, 0) }
}

fn column<'a>(calibration: &'a Calibration, name: &str) -> &'a Column {
    let column = calibration.columns.iter().find(|column| column.name.ends_with(name));
    column.unwrap_or_else(|| panic!("{name} is asked"))
}

#[test]
fn bands_hold_most_truths_where_the_model_is_right_and_threads_make_no_difference() {
    let by = |threads| right(&Setup { threads, ..setup() }, &mut |_, _| ()).expect("a calibration");
    let found = by(1);
    // Of 24 with a chance of 0.9, fewer than 17 come once in 500 times.
    for column in &found.columns {
        assert!(column.within(0.9).count >= 17, "{}: {:?}", column.name, column.within(0.9));
    }
    assert_eq!(found, by(2));
}

#[test]
fn wrong_models_are_reported_and_what_they_do_shows() {
    let setup = Setup { clients: 16, weighed: 800, forecast: 200, bank: 15_000, ..setup() };
    let all = wrong_models(&setup, &mut |_, _| ()).expect("calibrations");
    let of = |says: &str| all.iter().find(|one| one.says.contains(says)).unwrap_or_else(|| panic!("{says} is tried"));
    assert_eq!(all.len(), 13);
    assert!(all.iter().all(|one| one.columns[0].ranks.len() >= 8 && one.effective[0] > 10.0));
    // Truths beyond what is foretold, in the mean.
    let off = |says, name| column(of(says), name).means[0] - column(of(says), name).means[1];
    assert!(off("relapse", "weeks, stopped") > off("none", "weeks, stopped") + 0.7);
    assert!(off("harm", "by strokes, now") < off("none", "by strokes, now") - 0.3);
    assert!(column(of("nothing"), "by strokes, now").means[0].abs() < 1e-12);
}
