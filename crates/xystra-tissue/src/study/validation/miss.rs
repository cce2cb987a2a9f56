//! Why findings are missed, as far as anybody knows: `data/tissue/misses.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    miss: Vec<Miss>,
}

/// Why one finding is missed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Miss {
    study: String,
    endpoint: String,
    why: String,
}

/// Why an endpoint of a study is missed; none: nobody has said.
pub(super) fn why(study: &str, endpoint: &str) -> Option<&'static str> {
    misses().iter().find(|miss| miss.study == study && miss.endpoint == endpoint).map(|miss| miss.why.as_str())
}

fn misses() -> &'static [Miss] {
    static MISSES: OnceLock<Vec<Miss>> = OnceLock::new();
    MISSES.get_or_init(|| parse().expect("data/tissue/misses.toml reads, as a test shows"))
}

fn parse() -> Result<Vec<Miss>, Error> {
    let read = toml::from_str::<File>(include_str!("../../../../../data/tissue/misses.toml"));
    let wrong = |e: toml::de::Error| Error::File { file: "data/tissue/misses.toml".to_owned(), what: e.to_string() };
    read.map(|file| file.miss).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::library::study;

    #[test]
    fn every_explanation_is_of_an_endpoint_that_there_is() {
        for miss in parse().expect("the file reads") {
            let study = study(&miss.study).expect("a study");
            let known = study.endpoints.iter().any(|endpoint| endpoint.id == miss.endpoint);
            assert!(known && miss.why.ends_with('.'), "{} {}", miss.study, miss.endpoint);
        }
    }
}
