//! Nonlinear least squares with priors: Levenberg and Marquardt's method on a function that only has values.

mod bounded;

use std::panic::resume_unwind;
use std::thread;

use nalgebra::{DMatrix, DVector};

pub use bounded::Bounded;

/// What to fit: `residuals` of the data at a point, each in standard deviations.
///
/// The unknowns are standard normal under the prior, so the cost is the sum of squares of residuals and unknowns.
pub trait Problem: Sync {
    /// Residuals at `unknowns`, always the same number of them; `None` where the model has no answer.
    fn residuals(&self, unknowns: &[f64]) -> Option<Vec<f64>>;
}

/// When to stop, and how to go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effort {
    /// Most steps.
    pub steps: usize,
    /// Stops when a step lowers the cost by less than this share.
    pub gain: f64,
    /// Step of the finite differences, in standard deviations of the prior.
    pub difference: f64,
    /// Threads; the result does not depend on it.
    pub threads: usize,
}

/// A fitted point.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The unknowns, in standard deviations of their priors.
    pub unknowns: Vec<f64>,
    /// Residuals there.
    pub residuals: Vec<f64>,
    /// Standard deviation of each unknown by the curvature at the point: 1 where the data say nothing.
    pub deviations: Vec<f64>,
    /// Correlation of each unknown with each, row by row, by the same curvature.
    pub correlations: Vec<Vec<f64>>,
    /// Sum of squares of residuals and unknowns.
    pub cost: f64,
    /// Effective number of parameters: how much of the prior's freedom the data took away.
    pub freedom: f64,
    /// Steps taken.
    pub steps: usize,
}

/// Fits from `start` (0 everywhere is the priors' middle). `None` when the model has no answer at the start.
pub fn fit(problem: &impl Problem, start: &[f64], effort: Effort) -> Option<Fitted> {
    let mut at = Point::new(problem, start.to_vec())?;
    let mut slopes = at.slopes(problem, effort);
    let (mut damping, mut steps) = (1e-2, 0);
    while steps < effort.steps && damping < 1e8 {
        steps += 1;
        let Some(next) = Point::new(problem, at.step(&slopes, damping)).filter(|next| next.cost < at.cost) else {
            damping *= 6.0;
            continue;
        };
        let gain = 1.0 - next.cost / at.cost;
        at = next;
        damping = f64::max(damping / 4.0, 1e-6);
        if gain < effort.gain {
            break;
        }
        slopes = at.slopes(problem, effort);
    }
    Some(at.fitted(&slopes, steps))
}

/// A point with its residuals.
struct Point {
    unknowns: Vec<f64>,
    residuals: Vec<f64>,
    cost: f64,
}

impl Point {
    fn new(problem: &impl Problem, unknowns: Vec<f64>) -> Option<Self> {
        let residuals = problem.residuals(&unknowns)?;
        let cost = residuals.iter().chain(&unknowns).map(|r| r * r).sum::<f64>();
        cost.is_finite().then_some(Self { unknowns, residuals, cost })
    }

    /// Slopes of the residuals, a column for each unknown; forward differences, shared out among threads.
    fn slopes(&self, problem: &impl Problem, effort: Effort) -> DMatrix<f64> {
        let columns: Vec<usize> = (0..self.unknowns.len()).collect();
        let share = columns.len().div_ceil(effort.threads.max(1)).max(1);
        let mut slopes = DMatrix::zeros(self.residuals.len(), self.unknowns.len());
        thread::scope(|scope| {
            let spawn = |part| scope.spawn(move || self.some_slopes(problem, part, effort.difference));
            let work: Vec<_> = columns.chunks(share).map(spawn).collect();
            let found = work.into_iter().flat_map(|w| w.join().unwrap_or_else(|panic| resume_unwind(panic)));
            for (column, slope) in found.enumerate() {
                slopes.set_column(column, &DVector::from_vec(slope));
            }
        });
        slopes
    }

    fn some_slopes(&self, problem: &impl Problem, columns: &[usize], difference: f64) -> Vec<Vec<f64>> {
        columns.iter().map(|&column| self.slope(problem, column, difference)).collect()
    }

