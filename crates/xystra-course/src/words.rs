//! Numbers and counts as a sentence writes them.

/// One decimal, and none where it would be zero: "1.7", "3".
pub(crate) fn number(value: f64) -> String {
    decimals(value, 1)
}

/// At most that many decimals, without zeros at the end.
pub(crate) fn decimals(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// "1 region", "3 regions".
pub(crate) fn count(many: usize, one: &str) -> String {
    if many == 1 { format!("1 {one}") } else { format!("{many} {one}s") }
}

/// "1.7 points", "1 point"; a unit that is a sign stays as it is.
pub(crate) fn quantity(value: f64, unit: &str) -> String {
    let number = number(value);
    let unit = if number == "1" && unit.len() > 2 { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
    format!("{number} {unit}")
}

/// The same with a capital at the beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([1.7, 3.0, 6.44, -0.01, 120.0].map(number), ["1.7", "3", "6.4", "0", "120"]);
        assert_eq!(
            (decimals(0.459, 2), decimals(0.5, 2), decimals(120.0, 0)),
            ("0.46".into(), "0.5".into(), "120".into())
        );
    }

    #[test]
    fn one_is_singular() {
        assert_eq!((count(1, "region"), count(3, "region")), ("1 region".into(), "3 regions".into()));
        assert_eq!((quantity(1.0, "points"), quantity(1.7, "points")), ("1 point".into(), "1.7 points".into()));
        assert_eq!((quantity(1.0, "cm"), quantity(12.0, "N")), ("1 cm".into(), "12 N".into()));
        assert_eq!((capital("left arm"), capital("")), ("Left arm".into(), String::new()));
    }
}
