use xystra_care::Refusal;
use xystra_care::decision::{Decision, Ending};
use xystra_care::response::Skin;
use xystra_testkit::{RecordBuilder, SITE, region};

fn ready() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis").ready().later(24.0)
}

#[test]
fn grade_four_holds_the_region_until_its_skin_was_seen_clear() {
    let bruised = ready().session(Skin::Bruise).later(80.0).checkin(Some(Skin::Bruise), None);
    let held = bruised.record().held_regions();
    assert_eq!(held[0].0, region(SITE));
    assert!(held[0].1.contains("reaction grade 4"));
    let fading = bruised.clone().later(24.0).checkin(Some(Skin::Redness), None);
    assert_eq!(fading.record().held_regions().len(), 1, "redness is not clear");
    let clear = fading.later(24.0).checkin(Some(Skin::None), None);
    assert_eq!(clear.record().held_regions(), []);
}

#[test]
fn a_hold_ends_only_with_the_last_look() {
    let again = ready()
        .session(Skin::PainfulBruise)
        .later(24.0)
        .checkin(Some(Skin::None), None)
        .later(24.0)
        .checkin(Some(Skin::Bruise), None);
    assert_eq!(again.record().held_regions().len(), 1);
}

#[test]
fn grade_three_holds_nothing() {
    let built = ready().session(Skin::ManyPetechiae).later(24.0).checkin(Some(Skin::ManyPetechiae), Some(2));
    assert_eq!(built.record().held_regions(), []);
}

#[test]
fn a_struck_session_counts_nowhere() {
    let mut record = ready().session(Skin::PainfulBruise).build();
    record.sessions[0].struck = true;
    assert!(record.finished_sessions().is_empty() && record.held_regions().is_empty());
    assert_eq!((record.next_number(), record.last_session_at()), (1, None));
}

#[test]
fn the_latest_skin_and_soreness_are_those_last_told() {
    let built = ready().session(Skin::FewPetechiae).later(24.0).checkin(Some(Skin::Redness), Some(4));
    assert_eq!(built.record().latest_skin(), Some(Skin::Redness));
    let later = built.later(24.0).checkin(None, Some(1));
    assert_eq!((later.record().latest_skin(), later.record().latest_soreness()), (Some(Skin::Redness), Some(1)));
    let next = later.later(24.0).session(Skin::None);
    assert_eq!((next.record().latest_skin(), next.record().latest_soreness()), (Some(Skin::None), None));
}

#[test]
fn a_closed_episode_has_no_plan_until_the_closing_is_struck() {
    let closing = Decision::Closed { outcome: Ending::GoalMet, summary: String::new() };
    let mut record = ready().decided(closing).build();
    assert_eq!(record.plan(), Err(Refusal::Closed { on: "2026-03-03".into() }));
    record.decisions[0].struck = true;
    assert!(record.plan().is_ok());
}

#[test]
fn an_entry_written_twelve_hours_later_is_back_dated() {
    let mut record = ready().session(Skin::None).build();
    assert!(!record.sessions[0].is_back_dated());
    record.sessions[0].happened_at = record.sessions[0].recorded_at - jiff::SignedDuration::from_hours(13);
    assert!(record.sessions[0].is_back_dated());
}
