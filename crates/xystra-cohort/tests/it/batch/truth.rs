//! The batch beside the reference integrator, one client at a time.

use xystra_cohort::batch::{Cohort, Options, Person, Seen, Width, run};
use xystra_tissue::remodel::{OUTPUTS, Tolerance};

use super::people::People;

/// The largest difference of an output, by its largest size in the client's course or by 0.001.
fn apart(people: &People, outputs: &[&str], seen: &Seen) -> (f64, String) {
    let mut person = Person::middle().expect("it goes well");
    let mut worst = (0.0, String::new());
    for i in 0..people.size() {
        people.fill(i, &mut person).expect("it goes well");
        let truth = person.course(people.times_h(), Tolerance::REFERENCE).expect("it goes well");
        for (o, output) in outputs.iter().enumerate() {
            let truth = truth.output(output).expect("it goes well");
            let size = truth.iter().map(|value| value.abs()).fold(1e-3_f64, f64::max);
            for (t, value) in truth.iter().enumerate() {
                let apart = (seen.at(i, t)[o] - value).abs() / size;
                if apart > worst.0 || apart.is_nan() {
                    worst = (apart, format!("{output} of client {i} at {} h", people.times_h()[t]));
                }
            }
        }
    }
    worst
}

fn options(relative: f64, width: Width) -> Options<'static> {
    Options { tolerance: Tolerance { relative, absolute: relative / 100.0 }, width, ..Options::default() }
}

#[test]
fn every_output_is_that_of_the_reference() {
    for schedule in 0..3 {
        let people = People::new(64, schedule);
        let seen = run(&people, &OUTPUTS, &options(1e-8, Width::Widest)).expect("it goes well");
        let (apart, at) = apart(&people, &OUTPUTS, &seen);
        assert!(apart <= 1e-6, "schedule {schedule}: {at} is {apart:e} off");
    }
}

#[test]
fn a_few_outputs_alone_are_as_good_with_longer_steps() {
    let outputs = ["pain", "disability", "motion", "threshold", "grade-2"];
    for schedule in 0..3 {
        let people = People::new(64, schedule);
        let seen = run(&people, &outputs, &options(1e-7, Width::Widest)).expect("it goes well");
        let (apart, at) = apart(&people, &outputs, &seen);
        assert!(apart <= 2e-6, "schedule {schedule}: {at} is {apart:e} off");
    }
}

#[test]
fn a_tighter_tolerance_comes_nearer() {
    let people = People::new(16, 0);
    let off = |relative| {
        apart(&people, &OUTPUTS, &run(&people, &OUTPUTS, &options(relative, Width::Widest)).expect("it goes well")).0
    };
    let (coarse, fine) = (off(1e-4), off(1e-7));
    assert!(fine < coarse / 50.0, "{coarse:e} {fine:e}");
}

#[test]
fn widths_agree_as_well_as_the_tolerance_lets_them() {
    let people = People::new(40, 1);
    let portable = run(&people, &OUTPUTS, &options(1e-8, Width::Portable)).expect("it goes well");
    for width in [Width::Avx2, Width::Avx512] {
        let Ok(seen) = run(&people, &OUTPUTS, &options(1e-8, width)) else {
            println!("skipped: this machine has no {width:?}");
            continue;
        };
        for (a, b) in seen.values.iter().zip(&portable.values) {
            assert!((a - b).abs() <= 1e-6 * a.abs().max(1e-2), "{width:?}: {a} {b}");
        }
    }
}

#[test]
fn chances_and_levels_stay_in_their_range() {
    let people = People::new(300, 1);
    let seen = run(&people, &OUTPUTS, &Options::default()).expect("it goes well");
    for (i, value) in seen.values.iter().enumerate() {
        let output = OUTPUTS[i % OUTPUTS.len()];
        let most = if output.starts_with("grade") { 1.0 } else { f64::INFINITY };
        // Motion and temperature are gains; rounding leaves a hair.
        let least = if output == "motion" { f64::NEG_INFINITY } else { -1e-5 };
        assert!((least..=most).contains(value), "{output} is {value}");
    }
}
