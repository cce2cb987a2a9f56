//! The studies of `data/studies`, embedded at build.

use std::sync::OnceLock;

use crate::error::Error;
use crate::study::Study;

macro_rules! studies {
    ($($id:literal),* $(,)?) => {
        &[$((concat!("data/studies/", $id, ".toml"), include_str!(concat!("../../../../data/studies/", $id, ".toml")))),*]
    };
}

/// File and text of each, in the order in which they are shown.
const FILES: &[(&str, &str)] = studies![
    "bailey-2017",
    "braun-2011",
    "burke-2007",
    "c04-myers-rat-force",
    "c05-loghmani-2009",
    "c06-haas-2012",
    "c07-goldberg-1992",
    "c07-goldberg-1994",
    "c07-morelli-1990",
    "c07-morelli-1991",
    "c07-sullivan-1991",
    "c08-dubinskaya-2023",
    "c08-nielsen-2007",
    "c09-portillo-soto-2014",
    "c10-laudner-2014",
    "c11-markovic-2015",
    "c12-langberg-1999",
    "c12-langberg-2000",
    "c12-miller-2005",
    "c12-miller-2007",
    "c13-lee-2016",
    "c14-el-hafez-2020",
    "c15-yang-2005",
    "c16-tennis-elbow-untreated",
    "c17-neck-pain-physiotherapy",
    "c18-tang-2024-deficit",
    "c18-tang-2024-healthy",
    "c18-tang-2025-pain",
    "c19-vardiman-2015",
    "c20-stanek-2018",
    "c21-thomson-2015",
    "c22-sherman-2014",
    "c23-aboodarda-2015",
    "crawford-2014",
    "davidson-1997",
    "dideriksen-2013",
    "gehlsen-1999",
    "gulick-2014",
    "gulick-2018",
    "heinecke-2014",
    "kong-2018",
    "loghmani-2021",
    "myburgh-2018",
    "mylonas-2021",
    "saha-2019",
    "schaefer-2012",
    "sevier-2015",
    "wallwork-2024-persistent",
    "xu-2012",
    "yuen-2017",
];

/// All studies.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same files.
pub fn studies() -> &'static [Study] {
    static STUDIES: OnceLock<Vec<Study>> = OnceLock::new();
    STUDIES.get_or_init(|| embedded().expect("data/studies reads, as a test shows"))
}

/// The study with this id.
pub fn study(id: &str) -> Result<&'static Study, Error> {
    studies().iter().find(|study| study.about.id == id).ok_or_else(|| Error::Unknown {
        what: "study",
        key: id.to_owned(),
        known: studies().iter().map(|study| study.about.id.as_str()).collect::<Vec<_>>().join(", "),
    })
}

/// The text of the study with this id.
pub fn text(id: &str) -> Option<&'static str> {
    let file = format!("data/studies/{id}.toml");
    FILES.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}

fn embedded() -> Result<Vec<Study>, Error> {
    FILES.iter().map(|(file, text)| Study::parse(file, text)).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_is_embedded_and_carries_its_id() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/studies");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().replace(".toml", ""))
            .collect();
        files.sort();
        let studies = embedded().unwrap_or_else(|fault| panic!("{fault}"));
        let ids: Vec<String> = studies.into_iter().map(|study| study.about.id).collect();
        assert_eq!(ids, files);
    }

    #[test]
    fn sources_are_references() {
        let known = &xystra_catalog::catalog().sources;
        for study in studies() {
            let sources = study.endpoints.iter().filter_map(|e| e.source.as_ref()).chain(&study.about.source);
            for source in sources {
                assert!(known.contains_key(source), "{}: {source} is not in data/references.bib", study.about.id);
            }
        }
    }
}
