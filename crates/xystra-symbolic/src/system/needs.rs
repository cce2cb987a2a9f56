//! Which states an output follows from.

use std::collections::BTreeSet;

use super::{Output, System};

impl System {
    /// Places of the states that an output follows from, at once or later: those that it is worked out from, and whatever
    /// their rates or the events that change them are worked out from. The other states may be left out of a course.
    pub fn needs(&self, output: &Output) -> Vec<usize> {
        let mut open = owned(self.expanded(&output.expr).symbols());
        let mut found = BTreeSet::new();
        while let Some(symbol) = open.pop() {
            if found.insert(symbol.clone()) {
                open.extend(self.moves(&symbol));
            }
        }
        (0..self.states.len()).filter(|&at| found.contains(&self.states[at].id)).collect()
    }

    /// The symbols that change a symbol.
    fn moves(&self, symbol: &str) -> Vec<String> {
        let rates = self.states.iter().filter(|state| state.id == symbol).map(|state| self.expanded(&state.rate));
        let jumps = self.events.iter().flat_map(|event| {
            let own = event.then.iter().filter(|(id, _)| id == symbol);
            own.map(|(_, expr)| self.jump(event, expr))
        });
        rates.chain(jumps).flat_map(|expr| owned(expr.symbols())).collect()
    }
}

fn owned(symbols: Vec<&str>) -> Vec<String> {
    symbols.into_iter().map(str::to_owned).collect()
}
