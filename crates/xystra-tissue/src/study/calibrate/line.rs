//! A model and studies so small that their answers are known, for tests.

use crate::error::Error;
use crate::library::{Library, Prior};
use crate::study::Study;
use crate::study::calibrate::Model;
use crate::study::endpoint::Endpoint;

/// Two findings follow two parameters in a straight line; no study knows the third. One mechanism is needed, the others do nothing.
pub(crate) struct Line;

impl Model for Line {
    fn seed(&self) -> u64 {
        3
    }

    fn simulated(&self, study: &Study, values: &[(&str, f64)]) -> Result<Vec<f64>, Error> {
        let value = |id: &str| values.iter().rev().find(|(name, _)| *name == id).map_or(0.0, |(_, value)| *value);
        let by_endpoint = |endpoint: &Endpoint| match endpoint.id.as_str() {
            "gain" => value("neural") * value("motion_tolerance") * 40.0,
            _ => 10.0 * value("expectation_pain"),
        };
        Ok(study.endpoints.iter().map(by_endpoint).collect())
    }
}

fn study(id: &str, endpoint: &str) -> Study {
    let text = format!(
        "study = {{ id = \"{id}\", title = \"S\", tissue = \"human-muscle\" }}\n[subjects]\nn = 16\n\
         [[arm]]\nid = \"a\"\ncomparator = \"treatment\"\n\
         [[endpoint]]\nkind = \"value\"\narm = \"a\"\nat = \"1 d\"\nverified = true\n{endpoint}"
    );
    Study::parse("s.toml", &text).expect("a study")
}

pub(crate) fn library() -> Library {
    let prior = |id: &str, value, low, high| Prior {
        id: id.to_owned(),
        value,
        low,
        high,
        fits: true,
        ..crate::library().priors[0].clone()
    };
    let known = crate::library().clone();
    let priors = vec![
        prior("motion_tolerance", 0.12, 0.01, 1.0),
        prior("expectation_pain", 0.2, 0.01, 1.0),
        prior("mu_g", 1.0, 0.1, 10.0),
        Prior { fits: false, ..prior("neural", 1.0, 0.0, 1.0) },
    ];
    Library { priors, ..known }
}

pub(crate) fn studies() -> Vec<Study> {
    vec![
        study("one", "id = \"gain\"\nquantity = \"motion\"\npublished = 10\nse = 0.5"),
        study("two", "id = \"gain\"\nquantity = \"motion\"\npublished = 12\nse = 0.5"),
        study("null", "id = \"none\"\nquantity = \"pain\"\npublished = 1\nse = 0.15"),
    ]
}
