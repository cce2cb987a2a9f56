//! Simplification: nothing more than dropping zeros and ones and folding numbers, so that a derivative stays readable.

use crate::{Expr, Op};

impl Expr {
    /// The same expression without zeros, ones and sums or products of plain numbers.
    #[must_use]
    pub fn simplified(&self) -> Expr {
        match self {
            Expr::Number(_) | Expr::Symbol(_) => self.clone(),
            Expr::Negative(inner) => negative(inner.simplified()),
            Expr::Binary(op, left, right) => binary(*op, left.simplified(), right.simplified()),
            Expr::Power(base, exponent) => power(base.simplified(), *exponent),
        }
    }

    /// Whether this is the plain number 0.
    pub fn is_zero(&self) -> bool {
        matches!(self, Expr::Number(value) if *value == 0.0)
    }
}

/// Two expressions joined, simplified when they are.
pub(crate) fn binary(op: Op, left: Expr, right: Expr) -> Expr {
    match (op, &left, &right) {
        (_, Expr::Number(a), Expr::Number(b)) if op != Op::Div || *b != 0.0 => Expr::Number(apply(op, *a, *b)),
        (Op::Add | Op::Sub, _, b) if b.is_zero() => left,
        (Op::Add, a, _) if a.is_zero() => right,
        (Op::Sub, a, _) if a.is_zero() => negative(right),
        (Op::Mul, a, b) if a.is_zero() || b.is_zero() => Expr::Number(0.0),
        (Op::Div, a, b) if a.is_zero() && !b.is_zero() => Expr::Number(0.0),
        (Op::Mul | Op::Div, _, b) if is_one(b) => left,
        (Op::Mul, a, _) if is_one(a) => right,
        (Op::Mul | Op::Div, _, Expr::Negative(inner)) => negative(binary(op, left, (**inner).clone())),
        (Op::Mul | Op::Div, Expr::Negative(inner), _) => negative(binary(op, (**inner).clone(), right)),
        (Op::Add, _, Expr::Negative(inner)) => binary(Op::Sub, left, (**inner).clone()),
        (Op::Sub, _, Expr::Negative(inner)) => binary(Op::Add, left, (**inner).clone()),
        _ => Expr::Binary(op, Box::new(left), Box::new(right)),
    }
}

/// Minus an expression, without a double minus.
pub(crate) fn negative(inner: Expr) -> Expr {
    match inner {
        Expr::Number(value) => Expr::Number(if value == 0.0 { 0.0 } else { -value }),
        Expr::Negative(inner) => *inner,
        other => Expr::Negative(Box::new(other)),
    }
}

/// A power, without the powers 0 and 1.
pub(crate) fn power(base: Expr, exponent: i32) -> Expr {
    match (base, exponent) {
        (_, 0) => Expr::Number(1.0),
        (base, 1) => base,
        (Expr::Number(value), _) if value != 0.0 => Expr::Number(value.powi(exponent)),
        (base, _) => Expr::Power(Box::new(base), exponent),
    }
}

/// Two numbers joined.
pub(crate) fn apply<N: crate::Number>(op: Op, left: N, right: N) -> N {
    match op {
        Op::Add => left + right,
        Op::Sub => left - right,
        Op::Mul => left * right,
        Op::Div => left / right,
    }
}

fn is_one(expr: &Expr) -> bool {
    matches!(expr, Expr::Number(value) if value.to_bits() == 1.0_f64.to_bits())
}

#[cfg(test)]
mod tests {
    use crate::Expr;

    #[test]
    fn zeros_ones_and_numbers_vanish() {
        for (long, short) in [
            ("0*x + 1*y", "y"),
            ("x*(2 - 1)/1", "x"),
            ("x - (0 - y)", "x + y"),
            ("0 - x*y", "-(x*y)"),
            ("x^1 + y^0", "x + 1"),
            ("-(-x)", "x"),
        ] {
            let short = Expr::parse(short).unwrap();
            assert_eq!(Expr::parse(long).unwrap().simplified(), short, "{long}");
        }
    }
}
