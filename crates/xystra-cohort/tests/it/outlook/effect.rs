//! What is said of the treatment.

use xystra_cohort::answer::{Answer, Effect, Verdict};
use xystra_cohort::case::{Case, Session, example};

use super::{asked, pain};

fn without_strokes(case: Case) -> Case {
    let sessions = case.sessions.into_iter().map(|one| Session { strokes: Vec::new(), ..one }).collect();
    Case { sessions, ..case }
}

fn sum(effect: &Effect) -> f64 {
    effect.parts.iter().map(|part| part.posterior.0).sum()
}

#[test]
fn where_nobody_stroked_nothing_was_gained_by_it() {
    let answer = asked(&without_strokes(example::case()));
    for track in &answer.tracks {
        let effect = &track.effect;
        assert!(effect.posterior.mean.abs() < 1e-9 && effect.posterior.none > 0.999, "{effect:?}");
        assert_eq!(effect.verdict, Verdict::CannotTell);
        for cause in ["neural", "fluid", "remodelling", "mechanical", "exercise"] {
            let part = effect.parts.iter().find(|part| part.cause == cause).unwrap();
            assert!(part.posterior.0.abs() < 1e-12, "{part:?}");
        }
    }
}

#[test]
fn expectation_and_recovery_do_not_count_for_the_strokes() {
    let answer = asked(&without_strokes(example::case()));
    let part = |cause: &str| answer.tracks[0].effect.parts.iter().find(|part| part.cause == cause).unwrap().posterior.0;
    assert!(part("natural") > 0.2 && part("expectation") > 0.05, "{:?}", answer.tracks[0].effect.parts);
}

#[test]
fn better_is_a_gain_whichever_way_a_scale_runs() {
    let answer = asked(&example::case());
    for track in &answer.tracks {
        assert!(track.effect.posterior.mean > 0.0 && sum(&track.effect) > 0.5, "{:?}", track.effect);
    }
}

#[test]
fn parts_make_up_the_change_since_entry() {
    let answer = asked(&example::case());
    for track in &answer.tracks {
        let change = track.so_far[0].middle - track.so_far.last().unwrap().middle;
        // Some hundreds of clients on one side, the middle of a band on the other.
        assert!(
            (sum(&track.effect) - change.abs()).abs() < 0.25 * change.abs() + 0.2,
            "{} {change}",
            sum(&track.effect)
        );
    }
}

#[test]
fn chances_of_helping_and_harming_and_nothing_add_up() {
    for track in &asked(&example::case()).tracks {
        for gain in [track.effect.prior, track.effect.posterior, track.effect_ahead.prior, track.effect_ahead.posterior]
        {
            assert!((gain.helps + gain.none + gain.harms - 1.0).abs() < 1e-9, "{gain:?}");
            assert!(gain.none > 0.05, "in some people strokes do nothing: {gain:?}");
        }
    }
}

#[test]
fn one_always_treated_client_does_not_tell() {
    let answer = asked(&pain(&[6.0, 5.0, 5.0, 4.0, 4.0]));
    assert_eq!(answer.tracks[0].effect.verdict, Verdict::CannotTell);
}

#[test]
fn designs_are_told_and_a_break_narrows() {
    let answer: Answer = asked(&pain(&[6.0, 5.0, 5.0]));
    let width = |id: &str| answer.designs.iter().find(|design| design.id == id).unwrap().width;
    assert!(width("break") < width("as-planned"), "{:?}", answer.designs);
    assert!(answer.designs.iter().all(|design| (0.0..=1.0).contains(&design.tells) && design.width > 0.0));
}
