//! What a score means: its ends, which of them is best, and the steps it comes in.

use xystra_catalog::catalog;
use xystra_catalog::measure::Better;

use crate::Error;

/// A scale as a file names it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named {
    /// Least value.
    pub(super) least: f64,
    /// Greatest value.
    pub(super) most: f64,
    /// Which way is better, where that was said.
    pub(super) better: Option<Better>,
}

/// A scale whose direction and steps are settled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    best: f64,
    worst: f64,
    /// In points of 10.
    pub(super) step: f64,
}

/// As many steps as a scale is cut into at most.
const STEPS: [f64; 5] = [10.0, 20.0, 25.0, 50.0, 100.0];

impl Named {
    /// Reads `0-10`, `0-100 higher is better`, `100-0` (the first end is best), a measure of the catalog, or a single number: the top.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let said = text.trim().to_lowercase();
        let found = measure(&said).or_else(|| range(&said)).or_else(|| top(&said));
        found.filter(|scale| scale.least < scale.most).ok_or_else(|| Error::Unknown {
            what: "scale",
            key: text.to_owned(),
            known: "two ends such as 0-10, 0-100 or \"0-100 higher is better\"; 100-0, where 100 is best; one number, the top; or a \
                    measure of the catalog such as nprs, ndi or visa-a"
                .to_owned(),
        })
    }

    pub(super) fn holds(&self, value: f64) -> bool {
        value >= self.least - 1e-9 && value <= self.most + 1e-9
    }

    /// The scale with its direction and with the coarsest steps that all values come in.
    pub(super) fn settled(&self, better: Better, values: &[f64]) -> Scale {
        let size = self.most - self.least;
        let fits = |steps: &f64| {
            values.iter().all(|value| {
                let place = (value - self.least) / size * steps;
                (place - place.round()).abs() < 1e-6
            })
        };
        let steps = STEPS.into_iter().find(|steps| fits(steps)).unwrap_or(STEPS[STEPS.len() - 1]);
        let (best, worst) = match better {
            Better::Lower => (self.least, self.most),
            Better::Higher => (self.most, self.least),
        };
        Scale { best, worst, step: 10.0 / steps }
    }
}

impl Scale {
    /// A value on 0-10, 0 best.
    pub(super) fn badness(&self, value: f64) -> f64 {
        10.0 * (value - self.best) / (self.worst - self.best)
    }

    /// How many points of the scale are one of 10.
    pub(super) fn unit(&self) -> f64 {
        (self.worst - self.best).abs() / 10.0
    }
}

fn measure(said: &str) -> Option<Named> {
    let id = said.split('.').next().unwrap_or(said);
    let found = catalog().measure(if id == "nrs" { "nprs" } else { id })?;
    Some(Named { least: found.min, most: found.max, better: Some(found.better) })
}

fn range(said: &str) -> Option<Named> {
    let (ends, better) = match said.split_once(char::is_whitespace) {
        Some((ends, words)) if words.contains("better") => (ends, direction(words)),
        _ => (said, None),
    };
    let ends = ends.replace(" to ", "-").replace(['\u{2013}', '\u{2212}'], "-").replace("..", "-");
    let (from, to) = (1..ends.len())
        .filter(|at| ends.as_bytes()[*at] == b'-')
        .find_map(|at| Some((number(ends.get(..at)?)?, number(ends.get(at + 1..)?)?)))?;
    let reversed = (from > to).then_some(Better::Higher);
    Some(Named { least: from.min(to), most: from.max(to), better: reversed.or(better) })
}

fn direction(words: &str) -> Option<Better> {
    match (words.contains("higher"), words.contains("lower")) {
        (true, false) => Some(Better::Higher),
        (false, true) => Some(Better::Lower),
        _ => None,
    }
}

fn top(said: &str) -> Option<Named> {
    number(said).map(|most| Named { least: 0.0, most, better: None })
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> (f64, f64, Option<Better>) {
        let scale = Named::parse(text).unwrap();
        (scale.least, scale.most, scale.better)
    }

    #[test]
    fn scales_are_read_as_people_write_them() {
        assert_eq!(ends("0-10"), (0.0, 10.0, None));
        assert_eq!(ends(" 0 - 100 "), (0.0, 100.0, None));
        assert_eq!(ends("0\u{2013}48"), (0.0, 48.0, None));
        assert_eq!(ends("-5-5"), (-5.0, 5.0, None));
        assert_eq!(ends("100-0"), (0.0, 100.0, Some(Better::Higher)));
        assert_eq!(ends("0-48 higher is better"), (0.0, 48.0, Some(Better::Higher)));
        assert_eq!(ends("100"), (0.0, 100.0, None));
        assert_eq!(ends("NPRS"), (0.0, 10.0, Some(Better::Lower)));
        assert_eq!(ends("visa-a").2, Some(Better::Higher));
        for wrong in ["", "pain", "3-3", "0", "vas", "a-b"] {
            assert!(Named::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_value_becomes_badness_in_the_steps_it_comes_in() {
        let scale = Named::parse("0-100").unwrap().settled(Better::Higher, &[35.0, 90.0]);
        assert!((scale.badness(90.0) - 1.0).abs() < 1e-12 && (scale.step - 0.5).abs() < 1e-12);
        assert!((scale.unit() - 10.0).abs() < 1e-12);
        let fine = Named::parse("0-10").unwrap().settled(Better::Lower, &[3.4567]);
        assert!((fine.step - 0.1).abs() < 1e-12);
    }
}
