use xystra_care::Record;
use xystra_care::decision::{Decision, Ending};
use xystra_care::plan::{Draft, Plan, Planned, Target};
use xystra_care::practice::ForceUnit;
use xystra_care::response::Skin;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_course::proposal::{Proposal, Setting, propose};
use xystra_course::today::decisions;
use xystra_testkit::{RecordBuilder, SITE, region};

use crate::{facts_at, facts_of, ready};

const OTHER: &str = "forearm-extensors-lower.back.left";

fn proposed(built: &RecordBuilder) -> Option<Proposal> {
    propose(built.record(), &facts_of(built), catalog())
}

fn rules(built: &RecordBuilder) -> Vec<String> {
    proposed(built).map(|proposal| proposal.rule_ids()).unwrap_or_default()
}

/// A plan on one region with this force.
fn pressing(target: Target) -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis")
        .consented()
        .screened()
        .planned(|draft| draft.applications.iter_mut().for_each(|planned| planned.target = target))
}

/// A session with that skin, clear again at 48 h, so that the grade is final; then some hours more.
fn settled(built: RecordBuilder, skin: Skin) -> RecordBuilder {
    built.session(skin).later(48.0).checkin(Some(Skin::None), Some(1)).later(12.0)
}

fn twice_grade_3(built: RecordBuilder) -> RecordBuilder {
    let built = settled(settled(settled(built, Skin::Bruise), Skin::Redness), Skin::Bruise);
    assert_eq!(built.record().finished_sessions().len(), 3);
    built
}

/// What the clinician does on accepting: the draft becomes the next version of the same plan.
fn accept(built: &RecordBuilder, draft: Draft) -> Record {
    let mut record = built.record().clone();
    let clearance = record.clearance(catalog(), built.now()).expect("a clearance");
    let plan = record.plan.as_mut().expect("a plan");
    plan.body = Plan::new(draft, &clearance, catalog()).expect("a plan that is not refused");
    plan.version += 1;
    plan.happened_at = built.now();
    record
}

#[test]
fn grade_3_in_two_of_three_sessions_makes_the_next_plan_one_step_lighter() {
    let built = twice_grade_3(pressing(Target::Band(Band::Medium)));
    let proposal = proposed(&built).unwrap();
    assert_eq!(proposal.rule_ids(), ["skin-3-twice"]);
    assert_eq!(
        proposal.changes[0].words(ForceUnit::Newton, catalog()),
        "Left forearm extensors, upper (back view): medium (3.5–6 N) → light (1.6–3.5 N)"
    );
    assert_eq!(proposal.draft.unwrap().applications[0].target, Target::Band(Band::Low));
    assert!(proposal.says.contains("two of the last three sessions"));
    assert_eq!(decisions(built.record(), &facts_of(&built), catalog())[0].rule.id, "skin-3-twice");
}

#[test]
fn grade_3_once_changes_nothing() {
    let built = settled(settled(settled(ready(), Skin::Bruise), Skin::Redness), Skin::Redness);
    assert_eq!(proposed(&built), None);
}

#[test]
fn from_the_lightest_band_the_minutes_go_down() {
    let built = twice_grade_3(pressing(Target::Band(Band::Low)));
    let minutes = built.draft().applications[0].minutes;
    let draft = proposed(&built).unwrap().draft.unwrap();
    assert_eq!(draft.applications[0].target, Target::Band(Band::Low));
    assert!((draft.applications[0].minutes - 0.7 * minutes).abs() < 0.051);
}

#[test]
fn a_measured_force_goes_down_by_30_percent() {
    let built = twice_grade_3(pressing(Target::Newton { low: 4.0, high: 6.0 }));
    let proposal = proposed(&built).unwrap();
    assert!(proposal.changes[0].words(ForceUnit::Newton, catalog()).ends_with(": 4–6 N → 2.8–4.2 N"));
}

#[test]
fn the_same_bruises_do_not_lighten_twice() {
    let built = twice_grade_3(pressing(Target::Band(Band::High)));
    let record = accept(&built, proposed(&built).unwrap().draft.unwrap());
    assert_eq!(propose(&record, &facts_at(&record, built.now()), catalog()), None);
}

#[test]
fn only_a_new_bruise_under_the_lighter_plan_lightens_again() {
    let built = settled(settled(pressing(Target::Band(Band::High)), Skin::Bruise), Skin::Bruise);
    let accepted = accept(&built, proposed(&built).unwrap().draft.unwrap());
    let after = |skin| {
        let third = settled(built.clone(), skin);
        let (now, grown) = (third.now(), third.build());
        let mut record = Record { sessions: grown.sessions, checkins: grown.checkins, ..accepted.clone() };
        record.sessions[2].body.plan_version = 2;
        propose(&record, &facts_at(&record, now), catalog())
    };
    let again = after(Skin::Bruise).unwrap().draft.unwrap();
    assert_eq!(again.applications[0].target, Target::Band(Band::Low));
    assert_eq!(after(Skin::Redness), None, "two of the last three, but the lighter plan did well");
}

