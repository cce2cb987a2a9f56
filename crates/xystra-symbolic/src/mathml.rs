//! Expressions as content MathML, as SBML holds them.

use std::fmt::Write as _;

use crate::{Expr, Op};

/// The expression as the inside of a MathML `math` element; `name` says what a symbol is called there.
pub fn mathml(expr: &Expr, name: &impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    write(&mut text, expr, name);
    text
}

fn write(text: &mut String, expr: &Expr, name: &impl Fn(&str) -> String) {
    match expr {
        Expr::Number(value) => number(text, *value),
        Expr::Symbol(symbol) => element(text, "ci", &name(symbol)),
        Expr::Negative(inner) => apply(text, "minus", &[inner], name),
        Expr::Binary(op, left, right) => apply(text, operator(*op), &[left, right], name),
        Expr::Power(base, exponent) => {
            apply(text, "power", &[base, &Expr::Number(f64::from(*exponent))], name);
        }
    }
}

fn apply(text: &mut String, operator: &str, operands: &[&Expr], name: &impl Fn(&str) -> String) {
    let _ = write!(text, "<apply><{operator}/>");
    for operand in operands {
        write(text, operand, name);
    }
    text.push_str("</apply>");
}

/// Numbers keep every digit; the shortest text that reads back as the same number.
fn number(text: &mut String, value: f64) {
    element(text, "cn", &format!("{value}"));
}

fn element(text: &mut String, tag: &str, inside: &str) {
    let _ = write!(text, "<{tag}>{inside}</{tag}>");
}

fn operator(op: Op) -> &'static str {
    match op {
        Op::Add => "plus",
        Op::Sub => "minus",
        Op::Mul => "times",
        Op::Div => "divide",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_becomes_nested_applications() {
        let expr = Expr::parse("-a/(1 + b^2)").unwrap();
        let text = mathml(&expr, &|name| name.to_uppercase());
        let square = "<apply><power/><ci>B</ci><cn>2</cn></apply>";
        let below = format!("<apply><plus/><cn>1</cn>{square}</apply>");
        assert_eq!(text, format!("<apply><divide/><apply><minus/><ci>A</ci></apply>{below}</apply>"));
    }
}
