//! The kept natural course of neck pain, fitted again on the real people when they are at hand; and their forecast by halves.

use std::path::PathBuf;

use xystra_cohort::natural::fit::Effort;
use xystra_cohort::natural::neck::{self, Person, go_on};
use xystra_cohort::natural::{Natural, fitted};
use xystra_cohort::score::{Options, Report, score};

/// The real people; none, said plainly, when they are not there.
fn people() -> Option<Vec<Person>> {
    let shared = std::env::var_os("XYSTRA_SHARED").map(PathBuf::from);
    let folder = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let file = "neck-pain-cohort/neckpain_603_wide.csv";
    let Ok(text) = std::fs::read_to_string(folder.join("data").join(file)) else {
        println!("not checked: {file} is not at hand; set XYSTRA_SHARED to the folder of the shared data");
        return None;
    };
    Some(neck::read(file, &text).expect("the published file reads"))
}

#[test]
fn what_is_kept_is_where_the_fit_rests() {
    let Some(people) = people() else { return };
    let kept = fitted("neck-pain").expect("neck pain is fitted");
    assert_eq!((people.len(), people.iter().flat_map(|one| one.pain).flatten().count()), (kept.people, kept.answers));
    let on = go_on(&people, kept, 3);
    for row in 0..4 {
        assert!((on.effects[(0, row)] - kept.middle[row]).abs() < 0.05, "middle {row}: {}", on.effects[(0, row)]);
        assert!((on.effects[(1, row)] - kept.duration[row]).abs() < 0.05, "duration {row}: {}", on.effects[(1, row)]);
    }
    assert!((on.factor - kept.matrix()).amax() < 0.05, "{}", on.factor);
    assert!((on.likelihood - kept.likelihood).abs() < 0.5, "{}", on.likelihood);
}

#[test]
fn the_middle_person_gets_better_and_longer_pain_keeps_more() {
    let kept = fitted("neck-pain").expect("neck pain is fitted");
    let middle = Natural::of(kept.middle);
    assert!(middle.level(6.0 * 168.0) < 0.6 * middle.entry, "{middle:?}");
    assert!(kept.duration[2] > 0.0, "pain of longer standing leaves a higher plateau");
}

fn scored(people: &[Person], seed: u64) -> Report {
    let options = Options { seed, effort: Effort::GOOD };
    score("courses.csv", &neck::courses(people), &options).expect("it goes well").remove(0)
}

#[test]
fn half_of_the_people_are_forecast_from_the_other_half() {
    let Some(people) = people() else { return };
    let report = scored(&people, 1);
    assert_eq!(report.clients.iter().sum::<usize>(), 603);
    for given in [0.0, 6.0] {
        let all = report
            .lines
            .iter()
            .find(|line| line.given_weeks.total_cmp(&given).is_eq() && line.weeks.is_none())
            .expect("it goes well");
        let [ours, ..] = all.forecasts;
        println!("given to week {given}: n {} lost {} {ours:?} {:?}", all.n, all.lost, all.ratios);
        assert!((0.85..=0.95).contains(&ours.coverage[1]), "coverage {}", ours.coverage[1]);
        assert!(all.ratios.iter().all(|ratio| ratio.ratio < 1.0), "{:?}", all.ratios);
        assert!(all.lost > 50, "real people are lost");
    }
}
