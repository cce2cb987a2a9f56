//! Work beside precision: what a course costs at the error that it makes.

use anyhow::{Context, Result};

use super::error::Errors;

/// One program at one tolerance.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The program.
    pub program: String,
    /// Its relative tolerance.
    pub relative: f64,
    /// The error of the client who is worst off.
    pub worst: f64,
    /// The error of the middle client.
    pub median: f64,
    /// How many clients.
    pub clients: usize,
    /// Time of the processor for one course, s.
    pub seconds: f64,
}

impl Point {
    /// A program's run.
    pub fn of(program: &str, relative: f64, errors: &Errors, clients: usize, seconds: f64) -> Self {
        let (worst, median) = (errors.worst(), errors.median());
        Self { program: program.to_owned(), relative, worst, median, clients, seconds: seconds / clients as f64 }
    }

    /// Courses a second.
    pub fn rate(&self) -> f64 {
        1.0 / self.seconds
    }

    /// Cells of a table.
    pub fn cells(&self) -> Vec<String> {
        let Self { program, relative, worst, median, clients, seconds } = self;
        vec![
            program.clone(),
            format!("{relative:.0e}"),
            clients.to_string(),
            format!("{worst:.1e}"),
            format!("{median:.1e}"),
            format!("{:.3}", seconds * 1e3),
            format!("{:.0}", self.rate()),
        ]
    }
}

/// The heads of that table.
pub const HEADS: [&str; 7] =
    ["program", "relative tolerance", "clients", "worst error", "median error", "ms a course", "courses a second"];

/// The time of a course at an error: between two points of a curve by the logarithms; the fastest point where the error is larger
/// than all of the curve, so that nothing is guessed in our favour.
///
/// # Errors
/// An error that the curve does not reach.
pub fn seconds_at(curve: &[Point], error: f64, of: impl Fn(&Point) -> f64) -> Result<f64> {
    let mut points: Vec<(f64, f64)> = curve.iter().map(|point| (of(point), point.seconds)).collect();
    points.sort_by(|a, b| b.0.total_cmp(&a.0));
    let coarsest = points.first().context("a curve without points")?;
    if error >= coarsest.0 {
        return Ok(coarsest.1);
    }
    let pair = points.windows(2).find(|pair| pair[1].0 <= error && error <= pair[0].0);
    let [(coarse, fast), (fine, slow)] = *pair.context("no tolerance is as exact as that")? else {
        return Ok(coarsest.1);
    };
    let share = (coarse / error).ln() / (coarse / fine).ln();
    Ok(fast * (slow / fast).powf(share))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve() -> Vec<Point> {
        let point = |relative, worst, seconds| Point {
            program: "ours".to_owned(),
            relative,
            worst,
            median: worst / 10.0,
            clients: 1,
            seconds,
        };
        vec![point(1e-4, 1e-3, 1.0), point(1e-8, 1e-7, 4.0), point(1e-6, 1e-5, 2.0)]
    }

    #[test]
    fn the_time_at_an_error_lies_between_its_neighbours() {
        let at = |error| seconds_at(&curve(), error, |point| point.worst).unwrap();
        assert!((at(1e-4) - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!((at(1e-5) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_is_guessed_beyond_the_curve() {
        assert!((seconds_at(&curve(), 1.0, |point| point.worst).unwrap() - 1.0).abs() < 1e-12);
        assert!(seconds_at(&curve(), 1e-9, |point| point.worst).is_err());
    }
}
