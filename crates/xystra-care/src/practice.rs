//! The practice's own ways: time zone, dates, units, tools.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// How a practice writes and counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// Its name.
    pub name: String,
    /// IANA time zone, for example `Europe/Berlin`.
    pub time_zone: String,
    /// How dates are written.
    pub dates: DateFormat,
    /// How forces are shown; they are kept in newtons.
    pub force: ForceUnit,
    /// How many years a record is kept after the last entry.
    pub keep_years: u16,
    /// Minutes without a request after which a sign-in ends.
    #[serde(default = "usual_idle_min")]
    pub idle_min: u16,
    /// Hours after which a sign-in ends whatever happens.
    #[serde(default = "usual_absolute_h")]
    pub absolute_h: u16,
}

fn usual_idle_min() -> u16 {
    60
}

fn usual_absolute_h() -> u16 {
    12
}

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFormat {
    /// 11 March 2026.
    DayMonthYear,
    /// March 11, 2026.
    MonthDayYear,
    /// 2026-03-11.
    Iso,
}

/// How forces are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForceUnit {
    /// Newton.
    Newton,
    /// Kilogram-force.
    KilogramForce,
}

impl ForceUnit {
    /// The number to show for a force in newtons.
    pub fn show(self, newton: f64) -> f64 {
        match self {
            Self::Newton => newton,
            Self::KilogramForce => newton / NEWTON_PER_KGF,
        }
    }

    /// Its sign.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Newton => "N",
            Self::KilogramForce => "kgf",
        }
    }
}

/// Standard gravity: 1 kgf in newtons, exact by definition.
pub const NEWTON_PER_KGF: f64 = 9.806_65;

impl Default for Practice {
    fn default() -> Self {
        Self {
            name: String::new(),
            time_zone: "UTC".to_owned(),
            dates: DateFormat::DayMonthYear,
            force: ForceUnit::Newton,
            keep_years: 10,
            idle_min: usual_idle_min(),
            absolute_h: usual_absolute_h(),
        }
    }
}

impl Practice {
    /// The time zone; UTC when the name is not known on this machine.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// Checks what can be checked.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("name", "the practice needs a name"));
        }
        if jiff::tz::TimeZone::get(&self.time_zone).is_err() {
            let message = format!("{} is no time zone known here: choose one such as Europe/Berlin", self.time_zone);
            errors.push(FieldError::new("time_zone", message));
        }
        if self.keep_years < 1 {
            errors.push(FieldError::new("keep_years", "keep records for at least 1 year"));
        }
        if !(5..=120).contains(&self.idle_min) {
            errors.push(FieldError::new("idle_min", "a sign-in may rest for 5 to 120 minutes"));
        }
        if !(1..=24).contains(&self.absolute_h) {
            errors.push(FieldError::new("absolute_h", "a sign-in may last for 1 to 24 hours"));
        }
        errors
    }
}

/// A tool in the practice's hands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// What the practice calls it.
    pub name: String,
    /// The catalog instrument it is one of.
    pub instrument: String,
    /// Mass as weighed, g.
    pub mass_g: Option<f64>,
    /// Radius of the edge as measured, mm.
    pub radius_mm: Option<f64>,
    /// Length of the edge as measured, mm.
    pub length_mm: Option<f64>,
    /// Does it measure force?
    pub instrumented: bool,
    /// When it was last calibrated.
    pub calibrated: Option<jiff::civil::Date>,
    /// No longer in use.
    #[serde(default)]
    pub retired: bool,
}

impl Tool {
    /// Checks what can be checked.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if self.name.trim().is_empty() {
            errors.push(FieldError::new("tool_name", "the tool needs a name"));
        }
        let sizes = [
            ("mass_g", self.mass_g, 5000.0, "g"),
            ("radius_mm", self.radius_mm, 200.0, "mm"),
            ("length_mm", self.length_mm, 500.0, "mm"),
        ];
        for (field, value, largest, unit) in sizes {
            if let Some(value) = value.filter(|value| !(*value > 0.0 && *value <= largest)) {
                errors.push(FieldError::new(
                    field,
                    format!("{value} {unit} is outside 0 to {largest} {unit}: measure again"),
                ));
            }
        }
        errors
    }
}
