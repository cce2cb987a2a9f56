//! Anderson's mixing: the next guess of a fixed point from the last few.

use std::collections::VecDeque;

/// How many guesses are kept.
const KEPT: usize = 5;
/// A miss this many times that before: the past is forgotten.
const WORSE: f64 = 2.0;

/// Guesses and how far off each was.
#[derive(Debug, Default)]
pub(super) struct Mixing {
    past: VecDeque<(Vec<f64>, Vec<f64>)>,
}

impl Mixing {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// The next guess, when `guess` was answered by `answer`.
    pub(super) fn next(&mut self, guess: &[f64], answer: Vec<f64>) -> Vec<f64> {
        let miss = minus(&answer, guess);
        if self.past.back().is_some_and(|(_, last)| dot(&miss, &miss) > WORSE * WORSE * dot(last, last)) {
            self.past.clear();
        }
        let differences: Vec<(Vec<f64>, Vec<f64>)> =
            self.past.iter().map(|(g, m)| (minus(guess, g), minus(&miss, m))).collect();
        let weights = least_squares(&differences, &miss);
        let mut next = answer;
        for (weight, (moved, missed)) in weights.iter().zip(&differences) {
            next.iter_mut().zip(moved.iter().zip(missed)).for_each(|(n, (a, b))| *n -= weight * (a + b));
        }
        self.past.push_back((guess.to_vec(), miss));
        if self.past.len() > KEPT {
            self.past.pop_front();
        }
        next
    }
}

/// Weights that bring `miss` nearest to the sum of the differences of misses; a little is added to the squares to keep them apart.
fn least_squares(differences: &[(Vec<f64>, Vec<f64>)], miss: &[f64]) -> Vec<f64> {
    let count = differences.len();
    let mut rows: Vec<Vec<f64>> = differences
        .iter()
        .map(|(_, a)| differences.iter().map(|(_, b)| dot(a, b)).chain([dot(a, miss)]).collect())
        .collect();
    let largest = (0..count).map(|i| rows[i][i]).fold(0.0, f64::max);
    (0..count).for_each(|i| rows[i][i] += 1e-10 * largest + f64::MIN_POSITIVE);
    for i in 0..count {
        let (above, below) = rows.split_at_mut(i + 1);
        for row in below {
            let factor = row[i] / above[i][i];
            (i..=count).for_each(|j| row[j] -= factor * above[i][j]);
        }
    }
    let mut weights = vec![0.0; count];
    for i in (0..count).rev() {
        let known: f64 = (i + 1..count).map(|j| rows[i][j] * weights[j]).sum();
        weights[i] = (rows[i][count] - known) / rows[i][i];
    }
    weights
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swinging_answer_settles() {
        // Alone, x -> 3 - 1.5 x swings ever further from 1.2.
        let (mut guess, mut mixing) = (vec![0.0, 5.0], Mixing::new());
        for _ in 0..6 {
            let answer = vec![3.0 - 1.5 * guess[0], 0.9 * guess[1] + 0.1];
            guess = mixing.next(&guess, answer);
        }
        assert!((guess[0] - 1.2).abs() < 1e-6 && (guess[1] - 1.0).abs() < 1e-6, "{guess:?}");
    }
}
