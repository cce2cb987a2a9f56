//! Lines of arithmetic for some expressions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::graph::{Graph, Id, Node};
use crate::{Expr, System};

/// What each symbol is called in the code.
#[derive(Debug, Clone)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The symbols of a system, and the variables of one of its events.
    pub(super) fn of(system: &System, variables: &[&str]) -> Names {
        let mut names = BTreeMap::new();
        let mut take = |array: char, ids: &mut dyn Iterator<Item = &str>| {
            for (at, id) in ids.enumerate() {
                names.insert(id.to_owned(), format!("{array}[{at}]"));
            }
        };
        take('p', &mut system.parameters().iter().map(String::as_str));
        take('u', &mut system.inputs.iter().map(|input| input.id.as_str()));
        take('y', &mut system.states.iter().map(|state| state.id.as_str()));
        take('v', &mut variables.iter().copied());
        Names(names)
    }

    /// The symbol's place in the code. The system was checked: each of its symbols has one.
    pub(super) fn at<'a>(&'a self, symbol: &'a str) -> &'a str {
        self.0.get(symbol).map_or(symbol, String::as_str)
    }
}

/// Expressions that share their parts, and those parts that follow from the parameters alone.
pub(super) struct Shared {
    names: Names,
    graph: Graph,
    ids: Vec<(Expr, Id)>,
    constants: Vec<Id>,
}

impl Shared {
    /// All expressions of several functions; what follows from parameters alone is worked out apart.
    pub(super) fn of(names: Names, groups: &[&[Expr]]) -> Shared {
        let mut shared = Shared::plain(names, groups);
        shared.constants = shared.hoisted();
        shared
    }

    /// The same with nothing worked out apart.
    pub(super) fn plain(names: Names, groups: &[&[Expr]]) -> Shared {
        let mut graph = Graph::default();
        let ids = groups.iter().flat_map(|group| group.iter()).map(|expr| (expr.clone(), graph.insert(expr))).collect();
        Shared { names, graph, ids, constants: Vec::new() }
    }

    /// How many parts are worked out apart.
    pub(super) fn constants(&self) -> usize {
        self.constants.len()
    }

    /// The lines that work those parts out and give them as an array.
    pub(super) fn head(&self) -> String {
        let bare = BTreeSet::new();
        let mut text = self.lines(&self.constants, &bare);
        let values: Vec<String> = self.constants.iter().map(|&id| self.text(id, &bare)).collect();
        let _ = writeln!(text, "[{}]", values.join(", "));
        text
    }

    /// The lines that work expressions out and give them as an array.
    pub(super) fn body(&self, exprs: &[Expr]) -> String {
        let (mut text, values) = self.worked_out(exprs);
        let _ = writeln!(text, "[{}]", values.join(", "));
        text
    }

    /// The lines that work expressions out and then assign each to its target.
    pub(super) fn assignments(&self, targets: &[&str], exprs: &[Expr]) -> String {
        let (mut text, values) = self.worked_out(exprs);
        let before = (0..values.len()).map(|at| format!("n{at}")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "let [{before}] = [{}];", values.join(", "));
        for (at, target) in targets.iter().enumerate() {
            let _ = writeln!(text, "{target} = n{at};");
        }
        text
    }

    fn worked_out(&self, exprs: &[Expr]) -> (String, Vec<String>) {
        let held: BTreeSet<Id> = self.constants.iter().copied().collect();
        let roots: Vec<Id> = exprs.iter().map(|expr| self.id(expr)).collect();
        let values = roots.iter().map(|&id| self.text(id, &held)).collect();
        (self.lines(&roots, &held), values)
    }

    fn lines(&self, roots: &[Id], held: &BTreeSet<Id>) -> String {
        let reached = self.reached(roots, held);
        let joined = self.joined(&reached, roots, held);
        let mut text = String::new();
        for &id in reached.difference(&joined) {
            if let Some(step) = self.step(id, held, &joined) {
                let _ = writeln!(text, "let t{id} = {step};");
            }
        }
        text
    }

