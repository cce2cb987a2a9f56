//! Do bands hold the truth as often as they say? A small count here; the large one stands in docs/validation/outlook.md.

use xystra_cohort::answer::Band;
use xystra_cohort::case::{Case, example};
use xystra_cohort::forecast::what_if;
use xystra_cohort::weigh::{Effort, imagined, weigh};

const CLIENTS: usize = 40;

/// How many of the clients' truths lie in the bands of nine in ten and of one in two: of the level now, and in four weeks.
fn held() -> [[usize; 2]; 2] {
    let case = Case { tracks: example::tracks()[..1].to_vec(), ..example::case() };
    let observations = case.observations.iter().copied().filter(|one| one.track == 0).collect();
    let case = Case { observations, ..case };
    let times_h = [case.now_h, case.now_h + 4.0 * example::WEEK_H];
    let choice = &example::choices(&case)[0];
    let mut held = [[0; 2]; 2];
    for number in 0..CLIENTS {
        let truth = imagined(&case, &choice.sessions, &times_h, number, 77).expect("a truth");
        let effort = Effort { clients: 1600, ..Effort::quick(1000 + number as u64) };
        let kept = weigh(&truth.case, &effort).expect("weighed").kept(400);
        let (_, ahead) = what_if(&truth.case, &kept, choice, &times_h).expect("bands").remove(0);
        for (held, (band, level)) in held.iter_mut().zip(ahead.bands.iter().zip(&truth.levels)) {
            count(held, band, level[0]);
        }
    }
    held
}

fn count(held: &mut [usize; 2], band: &Band, level: f64) {
    held[0] += usize::from((band.ninety[0]..=band.ninety[1]).contains(&level));
    held[1] += usize::from((band.fifty[0]..=band.fifty[1]).contains(&level));
}

#[test]
fn bands_hold_about_as_many_as_they_say() {
    let held = held();
    // Of 40 with a chance of 0.9, 31 or fewer come once in 100 times; of 40 with 0.5, fewer than 12 or more than 28 once in 100 times.
    for [ninety, fifty] in held {
        assert!(ninety >= 32 && (12..=28).contains(&fifty), "{held:?}");
    }
}
