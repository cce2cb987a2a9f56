//! Systems of rational differential equations, read from a file: derivatives, Rust code, sparse factorisation, MathML.
//!
//! A [`System`] is read once; everything else follows from it, so that right-hand side, Jacobian, factorisation and export
//! cannot drift apart. Expressions hold `+ - * /` and whole powers only: they stay exact in other formats and cheap on vectors.

mod complex;
mod derivative;
mod elimination;
mod error;
mod evaluate;
mod expr;
mod graph;
mod mathml;
mod number;
mod parse;
mod rust;
mod simplify;
mod system;

pub use complex::Complex;
pub use elimination::Elimination;
pub use error::Error;
pub use expr::{Expr, Op};
pub use mathml::mathml;
pub use number::Number;
pub use rust::rust_source;
pub use system::{Define, Event, Input, Output, State, System, Variable};
