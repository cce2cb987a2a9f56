//! Curves that were worked out before, by layers and edge: `data/tissue/curves.json`, written by the example `curves`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::Value;

use crate::contact::{Curve, Edge};
use crate::error::Error;
use crate::layers;

/// Forces that curves for studies and courses go through, N: between them powers of the force hold within some per cent.
const FORCES_N: [f64; 4] = [0.5, 2.0, 8.0, 32.0];

type Curves = BTreeMap<String, Arc<Curve>>;

/// The curve of an edge on the layers of a region: kept in the file or since the program began, else worked out in a second or two.
pub(super) fn curve(region: &str, edge: &Edge) -> Result<Arc<Curve>, Error> {
    let stack = layers::stack(region)?;
    let key = format!("{region} {:016x} {edge:?}", fingerprint(&format!("{stack:?} {FORCES_N:?}")));
    if let Some(curve) = all().lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return Ok(Arc::clone(curve));
    }
    let curve = Arc::new(Curve::through(&stack, edge, FORCES_N)?);
    all().lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&curve));
    Ok(curve)
}

/// Every curve known by now, as the text of `data/tissue/curves.json`: a line for each, in the order of their keys.
pub fn kept_curves() -> String {
    let curves = all().lock().unwrap_or_else(PoisonError::into_inner);
    let points = |curve: &Curve| rounded(serde_json::to_value(curve.points()).unwrap_or_default()).to_string();
    let line = |(key, curve): (&String, &Arc<Curve>)| format!("{}: {}", Value::from(key.as_str()), points(curve));
    format!("{{\n{}\n}}\n", curves.iter().map(line).collect::<Vec<_>>().join(",\n"))
}

fn all() -> &'static Mutex<Curves> {
    static ALL: OnceLock<Mutex<Curves>> = OnceLock::new();
    ALL.get_or_init(|| Mutex::new(embedded()))
}

/// What the file holds; curves of layers that have changed since have another key, and are never asked for.
fn embedded() -> Curves {
    let text = include_str!("../../../../../data/tissue/curves.json");
    let read: BTreeMap<String, Vec<_>> = serde_json::from_str(text).unwrap_or_default();
    read.into_iter().filter_map(|(key, points)| Some((key, Arc::new(Curve::from_points(points)?)))).collect()
}

/// Numbers to five digits, so that a file written again from itself is the same.
fn rounded(value: Value) -> Value {
    match value {
        Value::Array(all) => all.into_iter().map(rounded).collect(),
        Value::Object(all) => Value::Object(all.into_iter().map(|(key, one)| (key, rounded(one))).collect()),
        Value::Number(number) => {
            let text = number.as_f64().map_or_else(String::new, |number| format!("{number:.4e}"));
            text.parse::<f64>().map_or(Value::Number(number), Value::from)
        }
        other => other,
    }
}

/// FNV-1a, 64 bits.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_curve_is_what_would_be_worked_out_now() {
        let edge = Edge {
            radius_mm: 2.0,
            length_mm: Some(40.0),
            along_mm: None,
            bevel_deg: None,
            tilt_deg: 0.0,
            friction: 0.0,
        };
        let (kept, now) =
            (curve("calf", &edge).unwrap(), Curve::through(&layers::stack("calf").unwrap(), &edge, FORCES_N).unwrap());
        for (a, b) in kept.points().iter().zip(now.points()) {
            assert!(
                (a.mean_pressure_kpa / b.mean_pressure_kpa - 1.0).abs() < 1e-3,
                "run the example `curves`: {a:?} {b:?}"
            );
        }
        assert_eq!(kept.points().len(), now.points().len());
    }

    #[test]
    fn every_kept_curve_reads() {
        let text = include_str!("../../../../../data/tissue/curves.json");
        let lines = text.lines().filter(|line| line.contains("force_n")).count();
        assert_eq!(embedded().len(), lines);
    }
}
