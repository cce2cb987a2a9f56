//! Advice: the catalog's rules asked about the facts, in three-valued logic.

use xystra_catalog::Catalog;
use xystra_catalog::advice::{Comparison, Context, Rule, Test, Value};

use crate::facts::Facts;

/// What a rule has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every test holds.
    Speaks,
    /// A test fails.
    Silent,
    /// No test fails, but these facts are missing.
    Asks(Vec<String>),
}

/// A rule that speaks, or asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The rule.
    pub rule: &'static Rule,
    /// Speaks or asks; silent rules give no advice.
    pub outcome: Outcome,
}

impl Advice {
    /// Does it speak?
    pub fn speaks(&self) -> bool {
        self.outcome == Outcome::Speaks
    }
}

/// Asks every rule of the context; those that speak come first, in the catalog's order.
pub fn advise(facts: &Facts, catalog: &'static Catalog, context: Context) -> Vec<Advice> {
    let asked = catalog.advice.iter().filter(|rule| rule.context == context);
    let mut advice: Vec<Advice> = asked
        .map(|rule| Advice { rule, outcome: ask(rule, facts) })
        .filter(|advice| advice.outcome != Outcome::Silent)
        .collect();
    advice.sort_by_key(|advice| !advice.speaks());
    advice
}

/// Asks one rule.
pub fn ask(rule: &Rule, facts: &Facts) -> Outcome {
    let mut missing = Vec::new();
    for test in &rule.when {
        match holds(test, facts.get(&test.fact)) {
            Some(true) => {}
            Some(false) => return Outcome::Silent,
            None => missing.push(test.fact.clone()),
        }
    }
    if missing.is_empty() { Outcome::Speaks } else { Outcome::Asks(missing) }
}

/// `None`: the fact is missing, or of another kind than the test expects.
fn holds(test: &Test, fact: Option<&Value>) -> Option<bool> {
    match (test.is, fact?, &test.value) {
        (Comparison::AtLeast, Value::Number(fact), Value::Number(value)) => Some(fact >= value),
        (Comparison::Below, Value::Number(fact), Value::Number(value)) => Some(fact < value),
        (Comparison::Equal, fact, value) if is_same_kind(fact, value) => Some(fact == value),
        (Comparison::OneOf, Value::Word(fact), Value::Words(words)) => Some(words.contains(fact)),
        (Comparison::CountAtLeast, Value::Numbers(facts), Value::Number(value)) => {
            count_at_least(facts, *value, test.times.unwrap_or(1))
        }
        _ => None,
    }
}

fn is_same_kind(fact: &Value, value: &Value) -> bool {
    std::mem::discriminant(fact) == std::mem::discriminant(value)
}

/// An entry that is not a number is not known: it could still tip the count.
fn count_at_least(facts: &[f64], value: f64, times: usize) -> Option<bool> {
    let sure = facts.iter().filter(|fact| **fact >= value).count();
    let open = facts.iter().filter(|fact| fact.is_nan()).count();
    match (sure >= times, sure + open >= times) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use xystra_catalog::advice::CaseKind;
    use xystra_catalog::catalog;

    use super::*;
    use crate::facts::KEYS;

    #[test]
    fn every_rule_gets_its_own_cases_right() {
        for rule in &catalog().advice {
            for case in &rule.cases {
                let outcome = ask(rule, &case.facts);
                let right = match case.kind {
                    CaseKind::Positive => outcome == Outcome::Speaks,
                    CaseKind::Negative => outcome == Outcome::Silent,
                    CaseKind::Missing => matches!(outcome, Outcome::Asks(_)),
                };
                assert!(right, "{} on {:?}: {outcome:?}, expected {:?}", rule.id, case.facts, case.kind);
            }
        }
    }

    #[test]
    fn every_fact_that_a_rule_asks_for_is_gathered() {
        let flags = catalog().conditions.iter().flat_map(|condition| &condition.red_flags);
        let items: Vec<&str> = catalog().screening.iter().chain(flags).map(|item| item.id.as_str()).collect();
        for rule in &catalog().advice {
            for fact in rule
                .when
                .iter()
                .map(|test| test.fact.as_str())
                .chain(rule.cases.iter().flat_map(|case| case.facts.keys().map(String::as_str)))
            {
                match fact.strip_prefix("answer.") {
                    Some(item) => assert!(items.contains(&item), "{}: no screening item {item}", rule.id),
                    None => assert!(KEYS.iter().any(|(key, _)| *key == fact), "{}: no fact {fact}", rule.id),
                }
            }
        }
    }

    #[test]
    fn a_grade_that_is_not_known_yet_can_tip_the_count() {
        assert_eq!(count_at_least(&[3.0, 3.0, f64::NAN], 3.0, 2), Some(true));
        assert_eq!(count_at_least(&[3.0, f64::NAN, 1.0], 3.0, 2), None);
        assert_eq!(count_at_least(&[3.0, 1.0, 1.0], 3.0, 2), Some(false));
    }
}
