//! What a column's name says: meaning and unit.

use super::reading::Meaning;
use super::unit;
use crate::channel::{Axis, Quantity};

/// What a name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// What the column is.
    pub(super) meaning: Meaning,
    /// Its unit as written; none when the name does not say.
    pub(super) unit: Option<String>,
}

/// Words that mark a column made by a person or a classifier; such a column is never read.
const LABELS: [&str; 21] = [
    "label",
    "labels",
    "annotation",
    "annotations",
    "class",
    "phase",
    "segment",
    "event",
    "events",
    "stage",
    "status",
    "penstatus",
    "marker",
    "markers",
    "target",
    "truth",
    "tag",
    "comment",
    "activity",
    "gesture",
    "stroke",
];

/// Words of each quantity, before the axis.
const WORDS: [(Quantity, &[&str]); 8] = [
    (
        Quantity::Time,
        &[
            "t",
            "time",
            "timestamp",
            "timestamps",
            "elapsed",
            "elapsedtime",
            "timeelapsed",
            "relativetime",
            "datetime",
            "unixtime",
            "unixtimestamp",
            "epoch",
            "epochtime",
            "zeit",
            "temps",
            "tiempo",
            "tempo",
        ],
    ),
    (Quantity::Force, &["f", "force", "load", "loadcell", "kraft", "fuerza", "forza"]),
    (Quantity::Position, &["p", "pos", "position"]),
    (Quantity::Acceleration, &["a", "acc", "accel", "acceleration", "accelerometer"]),
    (
        Quantity::AngularRate,
        &["g", "w", "gyr", "gyro", "gyroscope", "omega", "angularrate", "angularvelocity", "rotationrate"],
    ),
    (Quantity::MagneticField, &["m", "mag", "magnetometer", "magneticfield", "magfield"]),
    (Quantity::Orientation, &["q", "quat", "quaternion", "orientation"]),
    (Quantity::Angle, &["", "angle", "euler", "attitude"]),
];

/// Words before the name proper that say where the sensor sits, not what it measures.
const PLACES: [&str; 10] = ["field", "wrench", "msg", "data", "sensor", "imu", "tool", "tcp", "ft", "pose"];

/// Longest name that is looked at, in bytes: taking a name apart costs the square of its length.
const NAME: usize = 160;

/// Does the name mark a column made by a person or a classifier?
pub(super) fn is_label(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|word| LABELS.contains(&word.as_str())) || LABELS.contains(&words.concat().as_str())
}

/// What `name` says; none when it is not the name of a column to read.
///
/// A bare x, y or z, and a load, are what their unit says; without one they are nothing.
pub(super) fn parse(name: &str) -> Option<Said> {
    if name.len() > NAME || is_label(name) {
        return None;
    }
    let (base, unit) = parted(name.trim());
    match unit {
        Some(unit) => said(&words(base), Some(unit)),
        None => longest(base),
    }
}

/// The name before its unit, for names in brackets: `Fx [N]` is `Fx` and `N`.
pub(super) fn parted(name: &str) -> (&str, Option<&str>) {
    let last = name.chars().last();
    let open = match last {
        Some(')') => name.rfind('('),
        Some(']') => name.rfind('['),
        Some('}') => name.rfind('{'),
        _ => None,
    };
    match open {
        Some(at) if at > 0 => (name[..at].trim_end(), Some(name[at + 1..name.len() - 1].trim())),
        _ => (name, None),
    }
}

