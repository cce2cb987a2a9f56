//! Times as a study writes them: "25 min", "4 wk", "during".

use serde::{Deserialize, Deserializer, de};

/// How long, hours.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Span {
    /// Hours.
    pub hours: f64,
}

/// When something is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// In the middle of a treatment, while it lasts.
    During,
    /// So long after the reference.
    After(Span),
}

/// From when times count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// Day 0 of the plan: entry into the study.
    #[default]
    Start,
    /// The end of the first treatment or bout of the arm.
    First,
    /// The end of the last treatment or bout of the arm.
    Last,
    /// The injury.
    Injury,
}

/// Units of time with their names and hours. A month is a twelfth of a year.
const UNITS: [(&[&str], f64); 7] = [
    (&["s", "second", "seconds"], 1.0 / 3600.0),
    (&["min", "minute", "minutes"], 1.0 / 60.0),
    (&["h", "hour", "hours"], 1.0),
    (&["d", "day", "days"], 24.0),
    (&["wk", "week", "weeks"], 168.0),
    (&["mo", "month", "months"], 8766.0 / 12.0),
    (&["y", "year", "years"], 8766.0),
];

/// Hours of one `unit` of time; none: no such unit.
pub fn hours_of(unit: &str) -> Option<f64> {
    UNITS.iter().find(|(names, _)| names.contains(&unit)).map(|(_, hours)| *hours)
}

impl Span {
    /// Reads "25 min", "-3 d" and the like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("\"{text}\" is no time; write a number and one of s, min, h, d, wk, mo, y, such as \"4 wk\"");
        let (number, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let number: f64 = number.parse().ok().filter(|n: &f64| n.is_finite()).ok_or_else(wrong)?;
        let hours = hours_of(unit.trim()).ok_or_else(wrong)?;
        Ok(Self { hours: number * hours })
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "during" {
            return Ok(Self::During);
        }
        let wrong = |what: String| de::Error::custom(format!("{what}, or \"during\""));
        Span::parse(&text).map(Self::After).map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_their_units() {
        let hours = |text| Span::parse(text).map(|span| span.hours);
        assert_eq!(hours("4 wk"), Ok(672.0));
        assert_eq!(hours("4 weeks"), Ok(672.0));
        assert_eq!(hours("30 min"), Ok(0.5));
        assert_eq!(hours("-2 d"), Ok(-48.0));
        for wrong in ["4", "4wk", "four wk", "4 fortnights", "inf h", ""] {
            assert!(hours(wrong).is_err(), "{wrong}");
        }
    }
}
