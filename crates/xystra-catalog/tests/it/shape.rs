//! What the catalog promises in number and form.

use std::collections::BTreeSet;

use xystra_catalog::advice::CaseKind;
use xystra_catalog::screening::{Item, Urgency, Verdict};
use xystra_catalog::{Status, catalog};

fn assert_unique<'a>(what: &str, ids: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        assert!(seen.insert(id), "{what}: {id} stands twice");
    }
}

#[test]
fn ids_are_unique() {
    let catalog = catalog();
    assert_unique("conditions", catalog.conditions.iter().map(|c| c.id.as_str()));
    assert_unique("measures", catalog.measures.iter().map(|m| m.id.as_str()));
    assert_unique("instruments", catalog.instruments.iter().map(|i| i.id.as_str()));
    assert_unique("strokes", catalog.strokes.iter().map(|s| s.id.as_str()));
    assert_unique("claims", catalog.claims.iter().map(|c| c.id.as_str()));
    assert_unique("questions", catalog.questions.iter().map(|q| q.id.as_str()));
    assert_unique("guesses", catalog.guessed.iter().map(|g| g.id.as_str()));
    assert_unique("rules", catalog.advice.iter().map(|r| r.id.as_str()));
    let flags = catalog.conditions.iter().flat_map(|c| &c.red_flags);
    assert_unique("screening", catalog.screening.iter().chain(flags).map(|item| item.id.as_str()));
}

#[test]
fn the_list_of_25_is_whole() {
    let numbers: Vec<u8> = catalog().conditions.iter().map(|c| c.number).collect();
    assert_eq!(numbers, (1..=27).collect::<Vec<u8>>());
    assert!(catalog().screening.len() >= 45, "{} screening items", catalog().screening.len());
}

#[test]
fn every_condition_is_followed_by_pain_and_own_activities() {
    for condition in &catalog().conditions {
        let measures: Vec<&str> = condition.measures.iter().map(|f| f.measure.as_str()).collect();
        assert!(measures.contains(&"nprs") && measures.contains(&"psfs"), "{}: {measures:?}", condition.id);
        assert!(!condition.natural_course.says.is_empty() && !condition.trials.is_empty(), "{}", condition.id);
        assert!(condition.natural_course.known || condition.natural_course.curves.is_empty(), "{}", condition.id);
    }
}

#[test]
fn a_screening_item_says_what_follows() {
    let flags = catalog().conditions.iter().flat_map(|c| &c.red_flags);
    for item in catalog().screening.iter().chain(flags) {
        assert!(item.ask.ends_with('?'), "{}: not a question", item.id);
        match item.verdict {
            Verdict::Precaution => assert!(item.change.is_some(), "{}: what to change?", item.id),
            Verdict::DoNotTreat => assert!(item.refer.is_some(), "{}: refer to whom?", item.id),
        }
        assert!(item.urgency < Urgency::SameDay || stops(item), "{}: urgent but only a precaution", item.id);
    }
}

fn stops(item: &Item) -> bool {
    item.verdict == Verdict::DoNotTreat
}

#[test]
fn every_rule_has_a_positive_a_negative_and_a_missing_case() {
    for rule in &catalog().advice {
        for kind in [CaseKind::Positive, CaseKind::Negative, CaseKind::Missing] {
            assert!(rule.cases.iter().any(|case| case.kind == kind), "{}: no {kind:?} case", rule.id);
        }
    }
}

#[test]
fn our_own_statements_are_never_verified() {
    let own = catalog().conditions.iter().flat_map(|c| c.precautions.iter().chain([&c.summary]));
    for statement in own.filter(|statement| statement.source == "xystra") {
        assert_eq!(statement.status, Status::Unverified, "{}", statement.text);
    }
}

#[test]
fn a_guess_has_a_unit_and_doubt_on_both_sides_and_ours_is_never_verified() {
    for guess in &catalog().guessed {
        assert!(guess.low < guess.value && guess.value < guess.high, "{}", guess.id);
        assert!(guess.low > 0.0 && !guess.unit.is_empty() && !guess.what.is_empty(), "{}", guess.id);
        assert!(guess.source != "xystra" || guess.status == Status::Unverified, "{}", guess.id);
    }
}

#[test]
fn text_ships_only_where_it_is_free() {
    for measure in &catalog().measures {
        assert!(
            measure.ships || measure.items.is_empty(),
            "{}: items of a measure that may not be shipped",
            measure.id
        );
        assert!(measure.min < measure.max, "{}", measure.id);
    }
}
