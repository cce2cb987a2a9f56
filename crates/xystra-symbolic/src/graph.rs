//! Expressions that share their common parts.

use std::collections::HashMap;

use crate::{Expr, Op};

/// The place of a node in its graph.
pub(crate) type Id = usize;

/// One step of a computation on earlier nodes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Node {
    /// A number, by its bits.
    Number(u64),
    Symbol(String),
    Negative(Id),
    Reciprocal(Id),
    Add(Id, Id),
    Sub(Id, Id),
    Mul(Id, Id),
}

/// Steps without repetition: equal parts of all expressions put in are one node. A quotient becomes a product with a
/// reciprocal, because equations and their derivatives divide by the same things.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    known: HashMap<Node, Id>,
}

impl Graph {
    /// The node of an expression.
    pub(crate) fn insert(&mut self, expr: &Expr) -> Id {
        match expr {
            Expr::Number(value) => self.number(*value),
            Expr::Symbol(name) => self.node(Node::Symbol(name.clone())),
            Expr::Negative(inner) => {
                let inner = self.insert(inner);
                self.node(Node::Negative(inner))
            }
            Expr::Binary(op, left, right) => {
                let (left, right) = (self.insert(left), self.insert(right));
                self.join(*op, left, right)
            }
            Expr::Power(base, exponent) => {
                let base = self.insert(base);
                self.power(base, *exponent)
            }
        }
    }

    /// The node at a place.
    pub(crate) fn at(&self, id: Id) -> &Node {
        &self.nodes[id]
    }

    /// The nodes that a node uses.
    pub(crate) fn uses(&self, id: Id) -> Vec<Id> {
        match self.nodes[id] {
            Node::Number(_) | Node::Symbol(_) => Vec::new(),
            Node::Negative(a) | Node::Reciprocal(a) => vec![a],
            Node::Add(a, b) | Node::Sub(a, b) | Node::Mul(a, b) => vec![a, b],
        }
    }

    /// How many nodes there are; each uses only those before it.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    fn join(&mut self, op: Op, left: Id, right: Id) -> Id {
        match op {
            Op::Add => self.node(Node::Add(left.min(right), left.max(right))),
            Op::Sub => self.node(Node::Sub(left, right)),
            Op::Mul => self.times(left, right),
            Op::Div => {
                let below = self.node(Node::Reciprocal(right));
                self.times(left, below)
            }
        }
    }

    fn times(&mut self, left: Id, right: Id) -> Id {
        let one = self.number(1.0);
        match (left, right) {
            (left, other) | (other, left) if left == one => other,
            _ => self.node(Node::Mul(left.min(right), left.max(right))),
        }
    }

    /// A power by squaring, so that powers of the same base share their squares.
    fn power(&mut self, base: Id, exponent: i32) -> Id {
        let mut product = self.number(1.0);
        let mut square = base;
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            if left % 2 == 1 {
                product = self.times(product, square);
            }
            left /= 2;
            if left > 0 {
                square = self.times(square, square);
            }
        }
        if exponent < 0 { self.node(Node::Reciprocal(product)) } else { product }
    }

    fn number(&mut self, value: f64) -> Id {
        self.node(Node::Number(value.to_bits()))
    }

    fn node(&mut self, node: Node) -> Id {
        let nodes = &mut self.nodes;
        *self.known.entry(node.clone()).or_insert_with(|| {
            nodes.push(node);
            nodes.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_are_one_node() {
        let mut graph = Graph::default();
        let first = graph.insert(&Expr::parse("x^2/(k^2 + x^2)").unwrap());
        let again = graph.insert(&Expr::parse("(x*x)/((x*x) + k*k)").unwrap());
        assert_eq!(first, again);
        assert_eq!(graph.len(), 8, "{graph:?}");
    }
}
