//! What happens at one instant, as one set of assignments.

use std::collections::BTreeMap;

use xystra_symbolic::Expr;

use crate::remodel::{Happening, system};

/// All that happens at one instant: new values from those before it.
pub(super) struct Jump {
    pub(super) at_h: f64,
    pub(super) then: Vec<(String, Expr)>,
}

/// The happenings in time; those of one instant are put one into the other, in their order.
pub(super) fn jumps(happenings: &[&Happening]) -> Vec<Jump> {
    let mut order = happenings.to_vec();
    order.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
    let same = |a: &&Happening, b: &&Happening| a.at_h.to_bits() == b.at_h.to_bits();
    order.chunk_by(same).map(|together| Jump { at_h: together[0].at_h, then: joined(together) }).collect()
}

fn joined(together: &[&Happening]) -> Vec<(String, Expr)> {
    let mut values: BTreeMap<String, Expr> = BTreeMap::new();
    for happening in together {
        let later: Vec<_> = assignments(happening).map(|(id, expr)| (id, expr.with(&values).simplified())).collect();
        values.extend(later);
    }
    values.into_iter().collect()
}

/// An event's assignments with its variables put in.
fn assignments(happening: &Happening) -> impl Iterator<Item = (String, Expr)> {
    let event = &system().events[happening.event()];
    let variables = event.variables.iter().zip(happening.variables());
    let variables: BTreeMap<String, Expr> =
        variables.map(|(variable, value)| (variable.id.clone(), Expr::Number(*value))).collect();
    event.then.iter().map(move |(id, expr)| (id.clone(), system().jump(event, expr).with(&variables)))
}
