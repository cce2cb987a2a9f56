//! Where virtual clients are drawn from: the prior, or nearer to what was observed.

use nalgebra::{DMatrix, DVector};

/// A distribution over own coordinates: a share from the prior, which is standard normal, and the rest from one normal distribution.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// Share that is drawn from the prior.
    defence: f64,
    mean: DVector<f64>,
    /// Lower Cholesky factor of the covariance.
    factor: DMatrix<f64>,
}

impl Proposal {
    /// The prior itself.
    pub(super) fn prior(count: usize) -> Self {
        Self { defence: 1.0, mean: DVector::zeros(count), factor: DMatrix::identity(count, count) }
    }

    /// A normal distribution with independent coordinates.
    pub(super) fn apart(defence: f64, mean: Vec<f64>, sd: Vec<f64>) -> Self {
        Self { defence, mean: mean.into(), factor: DMatrix::from_diagonal(&sd.into()) }
    }

    /// A normal distribution with the mean and covariance of weighed coordinates, `caution` times as wide; `None` where these do not span
    /// all directions. `own` holds the coordinates, one after another.
    pub(super) fn fitted(defence: f64, caution: f64, own: &[f64], weights: &[f64]) -> Option<Self> {
        let count = own.len() / weights.len();
        let sum: f64 = weights.iter().sum();
        let mut mean = DVector::zeros(count);
        let mut square = DMatrix::zeros(count, count);
        for (weight, one) in weights.iter().zip(own.chunks_exact(count)).filter(|(weight, _)| **weight > 0.0) {
            let one = DVector::from_column_slice(one);
            mean.axpy(weight / sum, &one, 1.0);
            square.ger(weight / sum, &one, &one, 1.0);
        }
        let covariance = (square - &mean * mean.transpose()) * caution.powi(2);
        let factor = covariance.cholesky()?.l();
        Some(Self { defence, mean, factor })
    }

    /// Coordinates by standard normal numbers, which are replaced; `chance` decides whether they stay as the prior has them.
    pub(super) fn draw(&self, chance: f64, own: &mut [f64]) {
        if chance >= self.defence {
            let moved = &self.factor * DVector::from_column_slice(own) + &self.mean;
            own.copy_from_slice(moved.as_slice());
        }
    }

    /// Density at some coordinates, by that of the prior.
    pub(super) fn by_prior(&self, own: &[f64]) -> f64 {
        if self.defence >= 1.0 {
            return 1.0;
        }
        let (mut square, mut ln_size, mut z) = (0.0, 0.0, [0.0; MOST]);
        for i in 0..own.len() {
            let known: f64 = (0..i).map(|k| self.factor[(i, k)] * z[k]).sum();
            z[i] = (own[i] - self.mean[i] - known) / self.factor[(i, i)];
            square += own[i] * own[i] - z[i] * z[i];
            ln_size += self.factor[(i, i)].ln();
        }
        self.defence + (1.0 - self.defence) * (0.5 * square - ln_size).exp()
    }
}

/// More own coordinates than any case has.
pub(super) const MOST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Draw;

    fn wide() -> Proposal {
        Proposal::apart(0.2, vec![1.0, -0.5], vec![0.5, 0.8])
    }

    fn drawn(proposal: &Proposal, i: u64) -> [f64; 2] {
        let mut own = [Draw::of(1, "a").normal(i), Draw::of(1, "b").normal(i)];
        proposal.draw(Draw::of(1, "c").uniform(i), &mut own);
        own
    }

    #[test]
    fn weights_by_the_prior_undo_a_proposal() {
        let proposal = wide();
        let (mut sum, mut first) = (0.0, 0.0);
        for own in (0..100_000).map(|i| drawn(&proposal, i)) {
            let weight = 1.0 / proposal.by_prior(&own);
            sum += weight;
            first += weight * own[0];
        }
        assert!((sum / 100_000.0 - 1.0).abs() < 0.02, "{sum}");
        assert!((first / sum).abs() < 0.02, "{first}");
    }

    #[test]
    fn a_fit_finds_what_was_drawn() {
        let proposal = Proposal::apart(0.0, vec![1.0, -0.5], vec![0.5, 0.8]);
        let own: Vec<f64> = (0..50_000).flat_map(|i| drawn(&proposal, i)).collect();
        let found = Proposal::fitted(0.0, 1.0, &own, &vec![1.0; 50_000]).unwrap();
        assert!((found.mean[0] - 1.0).abs() < 0.02 && (found.factor[(0, 0)] - 0.5).abs() < 0.02, "{found:?}");
        assert!(found.factor[(1, 0)].abs() < 0.02 && (found.factor[(1, 1)] - 0.8).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn too_few_to_span_all_directions_fit_nothing() {
        assert_eq!(Proposal::fitted(0.2, 1.0, &[1.0, 2.0], &[1.0]), None);
    }
}
