//! An edge beside a thumb in the same layers: where the strain goes, and what the hand carries.

mod drawing;
mod pressed;
mod settings;
mod words;

use std::sync::Arc;

use askama::Template;
use axum::extract::RawQuery;
use axum::response::{Html, IntoResponse, Response};
use xystra_tissue::Error;
use xystra_tissue::contact::thumb;

use super::kept::Kept;
use super::worked_out;
use crate::auth::Visitor;
use crate::chart::Tool;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::show::number;
use drawing::{LEVELS, drawing, peak, percent};
use pressed::{Pressed, THUMB_LENGTH_MM};
use settings::{Hold, Settings, Shown};

#[derive(Template)]
#[template(path = "lab/contact.html")]
struct Page {
    frame: Frame,
    settings: Settings,
    answer: Arc<String>,
}

/// What is replaced while somebody slides.
#[derive(Template)]
#[template(path = "lab/contact_answer.html")]
struct Answer {
    heading: String,
    layers: String,
    says: String,
    sides: [Side; 2],
    is_valid: bool,
    validity: Vec<String>,
    hand: String,
    hand_source: String,
    rows: Vec<Row>,
}

/// Edge or thumb.
struct Side {
    name: &'static str,
    words: String,
    svg: String,
}

/// A layer in the table.
struct Row {
    name: String,
    thickness: String,
    /// Stretch, compression, shear; each under the edge and under the thumb.
    strains: [[String; 2]; 3],
}

static KEPT: Kept<String> = Kept::new();

/// `GET /lab/contact`.
pub(super) async fn show(visitor: Visitor, RawQuery(query): RawQuery) -> Result<Response, WebError> {
    let settings = Settings::read(&query.unwrap_or_default());
    let answer = answered(settings).await?;
    page(&Page { frame: visitor.frame("Edge and thumb", Nav::Lab), settings, answer })
}

/// `GET /lab/contact/answer`: the part of the page that follows the sliders.
pub(super) async fn answer(RawQuery(query): RawQuery) -> Result<Response, WebError> {
    let answer = answered(Settings::read(&query.unwrap_or_default())).await?;
    Ok(Html(answer.as_str().to_owned()).into_response())
}

async fn answered(settings: Settings) -> Result<Arc<String>, WebError> {
    worked_out(move || KEPT.get(&settings.query(), || Ok(Answer::of(&settings)?.render()?))).await
}

impl Answer {
    fn of(settings: &Settings) -> Result<Self, Error> {
        let pressed = Pressed::of(settings)?;
        let (is_valid, validity) = words::validity(&pressed);
        let held = if settings.hold == Hold::Force { "same force" } else { "same depth" };
        Ok(Self {
            heading: format!("{} by depth, {held}", crate::show::capital(settings.shown.word())),
            layers: layers(settings, &pressed),
            says: words::says(settings, &pressed),
            sides: [edge(settings, &pressed), pad(settings, &pressed)],
            is_valid,
            validity,
            hand: words::hand(settings, &pressed),
            hand_source: words::hand_source(),
            rows: rows(&pressed),
        })
    }
}

/// "Forearm · muscle relaxed · skin 1.5, fat 6, fascia 1, muscle 22 mm".
fn layers(settings: &Settings, pressed: &Pressed) -> String {
    let layers = pressed.stack.layers.iter().map(|layer| format!("{} {}", layer.name, number(layer.thickness_mm, 1)));
    let layers = layers.collect::<Vec<_>>().join(", ");
    format!(
        "{} \u{b7} muscle {} \u{b7} {layers} mm",
        crate::show::capital(&settings.region.name),
        settings.muscle_word()
    )
}

fn edge(settings: &Settings, pressed: &Pressed) -> Side {
    let contact = &pressed.edge.contact;
    let edge = settings.edge();
    let bevel = edge.bevel_deg.unwrap_or(90.0);
    let tool = Tool::Edge {
        radius_mm: settings.radius_mm,
        flanks_deg: [bevel + edge.tilt_deg, bevel - edge.tilt_deg],
        angle_deg: settings.angle_deg,
        depth_mm: contact.depth_mm,
        half_width_mm: contact.half_width_mm,
    };
    let load = load(pressed.force_n[0], settings.length_mm);
    let depth = number(contact.depth_mm, 1);
    let finding = format!("An instrument’s edge pressed {depth} millimetres in.");
    let svg = drawing(&pressed.edge, &pressed.stack, settings.shown, tool, load, &finding);
    Side { name: "Instrument edge", words: format!("radius {} mm, {depth} mm in", number(settings.radius_mm, 1)), svg }
}

fn pad(settings: &Settings, pressed: &Pressed) -> Side {
    let (contact, radius_mm) = (&pressed.thumb.contact, thumb().radius_mm.value);
    let depth = number(contact.depth_mm, 1);
    let finding = format!("A thumb’s pad pressed {depth} millimetres in.");
    let tool = Tool::Thumb { radius_mm, depth_mm: contact.depth_mm };
    let svg = drawing(
        &pressed.thumb,
        &pressed.stack,
        settings.shown,
        tool,
        load(pressed.force_n[1], THUMB_LENGTH_MM),
        &finding,
    );
    Side { name: "Thumb", words: format!("pad radius {} mm, {depth} mm in", number(radius_mm, 1)), svg }
}

fn load(force_n: f64, length_mm: f64) -> [String; 2] {
    [format!("{} N", number(force_n, 1)), format!("on {} mm", number(length_mm, 0))]
}

fn rows(pressed: &Pressed) -> Vec<Row> {
    let strains = pressed.edge.contact.layers.iter().zip(&pressed.thumb.contact.layers);
    let rows = pressed.stack.layers.iter().zip(strains).map(|(layer, (edge, thumb))| Row {
        name: layer.name.clone(),
        thickness: number(layer.thickness_mm, 1),
        strains: [Shown::Stretch, Shown::Compression, Shown::Shear]
            .map(|shown| [percent(peak(edge, shown)), percent(peak(thumb, shown))]),
    });
    rows.collect()
}
