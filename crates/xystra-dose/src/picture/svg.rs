//! A small writer of SVG elements.

use std::fmt::Write as _;

/// Where a text begins to be written from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The point is its left end.
    Start,
    /// The point is its middle.
    Middle,
    /// The point is its right end.
    End,
}

/// An SVG element that grows; coordinates are in the units of its view box.
#[derive(Debug)]
pub struct Svg {
    out: String,
}

impl Svg {
    /// An image that says `label` to those who do not see it.
    pub fn image(class: &str, width: f64, height: f64, label: &str) -> Self {
        let (width, height, label) = (short(width), short(height), escape(label));
        Self { out: format!(r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">"#) }
    }

    /// A picture of its own, in a file: it carries its colours with it (`style`, CSS) and says what it shows (`label`, and at length
    /// `words`).
    pub fn alone(width: f64, height: f64, label: &str, words: &str, style: &str) -> Self {
        let (width, height, label, words) = (short(width), short(height), escape(label), escape(words));
        let names = r#"xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc""#;
        let open = format!(r#"<svg {names} viewBox="0 0 {width} {height}" width="{width}" height="{height}">"#);
        let said = format!(r#"<title id="title">{label}</title><desc id="desc">{words}</desc><style>{style}</style>"#);
        let ground = format!(r#"<rect class="ground" width="{width}" height="{height}"/>"#);
        Self { out: open + &said + &ground }
    }

    /// A mark beside a word that says the same.
    pub fn mark(width: f64, height: f64) -> Self {
        Self { out: format!(r#"<svg viewBox="0 0 {} {}" aria-hidden="true">"#, short(width), short(height)) }
    }

    /// A path of one's own.
    pub fn path(&mut self, class: &str, d: &str) {
        self.push(format_args!(r#"<path class="{class}" d="{d}"/>"#));
    }

    /// A line through points; fewer than two draw nothing.
    pub fn line(&mut self, class: &str, points: &[(f64, f64)]) {
        if points.len() > 1 {
            let d: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", short(*x), short(*y))).collect();
            self.path(class, &format!("M{}", d.join("L")));
        }
    }

    /// Lines that have nothing to do with each other, as one path.
    pub fn strokes(&mut self, class: &str, strokes: impl IntoIterator<Item = [(f64, f64); 2]>) {
        let stroke = |[from, to]: [(f64, f64); 2]| {
            format!("M{} {}L{} {}", short(from.0), short(from.1), short(to.0), short(to.1))
        };
        self.path(class, &strokes.into_iter().map(stroke).collect::<String>());
    }

    /// A rectangle from its upper left corner.
    pub fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64)) {
        let (x, y, width, height) = (short(at.0), short(at.1), short(size.0), short(size.1));
        self.push(format_args!(r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#));
    }

    /// A circle; its title shows under a pointer and is empty for none.
    pub fn circle(&mut self, class: &str, at: (f64, f64), r: f64, title: &str) {
        let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>", escape(title)) };
        let (x, y, r) = (short(at.0), short(at.1), short(r));
        self.push(format_args!(r#"<circle class="{class}" cx="{x}" cy="{y}" r="{r}">{title}</circle>"#));
    }

    /// A diamond around its middle.
    pub fn diamond(&mut self, class: &str, at: (f64, f64), r: f64) {
        let (x, y, r) = (short(at.0), short(at.1 - r), short(r));
        self.path(class, &format!("M{x} {y}l{r} {r}l-{r} {r}l-{r} -{r}z"));
    }

    /// A text, escaped.
    pub fn text(&mut self, class: &str, at: (f64, f64), anchor: Anchor, text: &str) {
        let (x, y, text) = (short(at.0), short(at.1), escape(text));
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        self.push(format_args!(r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{text}</text>"#));
    }

    /// The whole element.
    pub fn finish(self) -> String {
        self.out + "</svg>"
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        self.out.write_fmt(element).expect("a string takes every text");
    }
}

/// One decimal is finer than a pixel; what is not a number falls to the edge rather than out of the picture.
fn short(value: f64) -> String {
    let value = if value.is_finite() { (value * 10.0).round() / 10.0 } else { 0.0 };
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What the charts' tests ask of a picture.
#[cfg(test)]
pub(super) mod check {
    /// Every number of the attribute, in order.
    pub(crate) fn numbers(svg: &str, attribute: &str) -> Vec<f64> {
        let begin = format!(" {attribute}=\"");
        let values = svg.split(&begin).skip(1).filter_map(|rest| rest.split('"').next());
        values.map(|value| value.parse().expect("a number")).collect()
    }

    /// Nothing lies outside the view box, and everything is a number.
    pub(crate) fn is_sound(svg: &str) {
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        assert!(!svg.contains("style="), "{svg}");
        for element in svg.split_inclusive("</svg>") {
            let size = element.split("viewBox=\"0 0 ").nth(1).expect("a view box");
            let size: Vec<f64> =
                size.split('"').next().expect("its end").split(' ').map(|n| n.parse().expect("a number")).collect();
            for (names, most) in [(["x", "cx"], size[0]), (["y", "cy"], size[1])] {
                for value in names.iter().flat_map(|name| numbers(element, name)) {
                    assert!((0.0..=most).contains(&value), "{value} is outside 0 to {most}: {element}");
                }
            }
            for point in points(element) {
                assert!(
                    (0.0..=size[0]).contains(&point.0) && (0.0..=size[1]).contains(&point.1),
                    "{point:?} in {element}"
                );
            }
        }
    }

    /// Absolute points of the lines: "M1 2L3 4".
    fn points(svg: &str) -> Vec<(f64, f64)> {
        let paths = svg.split(" d=\"M").skip(1).filter_map(|rest| rest.split(['"', 'l', 'v']).next());
        let pairs = paths.flat_map(|path| path.split(['L', 'M']));
        pairs
            .filter_map(|pair| pair.split_once(' '))
            .filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_typed_stays_text() {
        let mut svg = Svg::image("chart", 100.0, 50.0, "a \"b\" <c>");
        svg.text("al", (1.0, 2.0), Anchor::End, "<script>&");
        svg.circle("ob", (3.0, 4.0), 2.0, "x < y");
        let svg = svg.finish();
        assert!(svg.contains("aria-label=\"a &quot;b&quot; &lt;c&gt;\""));
        assert!(svg.contains(">&lt;script&gt;&amp;</text>"));
        assert!(svg.contains("<title>x &lt; y</title>"));
    }

    #[test]
    fn what_is_not_a_number_is_not_written() {
        let mut svg = Svg::image("chart", 100.0, 50.0, "");
        svg.line("ln", &[(f64::NAN, 1.0), (2.0, f64::INFINITY)]);
        svg.line("ln", &[(1.0, 1.0)]);
        check::is_sound(&svg.finish());
    }
}
