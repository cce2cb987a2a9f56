use jiff::SignedDuration;
use proptest::collection::vec;
use proptest::prelude::*;
use xystra_care::id::ThreadId;
use xystra_care::response::{Checkin, How, Look, SKINS, Skin, grade};
use xystra_testkit::START;

use crate::message;

fn skin() -> impl Strategy<Value = Skin> {
    prop::sample::select(SKINS.to_vec())
}

/// Looks in order of time, the first at the end of the session.
fn looks() -> impl Strategy<Value = Vec<(f64, Skin)>> {
    (skin(), vec((0.1f64..120.0, skin()), 0..5)).prop_map(|(first, mut later)| {
        later.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut looks = vec![(0.0, first)];
        looks.extend(later);
        looks
    })
}

fn value(looks: &[(f64, Skin)]) -> u8 {
    let looks: Vec<Look> = looks.iter().map(|(hours, skin)| Look::after_hours(*hours, *skin)).collect();
    grade(&looks).expect("there is a look").value
}

proptest! {
    #[test]
    fn worse_skin_never_lowers_the_grade(looks in looks(), at in any::<prop::sample::Index>(), worse in skin()) {
        let mut changed = looks.clone();
        let look = at.get(&looks);
        let at = looks.iter().position(|one| one == look).expect("it was taken from them");
        changed[at].1 = look.1.max(worse);
        prop_assert!(value(&changed) >= value(&looks));
    }

    #[test]
    fn a_later_clear_look_changes_no_grade(looks in looks(), hours in 0.1f64..48.0) {
        let last = looks.last().expect("there is a look").0;
        let mut longer = looks.clone();
        longer.push((last + hours, Skin::None));
        prop_assert_eq!(value(&longer), value(&looks));
    }

    #[test]
    fn one_more_look_never_lowers_the_grade(looks in looks(), hours in 0.1f64..48.0, skin in skin()) {
        let last = looks.last().expect("there is a look").0;
        let mut longer = looks.clone();
        longer.push((last + hours, skin));
        prop_assert!(value(&longer) >= value(&looks));
    }

    #[test]
    fn broken_skin_is_five_and_a_painful_bruise_at_least_four(looks in looks()) {
        let worst = looks.iter().map(|look| look.1).max().expect("there is a look");
        prop_assert_eq!(value(&looks) == 5, worst == Skin::Broken);
        prop_assert!(worst != Skin::PainfulBruise || value(&looks) == 4);
    }
}

fn checkin() -> Checkin {
    Checkin {
        session: ThreadId(uuid::Uuid::from_u128(7)),
        at: START,
        how: How::Phone,
        soreness: Some(3),
        skin: None,
        redness_over_30_min: None,
        remark: String::new(),
    }
}

#[test]
fn a_checkin_lies_between_its_session_and_now() {
    let hour = SignedDuration::from_hours(1);
    assert_eq!(checkin().check(START - hour, START), []);
    assert!(message(&checkin().check(START + hour, START + hour), "at").contains("after the session"));
    assert!(message(&checkin().check(START - hour, START - hour), "at").contains("has not come yet"));
}

#[test]
fn a_checkin_says_something_and_within_its_scale() {
    let sore = Checkin { soreness: Some(12), ..checkin() };
    assert_eq!(message(&sore.check(START, START), "soreness"), "12 is outside 0 to 10");
    let silent = Checkin { soreness: None, ..checkin() };
    assert!(message(&silent.check(START, START), "skin").contains("say what the skin shows"));
}
