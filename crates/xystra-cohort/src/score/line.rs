//! From forecasts of clients to a row of the table.

use super::report::{Forecast, Line, Ratio};
use super::spread::Hit;
use crate::draw::Draw;

/// One client's forecasts of one horizon, in the order of [`super::report::FORECASTS`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub(super) client: usize,
    pub(super) arm: usize,
    pub(super) horizon: usize,
    pub(super) hits: [Hit; 4],
}

/// How often clients are drawn anew.
const BOOTSTRAP: u64 = 1000;

/// Gathers forecasts; `unit` is one point of 10 in points of the scale. Nothing for no forecast.
pub(super) fn line(head: Head, scored: &[&Scored], unit: f64, seed: u64) -> Option<Line> {
    let count = scored.len() as f64;
    let share = |of: &dyn Fn(&Scored) -> f64| scored.iter().map(|one| of(one)).sum::<f64>() / count;
    let forecast = |which: usize| Forecast {
        coverage: [share(&|one| f64::from(one.hits[which].in_50)), share(&|one| f64::from(one.hits[which].in_90))],
        exact: [0.5, 0.9].map(|size| share(&|one| inside(one.hits[which].below, size))),
        crps: share(&|one| one.hits[which].crps) * unit,
    };
    let ratios = [1, 2, 3].map(|other| ratio(scored, other, seed));
    let Head { given_weeks, arm, weeks, lost } = head;
    let forecasts = [0, 1, 2, 3].map(forecast);
    (!scored.is_empty()).then_some(Line { given_weeks, arm, weeks, n: scored.len(), lost, forecasts, ratios })
}

/// What a row is about.
pub(super) struct Head {
    pub(super) given_weeks: f64,
    pub(super) arm: Option<String>,
    pub(super) weeks: Option<f64>,
    pub(super) lost: usize,
}

/// How much of a step lies within the central band of `size`.
fn inside([low, high]: [f64; 2], size: f64) -> f64 {
    let (from, to) = (0.5 - 0.5 * size, 0.5 + 0.5 * size);
    if high - low < 1e-12 {
        return f64::from(from <= low && low <= to);
    }
    ((high.min(to) - low.max(from)) / (high - low)).max(0.0)
}

/// The natural course by another, and nine of ten of the same with clients drawn anew.
fn ratio(scored: &[&Scored], other: usize, seed: u64) -> Ratio {
    let mut clients: Vec<[f64; 2]> = Vec::new();
    let mut last = None;
    for one in scored {
        if last != Some(one.client) {
            clients.push([0.0; 2]);
        }
        last = Some(one.client);
        let sums = clients.last_mut().expect("one was pushed for the first client");
        sums[0] += one.hits[0].crps;
        sums[1] += one.hits[other].crps;
    }
    let draw = Draw::of(seed, "bootstrap");
    let count = clients.len() as u64;
    let pick = |at: u64| clients[place(draw.uniform(at), clients.len())];
    let drawn = |round: u64| by((0..count).map(|i| pick(round * count + i)));
    let mut ratios: Vec<f64> = (0..if clients.is_empty() { 0 } else { BOOTSTRAP }).map(drawn).collect();
    ratios.sort_by(f64::total_cmp);
    let at = |share: f64| if ratios.is_empty() { f64::NAN } else { ratios[place(share, ratios.len())] };
    Ratio { ratio: by(clients.iter().copied()), ninety: [at(0.05), at(0.95)] }
}

/// Which of `count` a share of them falls on.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the last")]
fn place(share: f64, count: usize) -> usize {
    ((share * count as f64) as usize).min(count - 1)
}

fn by(sums: impl Iterator<Item = [f64; 2]>) -> f64 {
    let [ours, theirs] = sums.fold([0.0; 2], |sum, one| [sum[0] + one[0], sum[1] + one[1]]);
    ours / theirs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(crps: f64) -> Hit {
        Hit { crps, in_50: true, in_90: true, below: [0.2, 0.4] }
    }

    #[test]
    fn a_line_counts_means_and_ratios() {
        let one = |client, crps| Scored { client, arm: 0, horizon: 0, hits: [hit(crps), hit(2.0), hit(1.0), hit(1.0)] };
        let all = [one(0, 0.5), one(0, 1.5), one(1, 1.0)];
        let head = Head { given_weeks: 0.0, arm: None, weeks: Some(6.0), lost: 2 };
        let line = line(head, &all.iter().collect::<Vec<_>>(), 10.0, 1).unwrap();
        assert!((line.forecasts[0].crps - 10.0).abs() < 1e-12 && (line.ratios[0].ratio - 0.5).abs() < 1e-12);
        assert!((line.forecasts[0].exact[0] - 0.75).abs() < 1e-12, "three quarters of 0.2 to 0.4 lie above 0.25");
        assert_eq!((line.n, line.lost), (3, 2));
    }
}
