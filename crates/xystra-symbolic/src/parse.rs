//! Text to expressions.

use crate::{Expr, Op};

/// Where and why a text is no expression.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Counted from 1.
    pub(crate) column: usize,
    pub(crate) what: String,
}

/// The largest power that may be written; larger ones are surely mistakes.
const LARGEST_POWER: i32 = 64;

impl Expr {
    /// Reads an expression of numbers, names, `+ - * /`, `^` with a whole number, and brackets.
    ///
    /// # Errors
    /// The column, counted from 1, and what is wrong there.
    pub(crate) fn parse(text: &str) -> Result<Expr, Fault> {
        let mut reader = Reader { text, at: 0 };
        let whole = reader.sum()?;
        match reader.peek() {
            None => Ok(whole),
            Some('(') => Err(reader.fault("an operator is missing before the bracket; functions are not allowed")),
            Some(found) => Err(reader.fault(&format!("expected + - * / ^ or the end, found `{found}`"))),
        }
    }
}

/// A place in a text.
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn sum(&mut self) -> Result<Expr, Fault> {
        let mut left = self.product()?;
        while let Some(op) = self.take_op(&[('+', Op::Add), ('-', Op::Sub)]) {
            left = Expr::Binary(op, Box::new(left), Box::new(self.product()?));
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Expr, Fault> {
        let mut left = self.signed()?;
        while let Some(op) = self.take_op(&[('*', Op::Mul), ('/', Op::Div)]) {
            left = Expr::Binary(op, Box::new(left), Box::new(self.signed()?));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expr, Fault> {
        if self.take('-') { Ok(Expr::Negative(Box::new(self.signed()?))) } else { self.power() }
    }

    fn power(&mut self) -> Result<Expr, Fault> {
        let base = self.atom()?;
        if !self.take('^') {
            return Ok(base);
        }
        let power = self.whole_number()?;
        if self.peek() == Some('^') {
            return Err(self.fault("a power of a power needs brackets"));
        }
        Ok(Expr::Power(Box::new(base), power))
    }

    fn atom(&mut self) -> Result<Expr, Fault> {
        match self.peek() {
            Some('(') => self.bracket(),
            Some(first) if first.is_ascii_digit() || first == '.' => self.number(),
            Some(first) if first.is_ascii_alphabetic() => self.symbol(),
            Some(found) => Err(self.fault(&format!("expected a number, a name or a bracket, found `{found}`"))),
            None => Err(self.fault("expected a number, a name or a bracket, found the end")),
        }
    }

    fn bracket(&mut self) -> Result<Expr, Fault> {
        self.take('(');
        let inner = self.sum()?;
        if self.take(')') { Ok(inner) } else { Err(self.fault("expected `)`")) }
    }

    fn number(&mut self) -> Result<Expr, Fault> {
        let start = self.at;
        self.skip(|c| c.is_ascii_digit() || c == '.');
        if self.rest().starts_with(['e', 'E']) {
            self.at += 1;
            self.at += usize::from(self.rest().starts_with(['+', '-']));
            self.skip(|c| c.is_ascii_digit());
        }
        let written = &self.text[start..self.at];
        match written.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Expr::Number(value)),
            _ => Err(Fault { column: start + 1, what: format!("`{written}` is not a number") }),
        }
    }

    fn symbol(&mut self) -> Result<Expr, Fault> {
        let start = self.at;
        self.skip(|c| c.is_ascii_alphanumeric() || c == '_');
        let name = &self.text[start..self.at];
        if self.peek() == Some('(') {
            let what = format!("`{name}(` looks like a function; only + - * / and whole powers are allowed");
            return Err(Fault { column: start + 1, what });
        }
        Ok(Expr::Symbol(name.to_owned()))
    }

    fn whole_number(&mut self) -> Result<i32, Fault> {
        let negative = self.take('-');
        self.peek();
        let start = self.at;
        self.skip(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_' || c == '(');
        match self.text[start..self.at].parse::<i32>() {
            Ok(power) if power <= LARGEST_POWER => Ok(if negative { -power } else { power }),
            _ => {
                Err(Fault { column: start + 1, what: format!("a power must be a whole number up to {LARGEST_POWER}") })
            }
        }
    }

    fn take_op(&mut self, ops: &[(char, Op)]) -> Option<Op> {
        ops.iter().find(|(sign, _)| self.take(*sign)).map(|(_, op)| *op)
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        self.skip(char::is_whitespace);
        self.rest().chars().next()
    }

    fn skip(&mut self, which: impl Fn(char) -> bool) {
        self.at += self.rest().chars().take_while(|&c| which(c)).map(char::len_utf8).sum::<usize>();
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn fault(&self, what: &str) -> Fault {
        Fault { column: self.text[..self.at].chars().count() + 1, what: what.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let of = |name: &str| if name == "x" { Some(3.0) } else { None };
        Expr::parse(text).unwrap().evaluate(&of).unwrap()
    }

    fn fault(text: &str) -> (usize, String) {
        let fault = Expr::parse(text).unwrap_err();
        (fault.column, fault.what)
    }

    #[test]
    fn signs_powers_and_brackets_bind_as_in_arithmetic() {
        for (text, expected) in [
            ("2 + 3*4", 14.0),
            ("-x^2", -9.0),
            ("(-x)^2", 9.0),
            ("12/x/2", 2.0),
            ("10 - x - 2", 5.0),
            ("2*-x", -6.0),
            ("x^-2 * 9", 1.0),
            ("1.5e-1 + .05", 0.2),
        ] {
            assert!((value(text) - expected).abs() < 1e-15, "{text}: {}", value(text));
        }
    }

    #[test]
    fn a_fault_names_its_column() {
        assert_eq!(fault("1 + * 2"), (5, "expected a number, a name or a bracket, found `*`".into()));
        assert_eq!(fault("(x + 1").0, 7);
        assert_eq!(fault("x 2").0, 3);
        assert_eq!(fault("").1, "expected a number, a name or a bracket, found the end");
        assert_eq!(fault("1.2.3"), (1, "`1.2.3` is not a number".into()));
    }

    #[test]
    fn what_is_not_rational_is_refused() {
        assert!(fault("2*exp(x)").1.starts_with("`exp(` looks like a function"));
        assert_eq!(fault("x^0.5"), (3, "a power must be a whole number up to 64".into()));
        assert_eq!(fault("x^n").0, 3);
        assert_eq!(fault("x^2^3").1, "a power of a power needs brackets");
    }
}
