//! Findings in words: the choices of the form and what the table says.

use serde::Serialize;
use xystra_care::finding::{Depth, How, Kind};

use crate::form::word;

/// What a form posts and what a person reads.
pub(in crate::pages) type Choice = (&'static str, &'static str);

pub(in crate::pages) const KINDS: &[Choice] = &[
    ("restriction", "Restriction"),
    ("adhesion", "Feels stuck"),
    ("scar", "Scar"),
    ("texture", "Rough, grainy"),
    ("tenderness", "Tender"),
    ("swelling", "Swollen"),
    ("warmth", "Warm"),
];

pub(in crate::pages) const SEVERITIES: &[Choice] = &[("1", "1 slight"), ("2", "2 moderate"), ("3", "3 marked")];

pub(in crate::pages) const DEPTHS: &[Choice] =
    &[("", "Not said"), ("superficial", "Skin and under it"), ("fascia", "Deep fascia"), ("deep", "Muscle or tendon")];

pub(in crate::pages) const HOWS: &[Choice] = &[
    ("hand", "By hand"),
    ("scan-clinician", "Scan: I felt it"),
    ("scan-client", "Scan: client felt it"),
    ("measured", "By measuring"),
];

/// "Tender".
pub(in crate::pages) fn kind(kind: Kind) -> &'static str {
    said(KINDS, &kind)
}

/// "Deep fascia"; empty when nobody said.
pub(in crate::pages) fn depth(depth: Option<Depth>) -> &'static str {
    depth.map_or("", |depth| said(DEPTHS, &depth))
}

/// How it was found, as the table says it: there "I" would be somebody else.
pub(in crate::pages) fn how(how: How) -> &'static str {
    match how {
        How::Hand => "By hand",
        How::ScanClinician => "Scan, felt by the clinician",
        How::ScanClient => "Scan, felt by the client",
        How::Measured => "By measuring",
    }
}

fn said<T: Serialize>(choices: &'static [Choice], value: &T) -> &'static str {
    let value = word(value);
    choices.iter().find(|(known, _)| *known == value).map_or("", |(_, said)| said)
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::*;

    fn parses<T: DeserializeOwned>(choices: &[Choice]) -> bool {
        let parse = |word: &str| serde_json::from_value::<T>(serde_json::Value::String(word.to_owned())).is_ok();
        choices.iter().filter(|(word, _)| !word.is_empty()).all(|(word, _)| parse(word))
    }

    #[test]
    fn every_choice_is_one_of_the_record() {
        assert!(parses::<Kind>(KINDS) && parses::<Depth>(DEPTHS) && parses::<How>(HOWS));
        assert_eq!((kind(Kind::Warmth), depth(Some(Depth::Fascia)), depth(None)), ("Warm", "Deep fascia", ""));
    }
}
