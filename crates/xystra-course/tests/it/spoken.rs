use jiff::tz::TimeZone;
use xystra_care::response::Skin;
use xystra_catalog::catalog;
use xystra_cohort::answer::Verdict;
use xystra_course::outlook::{Foretold, Spoken, outlook, spoken};
use xystra_testkit::RecordBuilder;

use crate::example::{asked, foretold};
use crate::ready;

const WEEK_H: f64 = 168.0;

fn pain(values: &[f64]) -> RecordBuilder {
    values.iter().fold(ready(), |built, value| built.measured("nprs", None, *value).later(WEEK_H))
}

fn said(built: &RecordBuilder, change: impl FnOnce(&mut Foretold)) -> Spoken {
    let mut foretold = foretold(&asked(built), |_, _| -0.25, None);
    change(&mut foretold);
    let outlook = outlook(built.record(), catalog(), &TimeZone::UTC).expect("something was measured");
    spoken(&foretold, &outlook, "nprs").expect("pain is foretold")
}

#[test]
fn one_sentence_with_numbers_for_the_therapist_and_a_plain_one_for_the_client() {
    let said = said(&pain(&[6.0, 5.0, 5.0, 3.0]), |_| {});
    assert_eq!(
        said.therapist,
        "Pain on gripping is about 3 points now, and if it goes on as planned, in 5 weeks probably between 0.9 and 2.6 points (9 of 10). \
         Nobody can tell yet what the treatment adds: so far between 0.3 points of harm and 1.6 points of help. 4 observations."
    );
    assert_eq!(
        said.client,
        "Pain on gripping is about 3 points now. In 5 weeks it may be anywhere from 1 to 3 points. It is better than at the start, but \
         nobody can tell yet how much of that is the treatment."
    );
}

#[test]
fn too_few_observations_say_so_to_the_client() {
    assert!(said(&pain(&[6.0, 3.0]), |_| {}).client.ends_with("There are too few measurements to say more yet."));
}

#[test]
fn the_verdict_has_its_words() {
    let with =
        |verdict| said(&pain(&[6.0, 5.0, 5.0, 4.0]), |foretold| foretold.answer.tracks[0].effect.verdict = verdict);
    assert!(with(Verdict::Helps).therapist.contains("The treatment probably helps: so far"));
    assert!(with(Verdict::AddsNothing).client.ends_with("make no difference: talk about what to do next."));
    assert!(with(Verdict::Harms).client.contains("more harm than good"));
    for verdict in [Verdict::Helps, Verdict::CannotTell, Verdict::AddsNothing, Verdict::Harms] {
        for word in ["will", "posterior", "interval", "guarantee"] {
            assert!(!with(verdict).client.contains(word), "{word}");
        }
    }
}

#[test]
fn where_nothing_may_be_treated_the_sentence_looks_ahead_without_treatment() {
    let held = pain(&[6.0, 5.0, 5.0]).session(Skin::PainfulBruise);
    assert!(said(&held, |_| {}).therapist.contains("without treatment, in "));
}

#[test]
fn a_measure_that_the_outlook_does_not_know_has_no_sentence() {
    let built = pain(&[6.0, 5.0, 5.0]);
    let outlook = outlook(built.record(), catalog(), &TimeZone::UTC).unwrap();
    assert_eq!(spoken(&foretold(&asked(&built), |_, _| 0.0, None), &outlook, "psfs"), None);
}
