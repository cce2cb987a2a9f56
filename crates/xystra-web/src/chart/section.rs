//! A cut through pressed tissue: its layers as they bend, how much they are strained, and what presses.

mod tool;

use super::{Anchor, Svg};
pub use tool::Tool;

/// A place in the cut, mm: to the right of the middle, and below the skin at rest.
pub type Place = (f64, f64);

/// What the drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What the picture says in words.
    pub finding: String,
    /// From the skin down.
    pub layers: Vec<Band>,
    /// What presses.
    pub tool: Tool,
    /// Beside the arrow: how hard, and on what length.
    pub load: [String; 2],
}

/// One layer in the cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Which of the drawn tissues it is: `skin`, `fat`, `fascia`, `muscle`, `tendon`.
    pub class: &'static str,
    /// Its name.
    pub name: String,
    /// Its strain in words: "17 %".
    pub strain: String,
    /// Its upper face, from left to right.
    pub top: Vec<Place>,
    /// Its lower face, from left to right.
    pub bottom: Vec<Place>,
    /// Outlines of the parts strained beyond each level, from the lowest level up.
    pub shades: Vec<Vec<Vec<Place>>>,
}

const WIDTH: f64 = 442.0;
const HEIGHT: f64 = 366.0;
/// Where the skin at rest lies.
const SKIN: f64 = 118.0;
/// Half of what is seen from left to right, mm.
pub const HALF_WIDTH_MM: f64 = 18.0;
const PER_MM: f64 = WIDTH / (2.0 * HALF_WIDTH_MM);
/// What is seen below the skin at rest, mm.
pub const DEPTH_MM: f64 = (HEIGHT - SKIN) / PER_MM;
/// Between the baselines of two labels, at least.
const LINE: f64 = 20.0;

/// The drawing.
pub fn section(section: &Section) -> String {
    let mut svg = Svg::image("chart xsec", WIDTH, HEIGHT, &section.finding);
    bone(&mut svg, section);
    for layer in &section.layers {
        band(&mut svg, layer);
    }
    for layer in &section.layers {
        svg.line("iface", &layer.top.iter().copied().map(on_paper).collect::<Vec<_>>());
    }
    if let Some(last) = section.layers.last() {
        svg.line("iface", &last.bottom.iter().copied().map(on_paper).collect::<Vec<_>>());
    }
    section.tool.draw(&mut svg);
    load(&mut svg, &section.load);
    labels(&mut svg, &section.layers);
    svg.finish()
}

/// From mm to the units of the drawing.
fn on_paper((x, y): Place) -> (f64, f64) {
    (WIDTH / 2.0 + x * PER_MM, SKIN + y * PER_MM)
}

fn band(svg: &mut Svg, layer: &Band) {
    let around: Vec<Place> = layer.top.iter().chain(layer.bottom.iter().rev()).copied().collect();
    svg.path(&format!("lay {}", layer.class), &closed(&around));
    for (level, outlines) in (1..).zip(&layer.shades) {
        let d: String = outlines.iter().map(|outline| closed(outline)).collect();
        if !d.is_empty() {
            svg.path(&format!("e{level}"), &d);
        }
    }
}

fn closed(places: &[Place]) -> String {
    if places.len() < 3 {
        return String::new();
    }
    let points: Vec<String> = places.iter().copied().map(on_paper).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    format!("M{}z", points.join("L"))
}

/// What lies below the last layer.
fn bone(svg: &mut Svg, section: &Section) {
    let face = section.layers.last().map(|layer| layer.bottom.as_slice()).unwrap_or_default();
    if let (Some(first), Some(last)) = (face.first(), face.last()) {
        let below = DEPTH_MM.max(first.1).max(last.1);
        let corners = [(last.0, below), (first.0, below)];
        svg.path("lay bone", &closed(&face.iter().copied().chain(corners).collect::<Vec<_>>()));
    }
}

fn load(svg: &mut Svg, words: &[String; 2]) {
    svg.path("arrow", "M22 22v46m-8 -10l8 10l8 -10");
    svg.text("at", (38.0, 42.0), Anchor::Start, &words[0]);
    svg.text("al", (38.0, 60.0), Anchor::Start, &words[1]);
}

/// Name and strain of each layer at the rims, pushed apart where layers are thin.
fn labels(svg: &mut Svg, layers: &[Band]) {
    let mut free = SKIN - LINE;
    for layer in layers {
        let (Some(top), Some(bottom)) = (layer.top.first(), layer.bottom.first()) else { continue };
        let seen = bottom.1.min(DEPTH_MM);
        let y = (on_paper((0.0, f64::midpoint(top.1, seen))).1 + 5.0).max(free).min(HEIGHT - 8.0);
        svg.text("ln halo", (10.0, y), Anchor::Start, &layer.name);
        svg.text("ln halo", (WIDTH - 10.0, y), Anchor::End, &layer.strain);
        free = y + LINE;
    }
    let bone = layers.last().and_then(|layer| layer.bottom.first()).map_or(f64::MAX, |place| place.1);
    if bone + 1.0 < DEPTH_MM {
        svg.text("al halo", (10.0, (on_paper((0.0, bone)).1 + LINE).min(HEIGHT - 8.0)), Anchor::Start, "bone");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(class: &'static str, top: f64, bottom: f64) -> Band {
        let face = |y: f64| vec![(-HALF_WIDTH_MM, y), (0.0, y), (HALF_WIDTH_MM, y)];
        let shades = vec![vec![vec![(-1.0, top), (1.0, top), (1.0, bottom)]], Vec::new()];
        Band { class, name: class.into(), strain: "7 %".into(), top: face(top), bottom: face(bottom), shades }
    }

    fn cut(tool: Tool) -> Section {
        let layers = vec![flat("skin", 0.0, 1.5), flat("fat", 1.5, 2.5), flat("muscle", 2.5, 40.0)];
        Section { finding: "An edge".into(), layers, tool, load: ["6 N".into(), "on 35 mm".into()] }
    }

    #[test]
    fn every_layer_has_its_colour_its_shades_and_its_words() {
        let flanks_deg = [89.0, 45.0];
        let edge = Tool::Edge { radius_mm: 2.0, flanks_deg, angle_deg: 60.0, depth_mm: 3.0, half_width_mm: 1.0 };
        let svg = section(&cut(edge));
        for class in ["lay skin", "lay fat", "lay muscle", "steel"] {
            assert_eq!(svg.matches(&format!("class=\"{class}\"")).count(), 1, "{class}");
        }
        assert_eq!((svg.matches("class=\"e1\"").count(), svg.matches("class=\"e2\"").count()), (3, 0));
        assert_eq!(svg.matches(">7 %</text>").count(), 3);
        assert!(!svg.contains("NaN") && !svg.contains("style="));
    }

    #[test]
    fn words_of_thin_layers_do_not_stand_on_each_other() {
        let svg = section(&cut(Tool::Thumb { radius_mm: 12.0, depth_mm: 2.0 }));
        let ys = super::super::check::numbers(&svg, "y");
        let labels: Vec<f64> = ys.iter().copied().filter(|y| *y > 90.0).step_by(2).collect();
        assert!(labels.windows(2).all(|pair| pair[1] - pair[0] >= LINE - 0.1), "{labels:?}");
    }
}
