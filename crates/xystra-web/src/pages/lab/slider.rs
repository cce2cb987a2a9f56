//! A number that somebody chooses by sliding: its ends, its step, and where it stands.

use crate::form::Form;
use crate::show::number;

/// A slider as a page offers it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pages) struct Slider {
    /// Name of the field.
    pub(in crate::pages) name: &'static str,
    /// What it sets.
    pub(in crate::pages) label: &'static str,
    /// Unit, with the space before it where it wants one.
    pub(in crate::pages) unit: &'static str,
    pub(in crate::pages) low: f64,
    pub(in crate::pages) high: f64,
    pub(in crate::pages) step: f64,
    /// Where it stands when nobody has moved it.
    pub(in crate::pages) usual: f64,
    /// What the ends or the middle mean; empty when the label says it all.
    pub(in crate::pages) hint: &'static str,
}

impl Slider {
    /// Where the form has it: on a step, within the ends. Whatever is not a number is the usual value.
    pub(in crate::pages) fn read(&self, form: &Form) -> f64 {
        self.held(form.get(self.name).parse().unwrap_or(self.usual))
    }

    /// The nearest value that the slider can take.
    pub(in crate::pages) fn held(&self, value: f64) -> f64 {
        let value = if value.is_finite() { value } else { self.usual };
        let steps = ((value.clamp(self.low, self.high) - self.low) / self.step).round();
        (self.low + steps * self.step).min(self.high)
    }

    /// The slider where it stands.
    pub(in crate::pages) fn at(self, value: f64) -> Standing {
        Standing { slider: self, value }
    }
}

/// A slider and its value, for a template.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::pages) struct Standing {
    pub(in crate::pages) slider: Slider,
    value: f64,
}

impl Standing {
    /// The value as a field holds it.
    pub(in crate::pages) fn plain(&self) -> String {
        number(self.value, 2).replace('\u{2212}', "-")
    }

    /// The value as it is read: "6 N".
    pub(in crate::pages) fn words(&self) -> String {
        format!("{}{}", number(self.value, 2), self.slider.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORCE: Slider =
        Slider { name: "force", label: "Force", unit: " N", low: 1.0, high: 20.0, step: 0.5, usual: 6.0, hint: "" };

    #[test]
    fn whatever_is_asked_for_ends_on_the_slider() {
        let read = |text: &str| FORCE.read(&Form::decode(format!("force={text}").as_bytes()));
        let values = ["3.2", "900", "-4", "NaN", "inf", "", "%00"].map(read);
        assert!(
            values.iter().zip([3.0, 20.0, 1.0, 6.0, 6.0, 6.0, 6.0]).all(|(a, b)| (a - b).abs() < 1e-9),
            "{values:?}"
        );
        assert!((FORCE.read(&Form::new()) - 6.0).abs() < 1e-9);
    }

    #[test]
    fn it_says_its_value_with_its_unit() {
        let at = FORCE.at(7.5);
        assert_eq!((at.plain(), at.words()), ("7.5".into(), "7.5 N".into()));
    }
}
