//! What observations do to the weights and to the bands.

use xystra_cohort::Error;
use xystra_cohort::batch::Watch;
use xystra_cohort::case::{Case, Observation, Reaction, example};
use xystra_cohort::weigh::{Effort, weigh};

use super::{asked, effort, now, pain, width};

#[test]
fn without_observations_every_client_counts_alike() {
    let weighed = weigh(&example::blank(), &effort()).unwrap();
    assert!((weighed.weighing().effective - 2400.0).abs() < 1e-6 && weighed.weighing().rounds == 0);
}

#[test]
fn more_observations_narrow_the_band() {
    let widths = [0, 2, 5].map(|count| width(now(&asked(&pain(&[6.0, 5.0, 5.0, 4.0, 4.0][..count])), 0)));
    assert!(widths[0] > widths[1] * 1.1 && widths[1] > widths[2] * 1.1, "{widths:?}");
}

#[test]
fn a_worse_value_than_foretold_raises_the_band() {
    let (expected, worse) = (asked(&pain(&[6.0, 5.0, 5.0, 4.0, 4.0])), asked(&pain(&[6.0, 5.0, 5.0, 4.0, 8.0])));
    assert!(now(&worse, 0).middle > now(&expected, 0).middle + 0.4, "{:?} {:?}", now(&worse, 0), now(&expected, 0));
}

#[test]
fn a_slip_moves_the_band_less_than_two_values_that_agree() {
    let (slip, twice) = (asked(&pain(&[3.0, 3.0, 2.0, 2.0, 9.0])), asked(&pain(&[3.0, 3.0, 2.0, 9.0, 9.0])));
    assert!(
        now(&slip, 0).middle < 4.0 && now(&twice, 0).middle > now(&slip, 0).middle,
        "{:?} {:?}",
        now(&slip, 0),
        now(&twice, 0)
    );
}

#[test]
fn what_was_not_measured_stays_wide() {
    let case = Case { observations: observations_of(&example::case(), 0), ..example::case() };
    let (whole, pain_only) = (asked(&example::case()), asked(&case));
    assert!(width(now(&pain_only, 2)) > 2.0 * width(now(&whole, 2)), "{:?} {:?}", now(&pain_only, 2), now(&whole, 2));
}

#[test]
fn bruises_make_the_next_one_likelier() {
    let graded =
        |grade| Case { reactions: (4..8).map(|session| Reaction { session, grade }).collect(), ..pain(&[6.0, 5.0]) };
    let [none, redness, bruised] = [0, 1, 4].map(|grade| asked(&graded(grade)).bruise.unwrap());
    assert!(none <= redness && redness + 0.2 < bruised, "{none} {redness} {bruised}");
}

#[test]
fn threads_make_no_difference() {
    let by = |threads| weigh(&example::case(), &Effort { threads, ..effort() }).unwrap();
    assert_eq!(by(1), by(2));
}

#[test]
fn seeds_do_and_agree_about_the_band() {
    let by = |seed| weigh(&example::case(), &Effort { seed, ..effort() }).unwrap();
    assert_ne!(by(1), by(2));
}

#[test]
fn somebody_who_waits_may_stop_it() {
    let watch = Watch::default();
    watch.stop();
    let stopped = weigh(&example::case(), &Effort { watch: Some(&watch), ..effort() });
    assert!(matches!(stopped, Err(Error::Stopped { .. })), "{stopped:?}");
}

#[test]
fn what_there_is_not_is_named() {
    let wrong = weigh(&Case { tissue: "moon".to_owned(), ..example::case() }, &effort()).unwrap_err().to_string();
    assert!(wrong.contains("moon") && wrong.contains("human-neck"), "{wrong}");
    let wrong = weigh(&Case { course: "boredom".to_owned(), ..example::case() }, &effort()).unwrap_err().to_string();
    assert!(wrong.contains("boredom"), "{wrong}");
}

fn observations_of(case: &Case, track: usize) -> Vec<Observation> {
    case.observations.iter().copied().filter(|one| one.track == track).collect()
}
