//! Equally likely virtual clients, chosen by their weights.

use super::Weighed;
use crate::client::Clients;
use crate::draw::Draw;

/// Clients, and how often each was chosen: one that was chosen twice lives only once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) clients: Clients,
    pub(crate) counts: Vec<u32>,
}

impl Chosen {
    /// Each once.
    pub(crate) fn all(clients: Clients) -> Self {
        let counts = vec![1; clients.len()];
        Self { clients, counts }
    }

    /// `count` of them: as many as there are, where they are no more.
    pub(crate) fn thinned(&self, count: usize) -> Self {
        let sum: f64 = self.weights().iter().sum();
        if sum <= count as f64 {
            return self.clone();
        }
        let shares: Vec<f64> = self.counts.iter().map(|times| f64::from(*times) / sum).collect();
        Self::combed(&self.clients, &combed(&shares, count, 0.5))
    }

    fn combed(clients: &Clients, counts: &[u32]) -> Self {
        let places = (0..counts.len()).filter(|i| counts[*i] > 0);
        Self { clients: clients.only(places.clone()), counts: places.map(|i| counts[i]).collect() }
    }

    /// How often each counts, as a number.
    pub(crate) fn weights(&self) -> Vec<f64> {
        self.counts.iter().map(|count| f64::from(*count)).collect()
    }
}

/// Chooses `count` clients by systematic resampling: as often as a comb of `count` teeth with one random offset meets them.
pub(crate) fn resampled(weighed: &Weighed, count: usize) -> Chosen {
    let offset = Draw::of(weighed.weighing.seed, "resampling").uniform(count as u64);
    Chosen::combed(&weighed.clients, &combed(&weighed.weights, count, offset))
}

/// How many teeth of the comb each weight meets; weights add up to 1.
fn combed(weights: &[f64], count: usize, offset: f64) -> Vec<u32> {
    let (mut sum, mut tooth, mut counts) = (0.0, 0, vec![0; weights.len()]);
    for (weight, met) in weights.iter().zip(&mut counts) {
        sum += weight * count as f64;
        while tooth < count && tooth as f64 + offset < sum {
            *met += 1;
            tooth += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comb_meets_each_weight_as_often_as_it_counts() {
        assert_eq!(combed(&[0.5, 0.25, 0.0, 0.25], 4, 0.5), [2, 1, 0, 1]);
        assert_eq!(combed(&[0.1, 0.9], 1, 0.5), [0, 1]);
        let met = combed(&[0.3, 0.7], 1000, 0.123);
        assert!(met[0].abs_diff(300) <= 1 && met[0] + met[1] == 1000, "{met:?}");
    }
}