    fn slope(&self, problem: &impl Problem, column: usize, difference: f64) -> Vec<f64> {
        let mut aside = self.unknowns.clone();
        aside[column] += difference;
        match problem.residuals(&aside) {
            Some(there) => there.iter().zip(&self.residuals).map(|(b, a)| (b - a) / difference).collect(),
            None => vec![0.0; self.residuals.len()],
        }
    }

    /// Where the damped step leads.
    fn step(&self, slopes: &DMatrix<f64>, damping: f64) -> Vec<f64> {
        let mut curvature = curvature(slopes);
        for i in 0..curvature.nrows() {
            curvature[(i, i)] *= 1.0 + damping;
        }
        let here = DVector::from_column_slice(&self.unknowns);
        let downhill = slopes.transpose() * DVector::from_column_slice(&self.residuals) + &here;
        let step = curvature.cholesky().map_or_else(|| &downhill * 0.0, |c| c.solve(&downhill));
        (here - step.map(|s| s.clamp(-1.0, 1.0))).as_slice().to_vec()
    }

    fn fitted(self, slopes: &DMatrix<f64>, steps: usize) -> Fitted {
        let size = self.unknowns.len();
        let covariance = curvature(slopes).cholesky().map_or_else(|| DMatrix::identity(size, size), |c| c.inverse());
        let variances: Vec<f64> = (0..size).map(|i| covariance[(i, i)]).collect();
        let correlation = |i: usize, j: usize| covariance[(i, j)] / (variances[i] * variances[j]).sqrt();
        Fitted {
            deviations: variances.iter().map(|v| v.sqrt()).collect(),
            correlations: (0..size).map(|i| (0..size).map(|j| correlation(i, j)).collect()).collect(),
            freedom: variances.iter().map(|v| 1.0 - v).sum(),
            cost: self.cost,
            residuals: self.residuals,
            unknowns: self.unknowns,
            steps,
        }
    }
}

/// Curvature of half the cost: that of the data and 1 of the prior.
fn curvature(slopes: &DMatrix<f64>) -> DMatrix<f64> {
    slopes.transpose() * slopes + DMatrix::identity(slopes.ncols(), slopes.ncols())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line through points with deviation 0.1, and an unknown that nothing depends on.
    struct Line;

    impl Problem for Line {
        fn residuals(&self, unknowns: &[f64]) -> Option<Vec<f64>> {
            let at = |x: f64| (unknowns[0] + unknowns[1] * x - (0.5 - 0.25 * x)) / 0.1;
            Some([0.0, 1.0, 2.0, 3.0].map(at).to_vec())
        }
    }

    const EFFORT: Effort = Effort { steps: 50, gain: 1e-9, difference: 1e-5, threads: 2 };

    #[test]
    fn a_line_is_found_but_for_the_pull_of_the_prior() {
        // By the normal equations (A'A/0.01 + 1) z = A'y/0.01 with A = [1 x].
        let normal = nalgebra::Matrix2::new(401.0, 600.0, 600.0, 1401.0);
        let wanted = normal.lu().solve(&nalgebra::Vector2::new(50.0, -50.0)).unwrap();
        let found = fit(&Line, &[0.0; 3], EFFORT).unwrap();
        assert!((found.unknowns[0] - wanted[0]).abs() < 1e-6 && (found.unknowns[1] - wanted[1]).abs() < 1e-6);
    }

    #[test]
    fn data_that_say_nothing_leave_the_prior() {
        let found = fit(&Line, &[0.0; 3], EFFORT).unwrap();
        assert!((found.deviations[2] - 1.0).abs() < 1e-9 && found.deviations[0] < 0.2);
        assert!(found.freedom > 1.9 && found.freedom < 2.0);
    }

    #[test]
    fn threads_do_not_change_the_result() {
        let one = fit(&Line, &[0.0; 3], Effort { threads: 1, ..EFFORT });
        assert_eq!(one, fit(&Line, &[0.0; 3], EFFORT));
    }
}