#[test]
fn a_declined_proposal_waits_for_another_session() {
    let built = twice_grade_3(pressing(Target::Band(Band::High)));
    let no =
        Decision::Declined { rules: vec!["skin-3-twice".into()], sessions_done: 3, reason: "small vessels".into() };
    let declined = built.decided(no);
    assert_eq!(proposed(&declined), None);
    assert_eq!(rules(&settled(declined, Skin::Bruise)), ["skin-3-twice", "reassess-due"]);
}

#[test]
fn a_held_region_leaves_the_plan() {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().planned(|draft| {
        let other = Planned { region: region(OTHER), ..draft.applications[0].clone() };
        draft.applications.push(other);
    });
    let bruised = built.session_with(|session| {
        session.skin = Some(Skin::PainfulBruise);
        session.applications[1].done = false;
    });
    let proposal = proposed(&bruised).unwrap();
    assert_eq!(proposal.rule_ids(), ["skin-4"]);
    assert_eq!((proposal.changes[0].from, proposal.changes[0].to), (Setting::Treated, Setting::OnHold));
    let left: Vec<_> = proposal.draft.unwrap().applications.into_iter().map(|planned| planned.region).collect();
    assert_eq!(left, [region(OTHER)]);
    assert_eq!(proposed(&bruised.later(60.0).checkin(Some(Skin::None), None)), None, "seen clear");
}

#[test]
fn a_hold_on_the_only_region_is_asked_not_planned() {
    let proposal = proposed(&ready().session(Skin::PainfulBruise)).unwrap();
    assert_eq!((proposal.rule_ids(), proposal.draft, proposal.changes.len()), (vec!["skin-4".to_owned()], None, 0));
    assert!(region(SITE) == ready().draft().applications[0].region);
}

#[test]
fn broken_skin_stops_the_course_and_nothing_else_is_proposed() {
    let built = ready().session(Skin::Bruise).session(Skin::Broken);
    let proposal = proposed(&built).unwrap();
    assert_eq!((proposal.rule_ids(), proposal.draft), (vec!["skin-5".to_owned()], None));
}

#[test]
fn a_short_gap_is_set_to_48_hours() {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened();
    let short = built.clone().planned(|draft| draft.gap_hours = 24);
    let proposal = proposed(&short).unwrap();
    assert_eq!(proposal.changes[0].words(ForceUnit::Newton, catalog()), "Time between sessions: 24 h → 48 h");
    assert_eq!(proposal.draft.unwrap().gap_hours, 48);
    assert_eq!(proposed(&built.planned(|draft| draft.gap_hours = 72)), None);
}

/// That many sessions, pain before and after them.
fn course(sessions: usize, before: f64, after: f64) -> RecordBuilder {
    let built = ready().measured("nprs", None, before);
    (0..sessions).fold(built, |built, _| settled(built, Skin::None)).measured("nprs", None, after)
}

#[test]
fn no_change_after_four_sessions_asks_to_reassess_and_after_eight_to_consider_stopping() {
    assert_eq!(rules(&course(3, 6.0, 6.0)), [""; 0]);
    assert_eq!(rules(&course(4, 6.0, 6.0)), ["no-change-4"]);
    assert_eq!(rules(&course(4, 6.0, 3.0)), [""; 0]);
    assert_eq!(rules(&course(8, 6.0, 6.0)), ["no-change-8"]);
    assert_eq!(proposed(&course(8, 6.0, 6.0)).unwrap().draft, None);
}

#[test]
fn a_plan_that_asks_to_measure_again_is_a_decision_until_it_is_done() {
    let due = (0..4).fold(ready().measured("nprs", None, 6.0).later(1.0), |built, _| settled(built, Skin::None));
    assert_eq!(rules(&due), ["reassess-due"]);
    assert_eq!(rules(&due.measured("nprs", None, 2.0)), [""; 0]);
}

#[test]
fn a_goal_that_is_met_plans_the_discharge() {
    let goal = |target| {
        move |intake: &mut xystra_care::intake::Intake| {
            let text = "Lift a full cup".to_owned();
            intake.goals.push(xystra_care::intake::Goal { text, measure: Some("nprs".into()), target: Some(target) });
        }
    };
    assert_eq!(rules(&course(3, 6.0, 2.0).intake(goal(2.0))), ["goal-met"]);
    assert_eq!(rules(&course(3, 6.0, 2.0).intake(goal(1.0))), [""; 0]);
}

#[test]
fn nothing_is_proposed_for_a_closed_episode() {
    let closed = Decision::Closed { outcome: Ending::GoalMet, summary: String::new() };
    assert_eq!(proposed(&twice_grade_3(ready()).decided(closed)), None);
}

#[test]
fn an_accepted_question_waits_for_another_session() {
    let built = course(4, 6.0, 6.0);
    let yes = Decision::Accepted { rules: vec!["no-change-4".into()], plan_version: 1 };
    assert_eq!(proposed(&built.decided(yes)), None);
}
