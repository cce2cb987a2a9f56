//! What a study found, and what the model is asked in return.

use serde::{Deserialize, Serialize};

use crate::study::time::{Reference, Span, When};

/// One published finding.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Short key.
    pub id: String,
    /// An output of the model, such as `pain`.
    pub quantity: String,
    /// Which movement, where the quantity is `motion`.
    #[serde(default)]
    pub movement: Option<String>,
    /// What sort of number was published.
    pub kind: Kind,
    /// The arm it is about.
    #[serde(default)]
    pub arm: Option<String>,
    /// The arm it is held against: the number is `arm` less `against`, or `arm` by `against`.
    #[serde(default)]
    pub against: Option<String>,
    /// For `order`: arms from the highest to the lowest.
    #[serde(default)]
    pub arms: Vec<String>,
    /// What of the quantity is compared.
    #[serde(default)]
    pub of: Of,
    /// A number drawn from the whole curve in place of one point of it.
    #[serde(default)]
    pub derive: Option<Derive>,
    /// When.
    #[serde(default)]
    pub at: Option<When>,
    /// In place of `at`: the mean from the first to the second time; the span looked at for `derive`.
    #[serde(default)]
    pub over: Option<[Span; 2]>,
    /// From when these times count.
    #[serde(default)]
    pub after: Reference,
    /// For `ratio`: divide by the same arm at this other time.
    #[serde(default)]
    pub by_at: Option<When>,
    /// The published number.
    #[serde(default)]
    pub published: Option<f64>,
    /// Its standard error.
    #[serde(default)]
    pub se: Option<f64>,
    /// Standard deviation between subjects.
    #[serde(default)]
    pub sd: Option<f64>,
    /// Its 95 % interval.
    #[serde(default)]
    pub ci: Option<[f64; 2]>,
    /// Where the simulated number must lie to count as met; `inf` and `-inf` leave an end open.
    #[serde(default)]
    pub band: Option<[f64; 2]>,
    /// For `equivalence`: the largest difference that counts as none. For `order`: the least step that counts as one.
    #[serde(default)]
    pub gap: Option<f64>,
    /// For shares: the change that counts, such as -30 for a fall of 30 or more.
    #[serde(default)]
    pub beyond: Option<f64>,
    /// For shares: a value at or below this counts.
    #[serde(default)]
    pub below: Option<f64>,
    /// For shares: a value at or above this counts.
    #[serde(default)]
    pub above: Option<f64>,
    /// Unit of `beyond`, `below` and `above`; none: that of the quantity. `%` is by the subject's own baseline.
    #[serde(default)]
    pub limit_unit: Option<String>,
    /// For a standardised difference: the standard deviation to divide by, in the unit of the baseline; none: the simulated one.
    #[serde(default)]
    pub standard_sd: Option<f64>,
    /// Unit of the numbers; none: that of the quantity.
    #[serde(default)]
    pub unit: Option<String>,
    /// Where it was published: a key of data/references.bib, or any text in a file of your own.
    #[serde(default)]
    pub source: Option<String>,
    /// Was the number read there? Only then does it count.
    #[serde(default)]
    pub verified: bool,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
}

/// Sorts of published numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Mean of an arm.
    Value,
    /// Mean of an arm less its own baseline.
    Change,
    /// One arm less another.
    Difference,
    /// The same by the standard deviation.
    StandardisedDifference,
    /// One arm by another, by its own baseline, or by itself at another time.
    Ratio,
    /// Share of the subjects that pass a limit.
    Share,
    /// Which arm is higher than which.
    Order,
    /// Two arms, or an arm and its baseline, that are the same but for a gap.
    Equivalence,
}

/// What of a quantity is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// The quantity itself.
    #[default]
    Value,
    /// Its change since the baseline.
    Change,
    /// The share of subjects that pass a limit.
    Share,
}

/// Numbers drawn from a whole curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derive {
    /// How long until half of the distance from rest is left.
    HalfLife,
    /// How long until 1/e of the distance from rest is left.
    TimeConstant,
    /// The highest value.
    Highest,
    /// The lowest value.
    Lowest,
    /// When the highest value comes.
    HighestAt,
}

