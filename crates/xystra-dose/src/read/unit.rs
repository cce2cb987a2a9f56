//! The units that are understood, and how many SI units one of them is.

use crate::channel::Quantity;

/// Standard gravity, m/s2, exact by definition: kilogram-force and g.
const GRAVITY: f64 = 9.806_65;

/// What a stamp written as date and time counts once it is read: nanoseconds.
pub(super) const DATE_TIME: &str = "date-time";

/// How many of [`Quantity::si`] one `unit` is; none when it is not understood. A number before it is a scale: `0.01N`.
///
/// `MN` is mega, not milli, so it is not taken for `mN`.
pub(super) fn factor(quantity: Quantity, unit: &str) -> Option<f64> {
    let unit = bare(unit);
    let (scale, unit) = scaled(&unit);
    let of_one = if unit == "MN" { None } else { of_one(quantity, unit) };
    of_one.map(|factor| factor * scale).filter(|factor| factor.is_finite() && *factor != 0.0)
}

/// The unit that a hint proposes.
pub(super) fn hint(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Time => "ms",
        Quantity::Force => "kgf",
        Quantity::Position => "mm",
        Quantity::Acceleration => "g",
        Quantity::AngularRate => "deg/s",
        Quantity::MagneticField => "uT",
        Quantity::Orientation => "1",
        Quantity::Angle => "deg",
    }
}

/// Without brackets, blanks and the many ways to write a power.
fn bare(unit: &str) -> String {
    let unit = unit.trim_matches(|c: char| c.is_whitespace() || "()[]{}<>".contains(c));
    let unit = unit.replace(['\u{b5}', '\u{3bc}'], "u").replace('\u{b0}', "deg").replace('\u{b2}', "2");
    unit.replace("per", "/").replace([' ', '^', '*', '\u{b7}'], "").replace("**", "")
}

/// A leading number and what follows it.
fn scaled(unit: &str) -> (f64, &str) {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let end = unit.find(|c| !is_number(c)).unwrap_or(0);
    match unit[..end].parse() {
        Ok(scale) => (scale, &unit[end..]),
        Err(_) => (1.0, unit),
    }
}

fn of_one(quantity: Quantity, unit: &str) -> Option<f64> {
    let small = unit.to_lowercase();
    let small = small.as_str();
    match quantity {
        Quantity::Time => time(small),
        Quantity::Force => force(small),
        Quantity::Position => position(small),
        Quantity::Acceleration => acceleration(small),
        Quantity::AngularRate => angular_rate(small),
        Quantity::MagneticField => magnetic_field(unit),
        Quantity::Orientation => matches!(small, "" | "1" | "-" | "quaternion").then_some(1.0),
        Quantity::Angle => angle(small),
    }
}

fn time(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" => 1.0,
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" => 1e-3,
        "us" | "usec" | "micros" | "microsecond" | "microseconds" => 1e-6,
        "ns" | "nsec" | "nanos" | "nanosecond" | "nanoseconds" | DATE_TIME => 1e-9,
        "min" | "mins" | "minute" | "minutes" => 60.0,
        _ => return None,
    })
}

/// Pound-force from 0.45359237 kg and standard gravity, exact by definition; an ounce-force is a sixteenth of it.
fn force(unit: &str) -> Option<f64> {
    Some(match unit {
        "n" | "newton" | "newtons" => 1.0,
        "mn" => 1e-3,
        "cn" => 1e-2,
        "kn" => 1e3,
        "kgf" | "kp" => GRAVITY,
        "gf" => GRAVITY * 1e-3,
        "lbf" => 4.448_221_615_260_5,
        "ozf" => 4.448_221_615_260_5 / 16.0,
        _ => return None,
    })
}

fn position(unit: &str) -> Option<f64> {
    Some(match unit {
        "m" | "meter" | "metre" | "meters" | "metres" => 1.0,
        "cm" => 1e-2,
        "mm" => 1e-3,
        "um" => 1e-6,
        "in" | "inch" | "inches" => 0.0254,
        _ => return None,
    })
}

fn acceleration(unit: &str) -> Option<f64> {
    Some(match unit {
        "m/s2" | "m_s2" | "m/s/s" | "ms-2" | "m.s-2" | "mps2" => 1.0,
        "mm/s2" => 1e-3,
        "g" => GRAVITY,
        "mg" => GRAVITY * 1e-3,
        _ => return None,
    })
}

fn angular_rate(unit: &str) -> Option<f64> {
    Some(match unit {
        "rad/s" | "rad_s" | "rads-1" | "rad.s-1" | "rad/sec" | "rps" => 1.0,
        "mrad/s" => 1e-3,
        "deg/s" | "deg_s" | "degs-1" | "deg.s-1" | "deg/sec" | "degree/s" | "degrees/s" | "dps" => 1f64.to_radians(),
        "mdeg/s" | "mdps" => 1e-3 * 1f64.to_radians(),
        _ => return None,
    })
}

/// In uT; capitals count, for G is gauss.
fn magnetic_field(unit: &str) -> Option<f64> {
    Some(match unit {
        "uT" | "ut" => 1.0,
        "nT" => 1e-3,
        "mT" => 1e3,
        "T" => 1e6,
        "G" | "Gauss" | "gauss" => 100.0,
        "mG" => 0.1,
        _ => return None,
    })
}

fn angle(unit: &str) -> Option<f64> {
    Some(match unit {
        "rad" | "radian" | "radians" => 1.0,
        "deg" | "degree" | "degrees" => 1f64.to_radians(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_in_many_styles() {
        for (quantity, unit, expected) in [
            (Quantity::Time, "\u{b5}s", 1e-6),
            (Quantity::Time, "\u{3bc}s", 1e-6),
            (Quantity::Force, "[kN]", 1e3),
            (Quantity::Force, "0.01N", 0.01),
            (Quantity::Force, "4 N", 4.0),
            (Quantity::Force, "kgf", 9.806_65),
            (Quantity::Acceleration, "m/s^2", 1.0),
            (Quantity::Acceleration, "m/s\u{b2}", 1.0),
            (Quantity::AngularRate, "\u{b0}/s", 1f64.to_radians()),
            (Quantity::MagneticField, "\u{b5}T", 1.0),
            (Quantity::MagneticField, "G", 100.0),
        ] {
            let found = factor(quantity, unit).unwrap_or(f64::NAN);
            assert!((found / expected - 1.0).abs() < 1e-12, "{unit}: {found}");
        }
    }

    #[test]
    fn what_is_not_a_unit_of_it_is_refused() {
        for unit in ["MN", "kg", "g", "lb", "raw", "", "V", "0N", "1e999N", "Nm"] {
            assert_eq!(factor(Quantity::Force, unit), None, "{unit}");
        }
        assert_eq!(factor(Quantity::Time, "h"), None);
        assert_eq!(factor(Quantity::Position, "m/s"), None);
    }

    #[test]
    fn every_hint_is_understood() {
        assert!(Quantity::all().all(|quantity| factor(quantity, hint(quantity)).is_some()));
    }
}
