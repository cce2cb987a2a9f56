//! Derivatives.

use crate::simplify::{binary, negative, power};
use crate::{Expr, Op};

impl Expr {
    /// The derivative by a symbol, simplified. All other symbols are held.
    #[must_use]
    pub fn derivative(&self, by: &str) -> Expr {
        match self {
            Expr::Number(_) => Expr::Number(0.0),
            Expr::Symbol(name) => Expr::Number(if name == by { 1.0 } else { 0.0 }),
            Expr::Negative(inner) => negative(inner.derivative(by)),
            Expr::Binary(op, left, right) => joined(*op, left, right, by),
            Expr::Power(base, exponent) => of_power(base, *exponent, by),
        }
    }
}

fn joined(op: Op, left: &Expr, right: &Expr, by: &str) -> Expr {
    let (dl, dr) = (left.derivative(by), right.derivative(by));
    match op {
        Op::Add | Op::Sub => binary(op, dl, dr),
        Op::Mul => {
            let first = binary(Op::Mul, dl, right.simplified());
            binary(Op::Add, first, binary(Op::Mul, left.simplified(), dr))
        }
        Op::Div => of_quotient(left, right, dl, dr),
    }
}

/// (l/r)' as (l' - (l/r) r')/r: it uses the quotient itself, which the right-hand side has already.
fn of_quotient(left: &Expr, right: &Expr, dl: Expr, dr: Expr) -> Expr {
    let (left, right) = (left.simplified(), right.simplified());
    let drop = if dr.is_zero() { dr } else { binary(Op::Mul, binary(Op::Div, left, right.clone()), dr) };
    binary(Op::Div, binary(Op::Sub, dl, drop), right)
}

fn of_power(base: &Expr, exponent: i32, by: &str) -> Expr {
    let inner = base.derivative(by);
    if exponent == 0 || inner.is_zero() {
        return Expr::Number(0.0);
    }
    let outer = binary(Op::Mul, Expr::Number(f64::from(exponent)), power(base.simplified(), exponent - 1));
    binary(Op::Mul, outer, inner)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Complex, Expr};

    /// The derivative by `x` from the imaginary part.
    fn by_complex_step(expr: &Expr, x: f64, y: f64) -> f64 {
        let at = |name: &str| match name {
            "x" => Some(Complex { re: x, im: 1e-30 }),
            _ => Some(Complex::from(y)),
        };
        expr.evaluate(&at).unwrap().im / 1e-30
    }

    fn expression() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![Just("x".to_owned()), Just("y".to_owned()), (1..5).prop_map(|n| format!("{n}.5"))];
        leaf.prop_recursive(5, 40, 2, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} + {b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} - {b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a}*{b}")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a})/(3 + ({b})^2)")),
                inner.clone().prop_map(|a| format!("-({a})")),
                (inner, -2..4i32).prop_map(|(a, n)| format!("(({a})^2 + 1)^{n}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn a_derivative_is_that_of_the_complex_step(text in expression(), x in 0.1..2.0f64, y in 0.1..2.0f64) {
            let expr = Expr::parse(&text).unwrap();
            let at = |name: &str| Some(if name == "x" { x } else { y });
            let ours = expr.derivative("x").evaluate(&at).unwrap();
            let theirs = by_complex_step(&expr, x, y);
            let size = ours.abs().max(theirs.abs()).max(1.0);
            prop_assume!(size.is_finite());
            prop_assert!((ours - theirs).abs() <= 1e-9 * size, "{text}: {ours} {theirs}");
        }
    }
}
