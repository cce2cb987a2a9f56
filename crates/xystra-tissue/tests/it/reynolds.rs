//! The inflammatory core against the published model: Reynolds and others 2006, BioModels BIOMD0000000714, when it is at hand.

use std::path::PathBuf;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use roxmltree::{Document, Node};
use xystra_tissue::remodel::rosenbrock::Problem;
use xystra_tissue::remodel::{Parameters, STATES, Site, State, Tolerance, simulate};

use crate::mathml::{Scope, inside, value};

/// Their names of constants and ours. What concerns the pathogen has none.
const CONSTANTS: [(&str, &str); 13] = [
    ("c_inf", "c_inf"),
    ("k_nn", "knn"),
    ("k_nd", "knd"),
    ("s_nr", "snr"),
    ("mu_nr", "mu_nr"),
    ("mu_n", "mu_n"),
    ("k_dn", "kdn"),
    ("x_dn", "xdn"),
    ("mu_d", "mu_d"),
    ("s_c", "sc"),
    ("k_cn", "kcn"),
    ("k_cnd", "kcnd"),
    ("mu_c", "mu_c"),
];

/// Their names of states and ours.
const SPECIES: [(&str, &str); 3] = [("D", "damage"), ("Nstar", "phagocytes"), ("C_A", "calming")];

/// The published file; none, said plainly, when it is not there.
fn file() -> Option<String> {
    let shared = std::env::var_os("XYSTRA_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let found = std::fs::read_to_string(shared.join("data/sbml/BIOMD0000000714.xml")).ok();
    if found.is_none() {
        println!(
            "not checked: data/sbml/BIOMD0000000714.xml is not at hand; set XYSTRA_SHARED to the folder of the shared data"
        );
    }
    found
}

fn all<'a>(document: &'a Document<'a>, tag: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(move |node| node.has_tag_name(("http://www.sbml.org/sbml/level2/version4", tag)))
}

fn child<'a>(node: Node<'a, 'a>, tag: &str) -> Option<Node<'a, 'a>> {
    inside(node).into_iter().find(|inner| inner.tag_name().name() == tag)
}

fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    node.attribute(name).expect("the file has it")
}

/// Constants, functions and the compartment of the file, without pathogen.
fn scope<'a>(document: &'a Document<'a>) -> Scope<'a> {
    let mut scope = Scope::default();
    for parameter in all(document, "parameter") {
        scope.values.insert(
            attribute(parameter, "id").to_owned(),
            attribute(parameter, "value").parse().expect("the file has it"),
        );
    }
    for function in all(document, "functionDefinition") {
        let math = child(function, "math").expect("the file has it");
        scope.functions.insert(attribute(function, "id").to_owned(), inside(math)[0]);
    }
    scope.values.extend([("compartment".to_owned(), 1.0), ("P".to_owned(), 0.0)]);
    scope
}

/// The published change of each state: every reaction adds to its products and takes from its reactants.
fn published(document: &Document, scope: &Scope, states: [f64; 3]) -> [f64; 3] {
    let mut scope = scope.clone();
    scope.values.extend(SPECIES.iter().zip(states).map(|((theirs, _), value)| ((*theirs).to_owned(), value)));
    for rule in all(document, "assignmentRule") {
        let assigned = value(child(rule, "math").expect("the file has it"), &scope);
        scope.values.insert(attribute(rule, "variable").to_owned(), assigned);
    }
    SPECIES.map(|(species, _)| {
        let change = |reaction| {
            let rate = value(
                child(child(reaction, "kineticLaw").expect("the file has it"), "math").expect("the file has it"),
                &scope,
            );
            rate * (count(reaction, "listOfProducts", species) - count(reaction, "listOfReactants", species))
        };
        all(document, "reaction").map(change).sum()
    })
}

