//! `xystra study list`.

use std::fmt::Write;

use xystra_tissue::study::Study;
use xystra_tissue::study::library::studies;

use crate::dose::out::print;

/// The studies that Xystra carries.
#[derive(Debug, clap::Args)]
pub(crate) struct List {}

impl List {
    pub(crate) fn run() -> anyhow::Result<()> {
        print(&text(studies()))
    }
}

/// One line a study: id, endpoints of which so many verified, title.
fn text(studies: &[Study]) -> String {
    let width = studies.iter().map(|study| study.about.id.len()).max().unwrap_or(0);
    let mut text = format!("{:width$}  verified endpoints  title\n", "id");
    for study in studies {
        let verified = study.endpoints.iter().filter(|endpoint| endpoint.verified).count();
        let shown = if study.about.calibrates { "" } else { " (not calibrated on)" };
        let counts = format!("{verified} of {}", study.endpoints.len());
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {counts:<18}  {}{shown}", study.about.id, study.about.title);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_study_has_its_line() {
        let text = text(studies());
        assert_eq!(text.lines().count(), studies().len() + 1);
        assert!(text.contains("c13-lee-2016"), "{text}");
    }
}
