//! The units that are understood.

/// What a column measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    Time,
    Force,
    Position,
}

impl Quantity {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Force => "force",
            Self::Position => "position",
        }
    }

    pub(super) fn example(self) -> &'static str {
        match self {
            Self::Time => "t_s or time [ms]",
            Self::Force => "fz_N or force [N]",
            Self::Position => "px_m or x [mm]",
        }
    }

    pub(super) fn known_units(self) -> &'static str {
        match self {
            Self::Time => "s, ms, us, ns",
            Self::Force => "N, mN, kgf, gf, lbf",
            Self::Position => "m, cm, mm",
        }
    }

    /// How many s, N or m one of `unit` is. `MN` is mega, not milli, so it is not taken for `mN`.
    pub(super) fn factor(self, unit: &str) -> Option<f64> {
        if unit == "MN" {
            return None;
        }
        let unit = unit.to_lowercase();
        match self {
            Self::Time => time(&unit),
            Self::Force => force(&unit),
            Self::Position => position(&unit),
        }
    }
}

fn time(unit: &str) -> Option<f64> {
    Some(match unit {
        "s" | "sec" | "second" | "seconds" => 1.0,
        "ms" => 1e-3,
        // Both signs for micro, U+00B5 (whose lower case it is) and U+03BC.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}

/// Kilogram-force from standard gravity, 9.80665 m/s2; pound-force from 0.45359237 kg. Both exact by definition.
fn force(unit: &str) -> Option<f64> {
    Some(match unit {
        "n" | "newton" | "newtons" => 1.0,
        "mn" => 1e-3,
        "kgf" => 9.806_65,
        "gf" => 9.806_65e-3,
        "lbf" => 4.448_221_615_260_5,
        _ => return None,
    })
}

fn position(unit: &str) -> Option<f64> {
    Some(match unit {
        "m" => 1.0,
        "cm" => 1e-2,
        "mm" => 1e-3,
        _ => return None,
    })
}
