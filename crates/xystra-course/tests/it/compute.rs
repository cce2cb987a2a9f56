use xystra_care::response::Skin;
use xystra_cohort::batch::Watch;
use xystra_cohort::case::Choice;
use xystra_course::Error;
use xystra_course::outlook::{Depth, Foretold, KeptClients, compute};

use crate::example::asked;
use crate::ready;

fn course() -> xystra_testkit::RecordBuilder {
    let first = ready().measured("nprs", None, 6.0).later(24.0).session(Skin::Redness);
    let second = first.later(83.5).measured("nprs", None, 5.0).session(Skin::Redness);
    second.later(83.5).measured("nprs", None, 4.0)
}

#[test]
fn a_record_is_foretold_and_what_is_kept_answers_again() {
    let asked = asked(&course());
    let made = compute(&asked, Depth::Quick, 2, None).unwrap();
    let foretold = &made.foretold;
    assert_eq!((foretold.made_from.as_str(), foretold.answer.weighing.observations), (asked.made_from.as_str(), 3));
    let track = foretold.track("nprs").unwrap();
    let ids: Vec<&str> = track.ahead.iter().map(|ahead| ahead.choice.as_str()).collect();
    let offered: Vec<&str> = foretold.offers.iter().map(|offer| offer.id.as_str()).collect();
    assert_eq!(ids[..offered.len()], offered[..]);
    assert_eq!(ids[offered.len()..], ["untreated", "sham"]);
    assert_eq!(foretold.followed(track).unwrap().choice, "continue");
    let bruise = |id: &str| foretold.offer(id).unwrap().bruise.unwrap();
    assert!(foretold.answer.bruise == Some(bruise("continue")) && bruise("stop") == 0.0);
    assert!(bruise("lighter") < bruise("continue"), "{} {}", bruise("lighter"), bruise("continue"));
    let now = &foretold.followed(track).unwrap().bands[0];
    assert!(now.ninety[0] <= now.middle && now.middle <= now.ninety[1] && (2.0..6.0).contains(&now.middle), "{now:?}");

    let kept: KeptClients = serde_json::from_str(&serde_json::to_string(&made.clients).unwrap()).unwrap();
    let stop = Choice { id: "mine".to_owned(), sessions: Vec::new() };
    let answered = kept.what_if(&stop, &asked.times_h).unwrap();
    assert_eq!((answered[0].0.as_str(), answered[0].1.choice.as_str()), ("nprs", "mine"));
    let end = |bands: &[xystra_cohort::answer::Band]| bands.last().unwrap().middle;
    let stopped = track.ahead.iter().find(|ahead| ahead.choice == "stop").unwrap();
    assert!((end(&answered[0].1.bands) - end(&stopped.bands)).abs() < 0.5, "the same question as stopping");
    let again: Foretold = serde_json::from_str(&serde_json::to_string(foretold).unwrap()).unwrap();
    assert_eq!((again.made_from.as_str(), again.offers.len()), (asked.made_from.as_str(), offered.len()));
}

#[test]
fn the_same_question_has_the_same_answer() {
    let asked = asked(&ready().measured("nprs", None, 6.0));
    assert_eq!(compute(&asked, Depth::Quick, 1, None).unwrap(), compute(&asked, Depth::Quick, 2, None).unwrap());
}

#[test]
fn whoever_waits_may_stop_it() {
    let watch = Watch::default();
    watch.stop();
    let stopped = compute(&asked(&course()), Depth::Full, 1, Some(&watch)).unwrap_err();
    assert!(matches!(stopped, Error::Cohort(xystra_cohort::Error::Stopped { .. })), "{stopped}");
}
