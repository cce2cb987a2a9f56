//! What a change is made of: one bar for each part, to the left where it lowers and to the right where it raises.

use super::{Anchor, Scale, Svg};

/// What the drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// What the picture says in words.
    pub finding: String,
    /// Name, size and the size in words, from the top.
    pub rows: Vec<(String, f64, String)>,
    /// Which row is no mechanism of the treatment.
    pub dashed: Option<usize>,
}

const WIDTH: f64 = 344.0;
/// Room for names at the left, and for words beyond the ends of the bars.
const BARS: (f64, f64) = (142.0, 298.0);
const ROW: f64 = 30.0;
const THICK: f64 = 16.0;

/// The drawing.
pub fn parts(parts: &Parts) -> String {
    let count = u32::try_from(parts.rows.len()).unwrap_or_default();
    let height = ROW * f64::from(count);
    let mut svg = Svg::image("chart parts", WIDTH, height, &parts.finding);
    let scale = parts.scale();
    let zero = scale.at(0.0);
    for (n, (name, size, words)) in parts.rows.iter().enumerate() {
        let middle = ROW * (f64::from(u32::try_from(n).unwrap_or_default()) + 0.5);
        let (from, to) = (scale.at(size.min(0.0)), scale.at(size.max(0.0)));
        let class = if parts.dashed == Some(n) { "bar is-other" } else { "bar" };
        svg.text("at", (0.0, middle + 4.5), Anchor::Start, name);
        svg.rect(class, (from, middle - THICK / 2.0), (to - from, THICK));
        let (x, anchor) = if *size < 0.0 { (from - 6.0, Anchor::End) } else { (to + 6.0, Anchor::Start) };
        svg.text("al", (x, middle + 4.5), anchor, words);
    }
    svg.line("axis", &[(zero, 2.0), (zero, height - 2.0)]);
    svg.finish()
}

impl Parts {
    /// Both ways as far as the longest bar, at least one unit.
    fn scale(&self) -> Scale {
        let sizes = self.rows.iter().map(|(_, size, _)| *size).filter(|size| size.is_finite());
        let (low, high) = sizes.fold((0.0_f64, 0.0_f64), |(low, high), size| (low.min(size), high.max(size)));
        let room = (1.0 - (high - low)).max(0.0);
        let (low, high) = if low.abs() > high { (low - room, high) } else { (low, high + room) };
        Scale::new(low, high, BARS.0, BARS.1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    #[test]
    fn bars_stand_on_their_side_of_zero() {
        let row = |name: &str, size: f64| (name.to_owned(), size, "so much".to_owned());
        let rows = vec![row("Neural", -2.0), row("Fluid", 1.0), row("Odd", f64::NAN)];
        let svg = parts(&Parts { finding: "Pain".into(), rows, dashed: Some(1) });
        is_sound(&svg);
        let (left, wide) = (super::super::check::numbers(&svg, "x"), super::super::check::numbers(&svg, "width"));
        // Name, bar and words of each row, from the top.
        assert!((left[1] + wide[0] - left[4]).abs() < 0.11, "{left:?} {wide:?}");
        assert_eq!(svg.matches("is-other").count(), 1);
    }

    #[test]
    fn tiny_parts_look_tiny() {
        let svg = parts(&Parts { finding: String::new(), rows: vec![("a".into(), 0.01, "0".into())], dashed: None });
        let wide = super::super::check::numbers(&svg, "width");
        assert!(wide[0] < 3.0, "{wide:?}");
    }
}
