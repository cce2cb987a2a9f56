//! Very many people who could be, spread evenly: what integrals over people are taken with.

use nalgebra::{Matrix4, Vector4};

use super::{Natural, Question};
use crate::draw::quantile;

/// A measured value of one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// Hours from entry.
    pub at_h: f64,
    /// What was answered, on 0-10 with 0 best.
    pub value: f64,
}

/// Standard normal coordinates in four dimensions, evenly spread and always the same ones.
///
/// A Kronecker sequence on powers of the root of `x^5 = x + 1`, through the normal quantile (Roberts 2018, "the unreasonable effectiveness
/// of quasirandom sequences").
pub(super) fn nodes(size: usize) -> Vec<Vector4<f64>> {
    const ROOT: f64 = 1.167_303_978_261_418_7;
    let strides = [1, 2, 3, 4].map(|row| ROOT.powi(-row));
    let node = |i: usize| Vector4::from_fn(|row, _| quantile(share(i, strides[row])));
    (1..=size).map(node).collect()
}

fn share(i: usize, stride: f64) -> f64 {
    (0.5 + i as f64 * stride).fract().clamp(1e-9, 1.0 - 1e-9)
}

/// People who could be, equally likely before anything is measured.
pub(super) struct Cloud {
    pub(super) coordinates: Vec<Vector4<f64>>,
    pub(super) people: Vec<Natural>,
}

impl Cloud {
    pub(super) fn of(mean: &Vector4<f64>, factor: &Matrix4<f64>, nodes: &[Vector4<f64>]) -> Self {
        let coordinates: Vec<Vector4<f64>> = nodes.iter().map(|node| mean + factor * node).collect();
        let people = coordinates.iter().map(|one| Natural::of((*one).into())).collect();
        Self { coordinates, people }
    }

    /// The chance of one answer at one time for each of them.
    pub(super) fn chances(&self, question: &Question, at_h: f64, place: usize) -> Vec<f64> {
        self.people.iter().map(|one| question.chance(one, at_h, place)).collect()
    }

    /// How likely each is after what was answered; they add up to 1.
    pub(super) fn weights(&self, question: &Question, visits: &[Visit]) -> Vec<f64> {
        let likelihood =
            |one: &Natural| visits.iter().map(|v| question.chance(one, v.at_h, question.place(v.value))).product();
        let all: Vec<f64> = self.people.iter().map(likelihood).collect();
        let sum: f64 = all.iter().sum();
        all.iter().map(|weight| weight / sum).collect()
    }

    /// The chances of all answers at one time, with each person as likely as `weights` say.
    pub(super) fn foretold(&self, question: &Question, weights: &[f64], at_h: f64) -> Vec<f64> {
        let mut sum = vec![0.0; question.answers()];
        for (one, weight) in self.people.iter().zip(weights).filter(|(_, weight)| **weight > 1e-7) {
            let chances = question.chances(one, at_h);
            sum.iter_mut().zip(chances).for_each(|(sum, chance)| *sum += weight * chance);
        }
        let total: f64 = sum.iter().sum();
        sum.iter().map(|chance| chance / total).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_have_the_moments_of_a_normal() {
        let all = nodes(2048);
        let mean = all.iter().sum::<Vector4<f64>>() / 2048.0;
        let square = all.iter().map(|z| z * z.transpose()).sum::<Matrix4<f64>>() / 2048.0;
        assert!(mean.amax() < 0.01, "{mean}");
        assert!((square - Matrix4::identity()).amax() < 0.03, "{square}");
    }
}
