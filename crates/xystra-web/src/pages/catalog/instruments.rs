//! Instruments by family, strokes, and what is put on the skin.

use askama::Template;
use axum::response::Response;
use xystra_catalog::catalog;
use xystra_catalog::instrument::{Edge, Emollient, Instrument, Stroke};

use super::words;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/instruments.html")]
struct Page {
    frame: Frame,
    families: Vec<(&'static str, Vec<&'static Instrument>)>,
    trademarks: Vec<&'static str>,
    strokes: &'static [Stroke],
    emollients: &'static [Emollient],
}

/// `GET /catalog/instruments`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    page(&Page {
        frame: visitor.frame("Instruments", Nav::Catalog),
        families: families(),
        trademarks: trademarks(),
        strokes: &catalog().strokes,
        emollients: &catalog().emollients,
    })
}

fn families() -> Vec<(&'static str, Vec<&'static Instrument>)> {
    let mut families: Vec<(&str, Vec<&Instrument>)> = Vec::new();
    for instrument in &catalog().instruments {
        match families.iter_mut().find(|(family, _)| *family == instrument.family) {
            Some((_, instruments)) => instruments.push(instrument),
            None => families.push((&instrument.family, vec![instrument])),
        }
    }
    families
}

fn family_name(family: &str) -> &str {
    match family {
        "graston" => "Graston set",
        "gua-sha" => "Gua sha",
        "multi-curve" => "With several curves",
        "handlebar" => "Handlebars",
        "smart-tools" => "Smart Tools kind",
        "hand" => "Hand, for comparison",
        other => other,
    }
}

/// Each notice once.
pub(in crate::pages) fn trademarks() -> Vec<&'static str> {
    let mut notices: Vec<&str> = catalog().instruments.iter().filter_map(|one| one.trademark.as_deref()).collect();
    notices.sort_unstable();
    notices.dedup();
    notices
}

/// "single, 30 to 60 degrees", "rounded".
fn bevel(edge: &Edge) -> String {
    match &edge.bevel_deg {
        Some(degrees) => format!("{}, {}°", edge.bevel, words::range(degrees)),
        None => edge.bevel.clone(),
    }
}
