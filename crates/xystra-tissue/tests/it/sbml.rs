//! The exported SBML, read back by other code: it must say what the equations do.

use std::collections::BTreeSet;

use proptest::prelude::*;
use roxmltree::{Document, Node};
use xystra_tissue::remodel::rosenbrock::Problem;
use xystra_tissue::remodel::sbml::{output_id, write};
use xystra_tissue::remodel::{Happening, INPUTS, OUTPUTS, PARAMETERS, Parameters, STATES, Site, State};

use crate::mathml::{Scope, inside, value};
use crate::ode_jacobian::{numbers, parameters};

const STROKES: [(&str, f64); 5] =
    [("pressure", 30.0), ("minutes", 6.0), ("fibre", 0.05), ("shear", 0.1), ("belief", 1.0)];

fn happenings() -> Vec<Happening> {
    vec![
        Happening::new(0.0, "injury", &[("severity", 0.4), ("loss", 0.1)]).expect("it has its variables"),
        Happening::new(30.5, "strokes-end", &STROKES).expect("it has its variables"),
        Happening::new(30.5, "exercise", &[("load", 0.5), ("hours", 1.0)]).expect("it has its variables"),
        Happening::new(24.0, "strokes-begin", &[("pressure", 30.0), ("slowness", 0.8)]).expect("it has its variables"),
    ]
}

fn all<'a>(document: &'a Document<'a>, tag: &'a str) -> Vec<Node<'a, 'a>> {
    let name = ("http://www.sbml.org/sbml/level3/version2/core", tag);
    document.descendants().filter(|node| node.has_tag_name(name)).collect()
}

fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    node.attribute(name).expect("the file has it")
}

fn math<'a>(node: Node<'a, 'a>) -> Node<'a, 'a> {
    inside(node).into_iter().find(|inner| inner.tag_name().name() == "math").expect("the file has it")
}

/// The file's values at its start, with what its assignment rules say of them.
fn start<'a>(document: &'a Document<'a>) -> Scope<'a> {
    let mut scope = Scope::default();
    let species = all(document, "species").into_iter().map(|node| (node, "initialConcentration"));
    let parameters = all(document, "parameter").into_iter().filter(|node| node.has_attribute("value"));
    for (node, attributed) in species.chain(parameters.map(|node| (node, "value"))) {
        scope
            .values
            .insert(attribute(node, "id").to_owned(), attribute(node, attributed).parse().expect("the file has it"));
    }
    work_out(document, &mut scope);
    scope
}

/// Works the assignment rules out, in the order of the file.
fn work_out(document: &Document, scope: &mut Scope) {
    for rule in all(document, "assignmentRule") {
        let assigned = value(math(rule), scope);
        scope.values.insert(attribute(rule, "variable").to_owned(), assigned);
    }
}

fn near(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-12 * ours.abs().max(1.0)
}

proptest! {
    #[test]
    fn rates_and_outputs_of_the_file_are_ours_wherever_the_site_is(p in parameters(), values in numbers(), inputs in numbers()) {
        let state = State { values, inputs };
        let text = write("a test", &p, &state, &[]).unwrap();
        let document = Document::parse(&text).unwrap();
        let theirs = start(&document);
        let site = Site::new(&p, &inputs);
        let rules = all(&document, "rateRule");
        prop_assert_eq!(rules.len(), STATES.len());
        for ((id, rate), rule) in STATES.iter().zip(site.rate(&values)).zip(rules) {
            prop_assert_eq!(attribute(rule, "variable"), *id);
            prop_assert!(near(rate, value(math(rule), &theirs)), "{id}: {rate}");
        }
        for (id, output) in OUTPUTS.iter().zip(site.outputs(&values)) {
            prop_assert!(near(output, theirs.values[&output_id(id)]), "{id}: {output}");
        }
    }
}

#[test]
fn events_do_what_ours_do_and_those_of_one_instant_are_one() {
    let parameters = Parameters::prior().unwrap();
    let rest = State::rest(&parameters);
    let happenings = happenings();
    let text = write("a test", &parameters, &rest, &happenings).unwrap();
    let document = Document::parse(&text).unwrap();
    let mut theirs = start(&document);
    let mut site = Site::new(&parameters, &rest.inputs);
    let mut y = rest.values;
    site.happen(&happenings[0], &mut y);
    same(&theirs, &site, &y);
    let events = all(&document, "event");
    for (event, ours) in events.iter().zip([vec![3], vec![1, 2]]) {
        for at in ours {
            site.happen(&happenings[at], &mut y);
        }
        happen(*event, &mut theirs);
        same(&theirs, &site, &y);
    }
    let times: Vec<&str> = events.iter().map(|event| time(*event)).collect();
    assert_eq!(times, ["24", "30.5"]);
}

fn happen(event: Node, scope: &mut Scope) {
    let assignments = event.descendants().filter(|node| node.tag_name().name() == "eventAssignment");
    let values: Vec<(String, f64)> =
        assignments.map(|node| (attribute(node, "variable").to_owned(), value(math(node), scope))).collect();
    scope.values.extend(values);
}

fn time<'a>(event: Node<'a, 'a>) -> &'a str {
    event
        .descendants()
        .find(|node| node.tag_name().name() == "cn")
        .and_then(|node| node.text())
        .expect("the file has it")
}

fn same(theirs: &Scope, site: &Site, y: &[f64]) {
    let ours = STATES.iter().zip(y).chain(INPUTS.iter().zip(site.inputs()));
    for (id, value) in ours {
        assert!(near(*value, theirs.values[*id]), "{id}: {value} {}", theirs.values[*id]);
    }
}

#[test]
fn every_name_is_declared_once() {
    let parameters = Parameters::prior().unwrap();
    let text = write("a <test>", &parameters, &State::rest(&parameters), &happenings()).unwrap();
    let document = Document::parse(&text).unwrap();
    let declared: Vec<&str> =
        ["species", "parameter"].iter().flat_map(|tag| all(&document, tag)).map(|node| attribute(node, "id")).collect();
    let known: BTreeSet<&str> = declared.iter().copied().collect();
    assert_eq!(known.len(), declared.len());
    assert!(PARAMETERS.iter().all(|id| known.contains(id)));
    assert!(known.iter().all(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')));
    let used = document.descendants().filter(|node| node.tag_name().name() == "ci").filter_map(|node| node.text());
    used.for_each(|id| assert!(known.contains(id), "{id} is used and not declared"));
    assert_eq!(attribute(all(&document, "model")[0], "name"), "a <test>");
}

#[test]
fn what_happens_before_the_start_is_refused() {
    let parameters = Parameters::prior().unwrap();
    let early = Happening::new(-1.0, "attention", &[("belief", 1.0)]).unwrap();
    assert!(write("a test", &parameters, &State::rest(&parameters), &[early]).is_err());
}
