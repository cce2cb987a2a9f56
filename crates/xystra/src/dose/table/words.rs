//! Doubt and comparison in words.

use xystra_catalog::course::Guess;
use xystra_dose::Estimate;
use xystra_dose::picture::number;

/// How well a force is known, by the width of its interval.
pub(super) fn how_sure(force: Estimate) -> &'static str {
    match force.width() / force.value.abs().max(f64::MIN_POSITIVE) {
        width if width < 0.1 => "known to within a few percent",
        width if width < 0.4 => "known roughly",
        _ => "hardly known: the interval is as wide as four tenths of the value, or wider",
    }
}

/// The spread of the strokes' forces beside that of the published clinicians.
pub(super) fn beside_clinicians(cv: Estimate, clinicians: &Guess) -> String {
    let (low, high) = (number(100.0 * clinicians.low, 0), number(100.0 * clinicians.high, 0));
    let verdict = match cv.value {
        cv if cv < clinicians.low => "steadier than",
        cv if cv > clinicians.high => "more uneven than",
        _ => "like",
    };
    let value = number(100.0 * cv.value, 0);
    format!(
        "The strokes' mean forces spread by {value} % of their mean: {verdict} the published clinicians' {low} to {high} % ({}).",
        clinicians.source
    )
}

/// A share as a percentage.
pub(super) fn share(share: f64) -> String {
    match 100.0 * share {
        percent if percent > 0.0 && percent < 0.1 => "under 0.1 %".to_owned(),
        percent if percent < 10.0 => format!("{} %", number(percent, 1)),
        percent => format!("{} %", number(percent, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_well() {
        assert_eq!([1.0, 0.243, 0.0061, 0.0001, 0.0].map(share), ["100 %", "24 %", "0.6 %", "under 0.1 %", "0 %"]);
    }

    #[test]
    fn a_spread_is_told_beside_the_clinicians() {
        let clinicians = xystra_catalog::catalog().guess("cv").unwrap();
        let said = |cv: f64| beside_clinicians(Estimate::exact(cv), clinicians);
        assert!(said(0.1).contains("steadier than") && said(0.2).contains("like") && said(0.5).contains("uneven"));
        assert!(said(0.2).contains("15 to 35 %"));
    }

    #[test]
    fn a_wide_interval_is_said_to_be_wide() {
        assert!(how_sure(Estimate::normal(5.0, 0.05)).contains("few percent"));
        assert!(how_sure(Estimate::normal(5.0, 2.0)).contains("hardly"));
    }
}
