//! What the model is held against: published beside simulated, study by study, with the misses in words.

mod held;
mod row;

use askama::Template;
use axum::response::Response;
use xystra_tissue::library::library;
use xystra_tissue::study::Study;

use super::worked_out;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::catalog::words;
use held::{Held, held};
use row::{Row, Verdict};

#[derive(Template)]
#[template(path = "lab/validation.html")]
struct Page {
    frame: Frame,
    studies: Vec<Shown>,
    /// Were parameters fitted to the studies?
    is_fitted: bool,
}

/// One study.
struct Shown {
    study: &'static Study,
    rows: Vec<Row>,
    /// Why the model has no answer.
    fault: String,
}

/// `GET /lab/validation`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    let studies = worked_out(|| Ok(held().iter().map(Shown::of).collect())).await?;
    let is_fitted = !library().calibrations.is_empty();
    page(&Page { frame: visitor.frame("Held against studies", Nav::Lab), studies, is_fitted })
}

impl Shown {
    fn of(held: &Held) -> Self {
        let study = held.study;
        match &held.report {
            Ok(report) => {
                let pairs = study.endpoints.iter().zip(&report.endpoints);
                let rows = pairs.map(|(endpoint, finding)| Row::of(study, endpoint, finding)).collect();
                Self { study, rows, fault: String::new() }
            }
            Err(error) => Self { study, rows: Vec::new(), fault: error.to_string() },
        }
    }

    /// The source as it is quoted.
    fn source(&self) -> String {
        self.study.about.source.as_deref().map(words::cite).unwrap_or_default()
    }

    /// Key of the source among the references, if it is one.
    fn key(&self) -> Option<&str> {
        self.study.about.source.as_deref().filter(|key| xystra_catalog::catalog().source(key).is_some())
    }

    /// "2 of 3 inside".
    fn meets(&self) -> String {
        let judged = || self.rows.iter().filter(|row| row.is_verified && row.verdict != Verdict::NotJudged);
        let inside = judged().filter(|row| row.verdict == Verdict::Inside).count();
        match judged().count() {
            0 => "nothing verified".to_owned(),
            all => format!("{inside} of {all} inside"),
        }
    }

    fn misses(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_verified && row.verdict == Verdict::Outside)
    }
}

impl Page {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.studies.iter().flat_map(|study| &study.rows)
    }

    /// Verified findings inside their bands, of how many: of studies that the parameters were fitted to, or of those kept aside.
    fn count(&self, fitted: bool) -> (usize, usize) {
        let studies = self.studies.iter().filter(|shown| shown.study.about.calibrates == fitted);
        let judged =
            studies.flat_map(|study| &study.rows).filter(|row| row.is_verified && row.verdict != Verdict::NotJudged);
        (judged.clone().filter(|row| row.verdict == Verdict::Inside).count(), judged.count())
    }

    fn unverified(&self) -> usize {
        self.rows().filter(|row| !row.is_verified).count()
    }

    fn missed(&self) -> Vec<&Shown> {
        self.studies.iter().filter(|study| study.misses().next().is_some()).collect()
    }
}
