//! Expressions as they were written.

use std::collections::BTreeMap;

/// A rational expression. Parsing keeps its shape; `simplified` and `derivative` make new ones.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A number that is written out.
    Number(f64),
    /// A name that stands for a value.
    Symbol(String),
    /// Minus an expression.
    Negative(Box<Expr>),
    /// Two expressions joined.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// A whole power.
    Power(Box<Expr>, i32),
}

/// What joins two expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
}

impl Expr {
    /// The symbols in the order of their first appearance.
    pub fn symbols(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.visit(&mut |name| {
            if !found.contains(&name) {
                found.push(name);
            }
        });
        found
    }

    /// The expression with every symbol that `of` knows put in place.
    #[must_use]
    pub fn with(&self, of: &BTreeMap<String, Expr>) -> Expr {
        match self {
            Expr::Number(_) => self.clone(),
            Expr::Symbol(name) => of.get(name).unwrap_or(self).clone(),
            Expr::Negative(inner) => Expr::Negative(Box::new(inner.with(of))),
            Expr::Binary(op, left, right) => Expr::Binary(*op, Box::new(left.with(of)), Box::new(right.with(of))),
            Expr::Power(base, power) => Expr::Power(Box::new(base.with(of)), *power),
        }
    }

    fn visit<'a>(&'a self, seen: &mut impl FnMut(&'a str)) {
        match self {
            Expr::Number(_) => {}
            Expr::Symbol(name) => seen(name),
            Expr::Negative(inner) | Expr::Power(inner, _) => inner.visit(seen),
            Expr::Binary(_, left, right) => {
                left.visit(seen);
                right.visit(seen);
            }
        }
    }
}