/// The longest part of the name that means something is its base, the rest is its unit: `force_x_N`, `Fx/N`, `Force, N`.
fn longest(name: &str) -> Option<Said> {
    if let Some(said) = said(&words(name), None) {
        return Some(said);
    }
    let ends = name.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, c)| (at, at + c.len_utf8()));
    let ends: Vec<(usize, usize)> = ends.collect();
    ends.into_iter().rev().find_map(|(end, next)| {
        let unit = name[next..].trim_matches(|c: char| !c.is_alphanumeric());
        let unit = unit.strip_prefix("in ").or_else(|| unit.strip_prefix("in_")).unwrap_or(unit);
        let base = name[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let base = base.strip_suffix(" in").or_else(|| base.strip_suffix("_in")).unwrap_or(base);
        if unit.is_empty() { None } else { said(&words(base), Some(unit)) }
    })
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn said(words: &[String], unit: Option<&str>) -> Option<Said> {
    let places = words.iter().take_while(|word| PLACES.contains(&word.as_str())).count();
    let words = &words[places.min(words.len().saturating_sub(1))..];
    let keep = |meaning| Some(Said { meaning, unit: unit.map(str::to_owned) });
    match words.concat().as_str() {
        "seconds" | "secs" | "secondselapsed" | "elapsedseconds" if unit.is_none() => Some(in_unit("s")),
        "millis" | "milliseconds" if unit.is_none() => Some(in_unit("ms")),
        "micros" | "microseconds" if unit.is_none() => Some(in_unit("us")),
        "normalforce" | "forcenormal" | "fnormal" | "fn" => keep(of(Quantity::Force, Some(Axis::Z))),
        base @ ("x" | "y" | "z") => keep(of(by_unit(unit?)?, axis(base))),
        base => meaning(base, words, unit).and_then(keep),
    }
}

/// A clock whose name is its unit.
fn in_unit(unit: &str) -> Said {
    Said { meaning: of(Quantity::Time, None), unit: Some(unit.to_owned()) }
}

fn of(quantity: Quantity, axis: Option<Axis>) -> Meaning {
    Meaning { quantity, axis }
}

/// What a bare x, y or z in `unit` can only be.
fn by_unit(unit: &str) -> Option<Quantity> {
    use Quantity::{Acceleration, AngularRate, Force, MagneticField, Position};
    let vectors = [Force, Position, Acceleration, AngularRate, MagneticField];
    vectors.into_iter().find(|quantity| unit::factor(*quantity, unit).is_some())
}

fn meaning(base: &str, words: &[String], unit: Option<&str>) -> Option<Meaning> {
    let (first, last) = (words.first()?.as_str(), words.last()?.as_str());
    let last_letter = base.char_indices().last().map_or("", |(at, _)| &base[at..]);
    let with_axis = |word: Option<&str>, letter: &str| Some((word?.to_owned(), Some(axis(letter)?)));
    let candidates = [
        Some((base.to_owned(), None)),
        with_axis(base.strip_suffix(last), last),
        with_axis(base.strip_prefix(first), first),
        with_axis(base.strip_suffix(last_letter), last_letter),
    ];
    let found = candidates.into_iter().flatten().find_map(|(word, axis)| {
        let quantity = WORDS.iter().find(|(quantity, of)| of.contains(&word.as_str()) && fits(*quantity, axis))?.0;
        Some((word, of(quantity, axis)))
    });
    // One letter or a load may be many things: only a unit of the quantity makes it one of them.
    let (word, meaning) = found?;
    let is_vague = matches!(word.as_str(), "a" | "g" | "w" | "m" | "p" | "load" | "loadcell");
    let is_backed = unit.is_some_and(|unit| unit::factor(meaning.quantity, unit).is_some());
    (!is_vague || is_backed).then_some(meaning)
}

fn fits(quantity: Quantity, axis: Option<Axis>) -> bool {
    use Axis::{Pitch, Roll, W, X, Y, Yaw, Z};
    match quantity {
        Quantity::Time => axis.is_none(),
        Quantity::Force => matches!(axis, None | Some(X | Y | Z)),
        Quantity::Orientation => matches!(axis, Some(W | X | Y | Z)),
        Quantity::Angle => matches!(axis, Some(Yaw | Pitch | Roll)),
        _ => matches!(axis, Some(X | Y | Z)),
    }
}

fn axis(word: &str) -> Option<Axis> {
    Some(match word {
        "x" => Axis::X,
        "y" => Axis::Y,
        "z" => Axis::Z,
        "w" => Axis::W,
        "yaw" => Axis::Yaw,
        "pitch" => Axis::Pitch,
        "roll" => Axis::Roll,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Option<(Quantity, Option<Axis>, Option<String>)> {
        parse(name).map(|said| (said.meaning.quantity, said.meaning.axis, said.unit))
    }

    #[test]
    fn names_in_many_styles() {
        let x = |unit: &str| Some((Quantity::Force, Some(Axis::X), Some(unit.to_owned())));
        for name in
            ["fx_N", "ForceX (N)", "Force x [N]", "F_x in N", "Fx/N", "Force X, N", "X Force (N)", "wrench.force.x N"]
        {
            assert_eq!(found(name), x("N"), "{name}");
        }
        assert_eq!(found("force_x_n"), x("n"));
        assert_eq!(found("Force, N"), Some((Quantity::Force, None, Some("N".into()))));
        assert_eq!(found("time in \u{b5}s"), Some((Quantity::Time, None, Some("\u{b5}s".into()))));
        assert_eq!(found("seconds_elapsed"), Some((Quantity::Time, None, Some("s".into()))));
        assert_eq!(found("timestamp"), Some((Quantity::Time, None, None)));
        assert_eq!(found("Zeit [s]"), Some((Quantity::Time, None, Some("s".into()))));
    }

    #[test]
    fn motion_in_many_styles() {
        let said = |name: &str, quantity, axis| {
            assert_eq!(parse(name).map(|s| s.meaning), Some(of(quantity, Some(axis))), "{name}");
        };
        said("Acc_x(m/s^2)", Quantity::Acceleration, Axis::X);
        said("accel_z_m_s2", Quantity::Acceleration, Axis::Z);
        said("Accelerometer X (g)", Quantity::Acceleration, Axis::X);
        said("x (g)", Quantity::Acceleration, Axis::X);
        said("az [m/s2]", Quantity::Acceleration, Axis::Z);
        said("Gyroscope X (deg/s)", Quantity::AngularRate, Axis::X);
        said("gyro_y_rad_s", Quantity::AngularRate, Axis::Y);
        said("Magnetometer Z (uT)", Quantity::MagneticField, Axis::Z);
        said("qw", Quantity::Orientation, Axis::W);
        said("q_x", Quantity::Orientation, Axis::X);
        said("quat_w", Quantity::Orientation, Axis::W);
        said("orientation.z", Quantity::Orientation, Axis::Z);
        said("yaw_deg", Quantity::Angle, Axis::Yaw);
        said("Pitch (deg)", Quantity::Angle, Axis::Pitch);
        said("pos z [mm]", Quantity::Position, Axis::Z);
        said("y_cm", Quantity::Position, Axis::Y);
        said("pose.position.x m", Quantity::Position, Axis::X);
    }

    #[test]
    fn other_quantities_are_left_alone() {
        for name in [
            "",
            "label",
            "tx_Nm",
            "Mx (Nm)",
            "x",
            "px (m/s)",
            "force_class_N",
            "ForceRez",
            "load",
            "pen_status",
            "PenStatus",
            "rota_x",
        ] {
            assert_eq!(parse(name), None, "{name}");
        }
    }
}
