//! Doses as earlier programs wrote them.

use serde_json::{Map, Value, json};
use xystra_dose::Dose;

/// The dose in a document of any version of the method; `None` when it holds none. `dose-1` wrote plain numbers and knew no
/// doubt, so none is shown for them.
pub fn kept_dose(document: &Value) -> Option<Dose> {
    let read = |document: Value| serde_json::from_value(document).ok();
    read(document.clone()).or_else(|| read(with_ends(document.as_object()?)))
}

fn with_ends(numbers: &Map<String, Value>) -> Value {
    let ends = |value: &Value| match value {
        Value::Number(number) => json!({ "value": number, "low": number, "high": number }),
        other => other.clone(),
    };
    numbers.iter().map(|(name, value)| (name.clone(), ends(value))).collect::<Map<_, _>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use xystra_dose::{Estimate, Provenance};

    #[test]
    fn a_dose_of_the_first_method_is_read_without_doubt() {
        let old = json!({
            "provenance": "measured", "contact_s": 24.1, "strokes": 20, "rate_per_min": null, "mean_force_n": 3.9,
            "peak_force_n": 5.9, "mean_resultant_n": 4.1, "peak_resultant_n": 6.1, "impulse_ns": 94.1,
            "resultant_impulse_ns": 98.3,
        });
        let dose = kept_dose(&old).unwrap();
        assert_eq!((dose.provenance, dose.rate_per_min), (Provenance::Measured, None));
        assert_eq!((dose.mean_force_n, dose.strokes), (Estimate::exact(3.9), Estimate::exact(20.0)));
        assert_eq!(dose.peak_resultant_n, Some(Estimate::exact(6.1)));
        assert_eq!(kept_dose(&serde_json::to_value(dose).unwrap()), Some(dose), "and as this method writes it");
    }

    #[test]
    fn what_is_no_dose_is_none() {
        assert_eq!(kept_dose(&json!(1.5)), None);
        assert_eq!(kept_dose(&json!({ "mean_force_n": 1.0 })), None);
    }
}
