//! What the change since entry is made of: each cause's mean share over all orders in which causes could have come (Shapley 1953).

use crate::Error;
use crate::client::{CAUSES, Crew, Levels, Life, Script};
use crate::forecast::Future;

/// The parts of each client's change, in points of the measure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parts {
    /// How often each client counts.
    weights: Vec<f64>,
    times: usize,
    tracks: usize,
    /// By client, time, track and cause.
    values: Vec<f64>,
}

/// Tells the causes of some clients' changes apart: each client lives once with every set of the causes that its script has.
pub(super) fn parts(clients: &Future<'_>, script: &Script, times_h: &[f64]) -> Result<Parts, Error> {
    let present: Vec<usize> = (0..CAUSES.len()).filter(|cause| script.has(*cause)).collect();
    let sets = 1 << present.len();
    let scattered = |set: usize| present.iter().enumerate().map(|(k, cause)| (set >> k & 1) << cause).sum();
    let lives: Vec<Life> = (0..sets).map(|set| Life::of_causes(scattered(set))).collect();
    let model = clients.model;
    let crew = Crew { model, clients: &clients.chosen.clients, script, lives: &lives, times_h };
    let levels = crew.levels(&clients.options, false)?;
    let (times, tracks) = (times_h.len(), model.case.tracks.len());
    let mut all = Parts { weights: clients.chosen.weights(), times, tracks, values: Vec::new() };
    for i in 0..clients.chosen.clients.len() {
        for (time, track) in (0..times).flat_map(|time| (0..tracks).map(move |track| (time, track))) {
            let changes = changes(clients, &levels, (i, sets), time, track);
            let mut causes = [0.0; CAUSES.len()];
            for (k, cause) in present.iter().enumerate() {
                causes[*cause] = part(&changes, k);
            }
            all.values.extend(causes);
        }
    }
    Ok(all)
}

impl Parts {
    /// One cause's part of every client, with how often it counts.
    pub(super) fn of(&self, track: usize, time: usize, cause: usize) -> impl Iterator<Item = (f64, f64)> {
        let place = move |i: usize| ((i * self.times + time) * self.tracks + track) * CAUSES.len() + cause;
        self.weights.iter().enumerate().map(move |(i, weight)| (self.values[place(i)], *weight))
    }
}

/// How much better one client is than at entry, with every set of causes.
fn changes(clients: &Future<'_>, levels: &Levels, (i, sets): (usize, usize), time: usize, track: usize) -> Vec<f64> {
    let scale = clients.model.case.tracks[track].scale;
    let entry = clients.model.entry(track, clients.chosen.clients.at(i).1);
    (0..sets).map(|set| scale.gain(entry, levels.at(i * sets + set, time, track))).collect()
}

/// The part of cause `k`: what it adds to a set of others, weighed by in how many orders just these come before it.
fn part(changes: &[f64], k: usize) -> f64 {
    let count = changes.len().trailing_zeros();
    let without = (0..changes.len()).filter(|set| set >> k & 1 == 0);
    without.map(|set| share(count, set.count_ones()) * (changes[set | 1 << k] - changes[set])).sum()
}

/// Share of the orders of `count` causes in which a given set of `before` comes just before a given one.
fn share(count: u32, before: u32) -> f64 {
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    factorial(before) * factorial(count - before - 1) / factorial(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Options;
    use crate::case::example;
    use crate::client::Model;
    use crate::weigh::{Chosen, unweighed};

    #[test]
    fn the_parts_of_a_client_add_up_to_its_change_and_what_is_off_has_none() {
        let case = example::case();
        let model = Model::of(&case, &[], 2).unwrap();
        let clients = Future { model: &model, chosen: Chosen::all(unweighed(&model, 6)), options: Options::default() };
        let script = model.script(&[]).unwrap();
        let parts = parts(&clients, &script, &[case.now_h]).unwrap();
        let levels = clients.levels(&script, Life::WHOLE, &[case.now_h], false).unwrap();
        for (i, track) in (0..6).flat_map(|i| (0..3).map(move |track| (i, track))) {
            let of = |cause: usize| parts.of(track, 0, cause).nth(i).unwrap().0;
            let sum: f64 = (0..CAUSES.len()).map(of).sum();
            let entry = model.entry(track, clients.chosen.clients.at(i).1);
            let change = case.tracks[track].scale.gain(entry, levels.at(i, 0, track));
            assert!((sum - change).abs() < 2e-3, "{i} {track}: {sum} {change}");
            assert!(of(6).abs() < 1e-12, "nobody exercised");
        }
    }

    #[test]
    fn parts_add_up_and_alike_causes_have_alike_parts() {
        // Two causes that only work together, and one that does nothing.
        let changes = [0.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0, 4.0];
        let parts: Vec<f64> = (0..3).map(|k| part(&changes, k)).collect();
        assert!((parts[0] - 2.0).abs() < 1e-12 && (parts[1] - 2.0).abs() < 1e-12 && parts[2].abs() < 1e-12);
    }

    #[test]
    fn shares_of_all_orders_add_up() {
        let sum: f64 =
            (0..7).map(|before| share(7, before) * [1.0, 6.0, 15.0, 20.0, 15.0, 6.0, 1.0][before as usize]).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }
}
