//! Virtual clients of all rounds, with the weights that make the rounds one sample.
//!
//! Each round is drawn from a proposal, at first the prior. The weight of a client is its likelihood over the mean density of all proposals,
//! each counted as often as it was drawn from, by the density of the prior (the deterministic mixture of adaptive multiple importance
//! sampling: Cornuet and others 2012). So what was drawn before is never thrown away, and drawing anew moves no answer but its error.

use super::proposal::Proposal;
use crate::client::Clients;

/// The clients and where they were drawn from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pool {
    pub(super) clients: Clients,
    /// Logarithm of the likelihood of each; no number for a client that could not be integrated.
    pub(super) likelihood: Vec<f64>,
    proposals: Vec<Proposal>,
    /// How many were drawn from each proposal.
    drawn: Vec<usize>,
}

/// To fit a normal distribution, as many equally likely clients are wanted for each own coordinate.
const WANTED: f64 = 20.0;

impl Pool {
    pub(super) fn new(first: Proposal) -> Self {
        Self { clients: Clients::default(), likelihood: Vec::new(), proposals: vec![first], drawn: vec![0] }
    }

    /// Adds a round that was drawn from the latest proposal.
    pub(super) fn add(&mut self, round: &Clients, likelihood: &[f64]) {
        self.clients.numbers.extend(&round.numbers);
        self.clients.own.extend(&round.own);
        self.likelihood.extend(likelihood);
        if let Some(drawn) = self.drawn.last_mut() {
            *drawn += round.len();
        }
    }

    /// Where the next round is drawn from.
    pub(super) fn latest(&self) -> &Proposal {
        &self.proposals[self.proposals.len() - 1]
    }

    /// How many times a new proposal was learnt.
    pub(super) fn rounds(&self) -> usize {
        self.proposals.len() - 1
    }

    /// Weight of each client, adding up to 1.
    pub(super) fn weights(&self) -> Vec<f64> {
        self.tempered(&self.density(), 1.0)
    }

    /// Draws the next rounds nearer to what was observed. Where too few clients are likely, observations count for less at first.
    pub(super) fn learn(&mut self, defence: f64, caution: f64) {
        let density = self.density();
        let count = self.clients.own.len() / self.clients.len();
        let wanted = WANTED * count as f64;
        let weights = |share: f64| self.tempered(&density, share);
        let mut share = 1.0;
        if effective(&weights(1.0)) < wanted {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..20 {
                share = f64::midpoint(low, high);
                if effective(&weights(share)) < wanted { high = share } else { low = share }
            }
        }
        if let Some(fitted) = Proposal::fitted(defence, caution, &self.clients.own, &weights(share)) {
            self.proposals.push(fitted);
            self.drawn.push(0);
        }
    }

    /// Mean density of the proposals at each client, by that of the prior.
    fn density(&self) -> Vec<f64> {
        let all = self.clients.len() as f64;
        let parts: Vec<(f64, &Proposal)> =
            self.drawn.iter().map(|drawn| *drawn as f64 / all).zip(&self.proposals).collect();
        let at = |i| parts.iter().map(|(share, proposal)| share * proposal.by_prior(self.clients.at(i).1)).sum();
        (0..self.clients.len()).map(at).collect()
    }

    /// Weights where the likelihood counts to this power.
    fn tempered(&self, density: &[f64], power: f64) -> Vec<f64> {
        let logs: Vec<f64> = self.likelihood.iter().zip(density).map(|(ln, by)| power * ln - by.ln()).collect();
        let most = logs.iter().copied().filter(|ln| !ln.is_nan()).fold(f64::NEG_INFINITY, f64::max);
        let weight = |ln: &f64| if ln.is_nan() { 0.0 } else { (ln - most).exp() };
        let mut weights: Vec<f64> = logs.iter().map(weight).collect();
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        weights
    }
}

/// How many equally likely clients weighed ones are worth: the square of the sum of their weights over the sum of the squares (Kong 1992;
/// Liu 2001).
pub(crate) fn effective(weights: &[f64]) -> f64 {
    let sum: f64 = weights.iter().sum();
    sum * sum / weights.iter().map(|weight| weight * weight).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_are_worth_their_number_and_one_alone_is_worth_one() {
        assert!((effective(&[0.25; 4]) - 4.0).abs() < 1e-12);
        assert!((effective(&[0.0, 3.0, 0.0]) - 1.0).abs() < 1e-12);
        assert!((effective(&[1.0, 2.0, 3.0]) - 36.0 / 14.0).abs() < 1e-12);
    }

    #[test]
    fn a_client_that_could_not_be_integrated_weighs_nothing() {
        let mut pool = Pool::new(Proposal::prior(1));
        let round = Clients { numbers: vec![0, 1, 2], own: vec![0.0, 0.1, 0.2] };
        pool.add(&round, &[-1.0, f64::NAN, -1.0]);
        assert_eq!(pool.weights(), [0.5, 0.0, 0.5]);
    }
}
