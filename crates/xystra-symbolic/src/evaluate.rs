//! The value of an expression.

use crate::simplify::apply;
use crate::{Expr, Number};

impl Expr {
    /// The value, with symbols as `of` has them; nothing when it lacks one.
    pub fn evaluate<N: Number + From<f64>>(&self, of: &impl Fn(&str) -> Option<N>) -> Option<N> {
        Some(match self {
            Expr::Number(value) => N::from(*value),
            Expr::Symbol(name) => of(name)?,
            Expr::Negative(inner) => -inner.evaluate(of)?,
            Expr::Binary(op, left, right) => apply(*op, left.evaluate(of)?, right.evaluate(of)?),
            Expr::Power(base, exponent) => whole_power(base.evaluate(of)?, *exponent),
        })
    }
}

fn whole_power<N: Number>(base: N, exponent: i32) -> N {
    let product = (0..exponent.unsigned_abs()).fold(base.like(1.0), |product, _| product * base);
    if exponent < 0 { product.reciprocal() } else { product }
}