    /// Products that one sum or difference alone uses: worked out with it, in one instruction where there is one.
    fn joined(&self, reached: &BTreeSet<Id>, roots: &[Id], held: &BTreeSet<Id>) -> BTreeSet<Id> {
        let uses = |id: Id| reached.iter().flat_map(|&by| self.graph.uses(by)).filter(|&used| used == id).count();
        let alone = |id: Id| {
            let product = matches!(self.graph.at(id), Node::Mul(..)) && !held.contains(&id);
            product && !roots.contains(&id) && uses(id) == 1
        };
        let join = |id: &Id| match *self.graph.at(*id) {
            Node::Add(a, b) => [b, a].into_iter().find(|&part| alone(part)),
            Node::Sub(_, b) => Some(b).filter(|&part| alone(part)),
            _ => None,
        };
        reached.iter().filter_map(join).collect()
    }

    /// The nodes to work out for the roots, in order, without those held as constants.
    fn reached(&self, roots: &[Id], held: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut open: Vec<Id> = roots.to_vec();
        let mut found = BTreeSet::new();
        while let Some(id) = open.pop() {
            if !held.contains(&id) && found.insert(id) {
                open.extend(self.graph.uses(id));
            }
        }
        found
    }

    fn step(&self, id: Id, held: &BTreeSet<Id>, joined: &BTreeSet<Id>) -> Option<String> {
        let text = |id: Id| self.text(id, held);
        let parts = |id: Id| match *self.graph.at(id) {
            Node::Mul(a, b) if joined.contains(&id) => Some(format!("{}, {}", text(a), text(b))),
            _ => None,
        };
        match *self.graph.at(id) {
            Node::Number(_) | Node::Symbol(_) => None,
            Node::Negative(a) => Some(format!("-{}", text(a))),
            Node::Reciprocal(a) => Some(format!("{}.reciprocal()", text(a))),
            Node::Add(a, b) if let Some(parts) = parts(b) => Some(format!("{}.more({parts})", text(a))),
            Node::Add(a, b) if let Some(parts) = parts(a) => Some(format!("{}.more({parts})", text(b))),
            Node::Sub(a, b) if let Some(parts) = parts(b) => Some(format!("{}.less({parts})", text(a))),
            Node::Add(a, b) => Some(format!("{} + {}", text(a), text(b))),
            Node::Sub(a, b) => Some(format!("{} - {}", text(a), text(b))),
            Node::Mul(a, b) => Some(format!("{} * {}", text(a), text(b))),
        }
    }

    fn text(&self, id: Id, held: &BTreeSet<Id>) -> String {
        if held.contains(&id) {
            let at = self.constants.iter().position(|&constant| constant == id).unwrap_or_default();
            return format!("c[{at}]");
        }
        match self.graph.at(id) {
            Node::Number(bits) => format!("p[0].like({:?})", f64::from_bits(*bits)),
            Node::Symbol(name) => self.names.at(name).to_owned(),
            _ => format!("t{id}"),
        }
    }

    fn id(&self, expr: &Expr) -> Id {
        self.ids.iter().find(|(known, _)| known == expr).map_or(0, |(_, id)| *id)
    }

    /// Parts of parameters and numbers alone that something else, or a result, uses.
    fn hoisted(&self) -> Vec<Id> {
        let mut bound = vec![false; self.graph.len()];
        for id in 0..self.graph.len() {
            bound[id] = match self.graph.at(id) {
                Node::Number(_) => true,
                Node::Symbol(name) => self.names.at(name).starts_with('p'),
                _ => self.graph.uses(id).iter().all(|&used| bound[used]),
            };
        }
        let outside = (0..self.graph.len()).filter(|&id| !bound[id]).flat_map(|id| self.graph.uses(id));
        let wanted: BTreeSet<Id> = outside.chain(self.ids.iter().map(|(_, id)| *id)).collect();
        wanted.into_iter().filter(|&id| bound[id] && !self.graph.uses(id).is_empty()).collect()
    }
}