impl Derive {
    /// Is it a time rather than a level?
    pub fn is_time(self) -> bool {
        matches!(self, Self::HalfLife | Self::TimeConstant | Self::HighestAt)
    }
}

impl Kind {
    /// The word in files and documents.
    pub fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Change => "change",
            Self::Difference => "difference",
            Self::StandardisedDifference => "standardised-difference",
            Self::Ratio => "ratio",
            Self::Share => "share",
            Self::Order => "order",
            Self::Equivalence => "equivalence",
        }
    }
}

/// Standard normal quantile of a 95 % interval.
const Z_95: f64 = 1.96;

impl Endpoint {
    /// Where the simulated number must lie: `band`, else the gap, else `ci`, else 1.96 standard errors around the published one.
    /// `subjects` are the sizes of the arms it is about. None: it cannot be judged.
    pub fn judged_by(&self, subjects: &[usize]) -> Option<[f64; 2]> {
        let by_gap = || match self.kind {
            Kind::Equivalence => self.gap.map(|gap| [-gap, gap]),
            Kind::Order => Some([self.gap.unwrap_or(0.0), f64::INFINITY]),
            _ => None,
        };
        let by_error = || Some((self.published?, Z_95 * self.standard_error(subjects)?));
        self.band.or_else(by_gap).or(self.ci).or_else(|| by_error().map(|(x, reach)| [x - reach, x + reach]))
    }

    /// Standard error of the published number: as given, else from the interval, else from the SD and the sizes of the arms.
    pub fn standard_error(&self, subjects: &[usize]) -> Option<f64> {
        let from_ci = || self.ci.map(|[low, high]| (high - low) / (2.0 * Z_95));
        let parts: f64 = subjects.iter().map(|n| 1.0 / (*n).max(1) as f64).sum();
        self.se.or_else(from_ci).or_else(|| self.sd.filter(|_| !subjects.is_empty()).map(|sd| sd * parts.sqrt()))
    }

    /// The arms it is about.
    pub fn arms(&self) -> impl Iterator<Item = &str> {
        self.arm.iter().chain(&self.against).chain(&self.arms).map(String::as_str)
    }

    /// Is it about the share of subjects that pass a limit?
    pub fn is_share(&self) -> bool {
        self.kind == Kind::Share || self.of == Of::Share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Endpoint {
        toml::from_str(&format!("id = \"x\"\nquantity = \"pain\"\n{text}")).expect("an endpoint")
    }

    #[test]
    fn a_band_goes_before_an_interval_before_an_error() {
        let band = endpoint("kind = \"value\"\npublished = 1.0\nse = 0.5\nci = [0.0, 2.0]\nband = [-1.0, inf]");
        assert_eq!(band.judged_by(&[10]), Some([-1.0, f64::INFINITY]));
        let interval = endpoint("kind = \"value\"\npublished = 1.0\nse = 0.5\nci = [0.0, 2.5]");
        assert_eq!(interval.judged_by(&[10]), Some([0.0, 2.5]));
        let error = endpoint("kind = \"value\"\npublished = 1.0\nse = 0.5");
        assert_eq!(error.judged_by(&[10]), Some([1.0 - 0.98, 1.0 + 0.98]));
        assert_eq!(endpoint("kind = \"value\"\npublished = 1.0").judged_by(&[10]), None);
    }

    #[test]
    fn an_sd_gives_the_error_of_both_arms() {
        let two = endpoint("kind = \"difference\"\npublished = 1.0\nsd = 3.0");
        let error = two.standard_error(&[9, 9]).expect("an error");
        assert!((error - 2f64.sqrt()).abs() < 1e-12, "{error}");
    }

    #[test]
    fn equivalence_and_order_are_judged_by_their_gap() {
        assert_eq!(endpoint("kind = \"equivalence\"\ngap = 2.0").judged_by(&[]), Some([-2.0, 2.0]));
        assert_eq!(endpoint("kind = \"order\"").judged_by(&[]), Some([0.0, f64::INFINITY]));
    }
}
