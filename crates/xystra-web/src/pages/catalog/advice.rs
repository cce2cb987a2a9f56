//! The rules: what each says, why, when, and the cases it must get right.

use askama::Template;
use axum::response::Response;
use xystra_care::facts::KEYS;
use xystra_catalog::advice::{Case, Context, Rule, Test};
use xystra_catalog::catalog;

use super::words;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/advice.html")]
struct Page {
    frame: Frame,
    groups: Vec<(Context, Vec<&'static Rule>)>,
}

/// `GET /catalog/advice`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    let of = |context: Context| catalog().advice.iter().filter(|rule| rule.context == context).collect();
    let groups = [Context::Before, Context::During, Context::Course].map(|context| (context, of(context)));
    page(&Page { frame: visitor.frame("Advice", Nav::Catalog), groups: groups.into() })
}

/// "hours since the last session was finished: below 48".
fn test_words(test: &Test) -> String {
    let times = test.times.map(|times| format!("{times} of them ")).unwrap_or_default();
    format!("{}: {times}{} {}", fact_words(&test.fact), words::comparison(&test.is), words::value(&test.value))
}

/// What a fact means.
fn fact_words(fact: &str) -> String {
    if let Some(item) = fact.strip_prefix("answer.") {
        let item = item_ask(item).unwrap_or(item);
        return format!("answer to \u{201c}{item}\u{201d}");
    }
    let known = KEYS.iter().find(|(key, _)| *key == fact);
    known.map_or(fact, |(_, meaning)| meaning).to_owned()
}

fn item_ask(id: &str) -> Option<&'static str> {
    let flags = catalog().conditions.iter().flat_map(|condition| &condition.red_flags);
    let item = catalog().screening.iter().chain(flags).find(|item| item.id == id)?;
    Some(&item.ask)
}

/// "hours-since-last-session = 30", or that nothing is known.
fn case_words(case: &Case) -> String {
    let facts = case.facts.iter().map(|(fact, value)| format!("{fact} = {}", words::value(value)));
    let facts = facts.collect::<Vec<_>>().join("; ");
    if facts.is_empty() { "nothing is known".to_owned() } else { facts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_reads_as_a_sentence() {
        let rule = catalog().rule("gap-48h").expect("a rule");
        assert_eq!(test_words(&rule.when[0]), "hours since the last session was finished: below 48");
        assert_eq!(case_words(&rule.cases[0]), "hours-since-last-session = 30");
    }

    #[test]
    fn every_fact_of_every_rule_has_a_meaning() {
        for test in catalog().advice.iter().flat_map(|rule| &rule.when) {
            assert_ne!(fact_words(&test.fact), test.fact);
        }
    }
}
