//! A recording small enough to draw.

use crate::interval::Interval;

/// Most points of a trace.
pub const MAX_POINTS: usize = 1200;

/// Resultant force over time, thinned to the lowest and highest sample of each stretch, with the contacts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Time (s) and resultant force (N), in order of time; at most [`MAX_POINTS`].
    pub points: Vec<(f64, f64)>,
    /// Contacts that count for the dose.
    pub contacts: Vec<Interval>,
}

/// Draws a trace of known length, some points at a time.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    /// Length of a stretch of which the lowest and the highest point are kept, s.
    stretch_s: f64,
    points: Vec<(f64, f64)>,
    open: Option<[(f64, f64); 2]>,
}

impl Drawing {
    pub(crate) fn new(length_s: f64) -> Self {
        Self { stretch_s: length_s / (MAX_POINTS / 2) as f64, points: Vec::new(), open: None }
    }

    pub(crate) fn add(&mut self, points: &[(f64, f64)]) {
        for point in points {
            let place = |t: f64| (t / self.stretch_s).floor().to_bits();
            match &mut self.open {
                Some([low, high]) if place(low.0) == place(point.0) => {
                    *low = if point.1 < low.1 { *point } else { *low };
                    *high = if point.1 > high.1 { *point } else { *high };
                }
                _ => {
                    self.close();
                    self.open = Some([*point, *point]);
                }
            }
        }
    }

    pub(crate) fn finish(mut self, contacts: &[Interval]) -> Trace {
        self.close();
        Trace { points: self.points, contacts: contacts.to_vec() }
    }

    fn close(&mut self) {
        if let Some([low, high]) = self.open.take() {
            let (first, second) = if low.0 <= high.0 { (low, high) } else { (high, low) };
            self.points.push(first);
            self.points.extend((second != first).then_some(second));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_recording_keeps_its_extremes() {
        let mut points: Vec<(f64, f64)> = (0..50_000).map(|i| (f64::from(i), 1.0)).collect();
        (points[31_234].1, points[40_001].1) = (9.0, -2.0);
        let mut drawing = Drawing::new(49_999.0);
        points.chunks(777).for_each(|part| drawing.add(part));
        let trace = drawing.finish(&[]);
        assert!(trace.points.len() <= MAX_POINTS + 2);
        assert!(trace.points.contains(&(31_234.0, 9.0)) && trace.points.contains(&(40_001.0, -2.0)));
        assert!(trace.points.is_sorted_by(|a, b| a.0 < b.0));
    }
}