fn count(reaction: Node, list: &str, species: &str) -> f64 {
    let of = |node| inside(node).into_iter().filter(|one| attribute(*one, "species") == species);
    child(reaction, list).map_or(0.0, |list| {
        of(list).map(|one| attribute(one, "stoichiometry").parse::<f64>().expect("the file has it")).sum()
    })
}

fn at(id: &str) -> usize {
    STATES.iter().position(|state| *state == id).expect("it is a state")
}

#[test]
fn our_constants_are_those_published() {
    let Some(text) = file() else { return };
    let document = Document::parse(&text).unwrap();
    let theirs = scope(&document);
    let ours = Parameters::prior().unwrap();
    for (their_id, our_id) in CONSTANTS {
        assert_eq!(theirs.values[their_id].to_bits(), ours.get(our_id).unwrap().to_bits(), "{their_id}, {our_id}");
    }
}

#[test]
fn our_core_changes_as_published_wherever_it_is() {
    let Some(text) = file() else { return };
    let document = Document::parse(&text).unwrap();
    let theirs = scope(&document);
    let parameters = Parameters::prior().unwrap();
    let rest = State::rest(&parameters);
    let site = Site::new(&parameters, &rest.inputs);
    let point = [0.0..2.0, 0.0..2.0, 0.0..1.0];
    TestRunner::default()
        .run(&point, |states| {
            let mut y = rest.values;
            SPECIES.iter().zip(states).for_each(|((_, id), value)| y[at(id)] = value);
            let ours = site.rate(&y);
            for ((_, id), change) in SPECIES.iter().zip(published(&document, &theirs, states)) {
                prop_assert!((ours[at(id)] - change).abs() <= 1e-12, "{id} at {states:?}: {} {change}", ours[at(id)]);
            }
            Ok(())
        })
        .unwrap();
}

/// Runge and Kutta's method of order 4 on the published equations.
fn published_course(document: &Document, start: [f64; 3], hours: u32) -> [f64; 3] {
    let scope = scope(document);
    let rate = |y: [f64; 3]| published(document, &scope, y);
    let ahead = |y: [f64; 3], k: [f64; 3], h: f64| std::array::from_fn::<f64, 3, _>(|i| y[i] + h * k[i]);
    let steps_by_hour = 2;
    let h = 1.0 / f64::from(steps_by_hour);
    (0..hours * steps_by_hour).fold(start, |y, _| {
        let k1 = rate(y);
        let k2 = rate(ahead(y, k1, h / 2.0));
        let k3 = rate(ahead(y, k2, h / 2.0));
        let k4 = rate(ahead(y, k3, h));
        std::array::from_fn(|i| y[i] + h / 6.0 * (k1[i] + 2.0 * k2[i] + 2.0 * k3[i] + k4[i]))
    })
}

/// Damage, phagocytes and inhibitors after some hours from a start with that damage.
fn our_course(damage: f64, hours: u32) -> [f64; 3] {
    let parameters = Parameters::prior().expect("priors read");
    let mut start = State::rest(&parameters);
    start.set("damage", damage).expect("damage is a state");
    let course = simulate(&parameters, &start, &[], &[f64::from(hours)], Tolerance::REFERENCE).expect("it runs");
    SPECIES.map(|(_, id)| course.states[0][at(id)])
}

#[test]
fn a_small_injury_resolves_and_a_large_one_sustains_itself_as_published() {
    let Some(text) = file() else { return };
    let document = Document::parse(&text).unwrap();
    let ends = [0.2, 5.0].map(|damage| {
        let (ours, theirs) = (our_course(damage, 1000), published_course(&document, [damage, 0.0, 0.125], 1000));
        println!("damage {damage}: {ours:?}, published equations {theirs:?}");
        assert!(ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-6), "{damage}: {ours:?} {theirs:?}");
        ours
    });
    assert!(ends[0][0] < 1e-3 && ends[0][1] < 1e-3, "the small one should have resolved: {:?}", ends[0]);
    assert!(ends[1][0] > 0.1 && ends[1][1] > 0.1, "the large one should go on: {:?}", ends[1]);
}
