//! A band through time: where half of the virtual clients lie, and where nine of ten do.

use super::thin::thinned;
use super::{Scale, Svg};

/// A band at one time, in the unit of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ribbon {
    /// When, weeks.
    pub weeks: f64,
    /// Half lie below.
    pub middle: f64,
    /// Half lie within.
    pub fifty: [f64; 2],
    /// Nine of ten lie within.
    pub ninety: [f64; 2],
}

/// Points nearer to a line than this are not written.
const FINE: f64 = 0.35;

impl Ribbon {
    /// Is every part of it a number?
    pub(super) fn is_sound(&self) -> bool {
        let parts = [self.weeks, self.middle, self.fifty[0], self.fifty[1], self.ninety[0], self.ninety[1]];
        parts.iter().all(|part| part.is_finite())
    }
}

/// Places of one line of the band.
pub(super) fn line(band: &[Ribbon], x: &Scale, y: &Scale, value: impl Fn(&Ribbon) -> f64) -> Vec<(f64, f64)> {
    let places: Vec<(f64, f64)> = band.iter().map(|at| (x.at(at.weeks), y.at(value(at)))).collect();
    thinned(&places, FINE)
}

/// Fills the area between two lines of the band.
pub(super) fn area(svg: &mut Svg, class: &str, band: &[Ribbon], scales: (&Scale, &Scale), of: fn(&Ribbon) -> [f64; 2]) {
    let (x, y) = scales;
    let (low, high) = (line(band, x, y, |at| of(at)[0]), line(band, x, y, |at| of(at)[1]));
    let around: Vec<String> = high.iter().chain(low.iter().rev()).map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    if around.len() > 3 {
        svg.path(class, &format!("M{}z", around.join("L")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(weeks: f64) -> Ribbon {
        Ribbon { weeks, middle: 6.0 - weeks, fifty: [5.0 - weeks, 7.0 - weeks], ninety: [4.0 - weeks, 8.0 - weeks] }
    }

    #[test]
    fn an_area_goes_there_and_back() {
        let mut svg = Svg::image("chart", 100.0, 100.0, "");
        let (x, y) = (Scale::new(0.0, 3.0, 0.0, 100.0), Scale::new(0.0, 10.0, 100.0, 0.0));
        area(&mut svg, "p90", &[at(0.0), at(3.0)], (&x, &y), |at| at.ninety);
        area(&mut svg, "p90", &[at(0.0)], (&x, &y), |at| at.ninety);
        let svg = svg.finish();
        assert_eq!(svg.matches("class=\"p90\"").count(), 1, "one point is no area");
        assert!(svg.contains("M0.0 20.0L100.0 50.0L100.0 90.0L0.0 60.0z"), "{svg}");
    }

    #[test]
    fn what_is_not_a_number_is_not_sound() {
        assert!(at(1.0).is_sound() && !Ribbon { middle: f64::NAN, ..at(1.0) }.is_sound());
    }
}
