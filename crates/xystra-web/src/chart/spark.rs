//! A measure's course on a tile: its values in order, and the line from which the change counts.

use super::{Anchor, Scale, Svg};

/// What the tile shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Spark {
    /// What the picture says in words.
    pub finding: String,
    /// Weeks since the first value, and the value; in order of time.
    pub points: Vec<(f64, f64)>,
    /// Where the client began.
    pub baseline: f64,
    /// From here on the change counts, with its words: "counts from 4.8".
    pub counts: Option<(f64, String)>,
}

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 76.0;
/// Room for the words above and below.
const PLOT: (f64, f64) = (20.0, 56.0);

/// The sparkline.
pub fn spark(spark: &Spark) -> String {
    let points: Vec<(f64, f64)> =
        spark.points.iter().copied().filter(|(weeks, value)| weeks.is_finite() && value.is_finite()).collect();
    let counts = spark.counts.as_ref().filter(|(value, _)| value.is_finite());
    let mut svg = Svg::image("spark", WIDTH, HEIGHT, &spark.finding);
    let values = points.iter().map(|(_, value)| *value).chain([spark.baseline]).chain(counts.map(|(value, _)| *value));
    let (low, high) =
        values.filter(|value| value.is_finite()).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let y = Scale::new(low, high, PLOT.1, PLOT.0);
    let x = Scale::new(0.0, points.last().map_or(0.0, |(weeks, _)| *weeks), 6.0, WIDTH - 8.0);
    svg.line("base", &[(0.0, y.at(spark.baseline)), (WIDTH, y.at(spark.baseline))]);
    if let Some((value, words)) = counts {
        counts_from(&mut svg, y.at(*value), words);
    }
    observed(&mut svg, &points.iter().map(|(weeks, value)| (x.at(*weeks), y.at(*value))).collect::<Vec<_>>());
    svg.finish()
}

/// The words stand on the side of the line where no value can be.
fn counts_from(svg: &mut Svg, y: f64, words: &str) {
    svg.line("mic", &[(0.0, y), (WIDTH, y)]);
    let below = y > f64::midpoint(PLOT.0, PLOT.1);
    svg.text("mt", (0.0, if below { y + 16.0 } else { y - 6.0 }), Anchor::Start, words);
}

fn observed(svg: &mut Svg, points: &[(f64, f64)]) {
    svg.line("ln", points);
    let Some((last, before)) = points.split_last() else { return };
    for point in before {
        svg.circle("", *point, 2.25, "");
    }
    svg.circle("last", *last, 4.0, "");
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn falling() -> Spark {
        Spark {
            finding: "Pain: 6.8, 6.1, 5.1".into(),
            points: vec![(0.0, 6.8), (1.0, 6.1), (2.5, 5.1)],
            baseline: 6.8,
            counts: Some((4.8, "counts from 4.8".into())),
        }
    }

    #[test]
    fn a_course_has_its_points_and_its_line() {
        let svg = spark(&falling());
        is_sound(&svg);
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("class=\"mic\"") && svg.contains(">counts from 4.8</text>"));
    }

    #[test]
    fn few_equal_or_impossible_values_still_make_a_picture() {
        let none = Spark { points: Vec::new(), ..falling() };
        let one = Spark { points: vec![(0.0, 6.8)], counts: None, ..falling() };
        let odd = Spark { points: vec![(0.0, f64::NAN), (1.0, 2.0), (1.0, f64::INFINITY)], ..falling() };
        for case in [none, one, odd] {
            is_sound(&spark(&case));
        }
    }
}
