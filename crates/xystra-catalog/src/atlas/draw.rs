//! The atlas as SVG: front and back side by side, with L and R as letters on each.
//!
//! The drawing has classes only, so that it follows the page's theme under a strict content security policy;
//! `static/css/bodymap.css` of xystra-web styles them.

mod cells;
mod frame;
mod tags;

use std::collections::BTreeMap;

use super::cell::Cell;
use super::region::RegionId;
use super::{Atlas, View};

/// What a page knows about a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Something was found there: hatched.
    pub finding: bool,
    /// It was treated: solid.
    pub treated: bool,
    /// It is the one being talked about: outlined.
    pub selected: bool,
    /// The number of its row in the table beside the map, drawn as a tag.
    pub number: Option<u8>,
}

/// What a cell does.
#[derive(Clone, Copy)]
pub enum Mode<'a> {
    /// A picture: one image to assistive technology.
    Plain,
    /// Each cell is a link to the address that the function gives.
    Links(&'a dyn Fn(&RegionId) -> String),
    /// Each cell is a checkbox of this form field, its value the region's id; works without script.
    Choices {
        /// Name of the field.
        name: &'a str,
    },
}

/// A drawing to be made.
#[derive(Clone, Copy)]
pub struct Drawing<'a> {
    /// What is known about which region; regions not named here are plain.
    pub marks: &'a BTreeMap<RegionId, Mark>,
    /// What a cell does.
    pub mode: Mode<'a>,
    /// What the map shows: the start of its accessible name.
    pub title: &'a str,
    /// Put before every element id, so that two maps can share a page; letters, digits and hyphens.
    pub id_prefix: &'a str,
}

/// The whole SVG element.
pub fn svg(atlas: &Atlas, drawing: &Drawing<'_>) -> String {
    let role = if matches!(drawing.mode, Mode::Plain) { "img" } else { "group" };
    let mut out = format!(
        r#"<svg class="bodymap" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="{role}" aria-label="{}">"#,
        frame::WIDTH,
        frame::HEIGHT,
        escape(&summary(atlas, drawing))
    );
    out += &frame::patterns(drawing.id_prefix);
    for view in View::ALL {
        let cells = cells::view(atlas, view, drawing) + &cells::rings(atlas, view, drawing);
        out += &frame::view(atlas, view, drawing.id_prefix, &cells);
    }
    out += &tags::tags(atlas, drawing.marks);
    out + "</svg>"
}

impl Mark {
    /// What is so, in words: "finding 1, treated, no strokes".
    fn words(self, cell: &Cell) -> Vec<String> {
        let number = self.number.map_or(String::new(), |n| format!(" {n}"));
        let finding = self.finding.then(|| format!("finding{number}"));
        let tag = (!self.finding && self.number.is_some()).then(|| format!("number{number}"));
        let treated = self.treated.then(|| "treated".to_owned());
        let selected = self.selected.then(|| "selected".to_owned());
        let care = cell.sensitive().map(|class| class.word().to_owned());
        [finding, tag, treated, selected, care].into_iter().flatten().collect()
    }
}

/// Side, name, view and state: "left outer elbow (back view), finding 1".
fn full_label(cell: &Cell, mark: Mark) -> String {
    std::iter::once(cell.label()).chain(mark.words(cell)).collect::<Vec<_>>().join(", ")
}

/// The title, and in words what is marked.
fn summary(atlas: &Atlas, drawing: &Drawing<'_>) -> String {
    let marked = atlas.cells().iter().filter_map(|cell| Some(full_label(cell, *drawing.marks.get(&cell.id)?)));
    let marked = marked.collect::<Vec<_>>().join("; ");
    let marked = if marked.is_empty() { "nothing marked".to_owned() } else { marked };
    format!("{}, front and back view: {marked}", drawing.title)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
