//! A system of equations: inputs, states with rates, outputs, and events that change them at once.

mod check;
mod needs;
mod order;
mod read;

use std::collections::BTreeMap;

use crate::{Error, Expr};

/// A system of equations. Time is not among its symbols: what depends on time comes as an event.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// What events set and nothing else moves; 0 at rest.
    pub inputs: Vec<Input>,
    /// Words for parts of the equations; each may use those above it.
    pub defines: Vec<Define>,
    /// What the equations move.
    pub states: Vec<State>,
    /// What is worked out from the states.
    pub outputs: Vec<Output>,
    /// What changes states and inputs at once.
    pub events: Vec<Event>,
    parameters: Vec<String>,
}

/// A value that only events set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its symbol.
    pub id: String,
    /// In words.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

/// A word for a part of the equations.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// Its symbol.
    pub id: String,
    /// In words.
    pub name: String,
    /// What it stands for.
    pub expr: Expr,
}

/// A value that the equations move.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Its symbol in expressions.
    pub id: String,
    /// A short sign for tables.
    pub symbol: String,
    /// In words.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Its value at rest, from parameters alone.
    pub rest: Expr,
    /// Its change by hour.
    pub rate: Expr,
}

/// A value worked out from the states. No expression may use it.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its id; hyphens are allowed.
    pub id: String,
    /// In words.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// How it is worked out.
    pub expr: Expr,
    /// A sentence that says why it moves.
    pub explain: String,
}

/// What changes states and inputs at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its id; hyphens are allowed.
    pub id: String,
    /// In words.
    pub name: String,
    /// What each such event brings along.
    pub variables: Vec<Variable>,
    /// Words for parts of the assignments, each after those it uses. They see the states before the event.
    pub lets: Vec<(String, Expr)>,
    /// States and inputs with their values after the event, from those before it: all change at once.
    pub then: Vec<(String, Expr)>,
}

/// A value that an event brings along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its symbol in the event's expressions.
    pub id: String,
    /// In words.
    pub name: String,
    /// Its unit.
    pub unit: String,
}

impl System {
    /// Reads a system from TOML and checks it.
    ///
    /// # Errors
    /// The entry, field and column of what is wrong; `file` is what messages call the text.
    pub fn parse(file: &str, text: &str) -> Result<System, Error> {
        let mut system = read::system(file, text)?;
        check::check(file, &system)?;
        system.parameters = check::parameters(&system);
        Ok(system)
    }

    /// Every symbol that is nothing else, in the order of first appearance.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The expression with the defines put in place.
    #[must_use]
    pub fn expanded(&self, expr: &Expr) -> Expr {
        self.defines.iter().rev().fold(expr.clone(), |expr, define| {
            let one = BTreeMap::from([(define.id.clone(), define.expr.clone())]);
            expr.with(&one)
        })
    }

    /// An expression of an event with its `let`s and the defines put in place.
    #[must_use]
    pub fn jump(&self, event: &Event, expr: &Expr) -> Expr {
        let whole = event.lets.iter().rev().fold(expr.clone(), |expr, (id, part)| {
            let one = BTreeMap::from([(id.clone(), part.clone())]);
            expr.with(&one)
        });
        self.expanded(&whole)
    }

    /// The rows and columns, in reading order, of the entries of the Jacobian that are not always zero, with the whole diagonal.
    pub fn jacobian(&self) -> Vec<(usize, usize, Expr)> {
        let mut entries = Vec::new();
        for (row, state) in self.states.iter().enumerate() {
            let rate = self.expanded(&state.rate);
            for (column, by) in self.states.iter().enumerate() {
                let entry = rate.derivative(&by.id);
                if row == column || !entry.is_zero() {
                    entries.push((row, column, entry));
                }
            }
        }
        entries
    }
}
