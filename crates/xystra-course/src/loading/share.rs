//! How much of a change each mechanism brings: its mean gain over every order of switching the mechanisms on (Shapley's way), so
//! that the shares add up to the change.

use xystra_tissue::Error;

use xystra_tissue::remodel::{Tolerance, simulate};

use super::{Mechanisms, Protocol, WITH};

/// What one mechanism brings to an output.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// `neural`, `fluid`, `remodelling`, `mechanical` or `expectation`.
    pub mechanism: &'static str,
    /// Is it switched on?
    pub is_on: bool,
    /// Its part in the output, in the output's unit; 0 when it is switched off.
    pub part: f64,
}

/// Everything that a course brings with it, in the order of the bits of a set.
const PLAYERS: [&str; 5] = ["neural", "fluid", "remodelling", "mechanical", "expectation"];

/// Shares in the difference that the course makes to each of `outputs` at an hour, in their order.
///
/// # Errors
/// An unknown condition or output.
pub fn shares(protocol: &Protocol, outputs: &[&str], at_h: f64) -> Result<Vec<[Share; PLAYERS.len()]>, Error> {
    let on = players(protocol.mechanisms);
    let sets: Vec<usize> = (0..1 << PLAYERS.len()).filter(|set| set & !on == 0).collect();
    let mut values = vec![vec![0.0; outputs.len()]; 1 << PLAYERS.len()];
    for set in sets {
        values[set] = with_only(protocol, set, outputs, at_h)?;
    }
    let share = |output: usize, player: usize| Share {
        mechanism: PLAYERS[player],
        is_on: on & (1 << player) != 0,
        part: part(&values, output, player, on),
    };
    Ok((0..outputs.len()).map(|output| std::array::from_fn(|player| share(output, player))).collect())
}

/// The set of what is on; expectation always is.
fn players(mechanisms: Mechanisms) -> usize {
    let on = mechanisms.switches().map(|(_, is_on)| is_on);
    on.iter().enumerate().filter(|(_, is_on)| **is_on).map(|(at, _)| 1 << at).sum::<usize>() | 1 << 4
}

/// The outputs with this set alone.
fn with_only(protocol: &Protocol, set: usize, outputs: &[&str], at_h: f64) -> Result<Vec<f64>, Error> {
    let has = |player: usize| set & (1 << player) != 0;
    let mechanisms = Mechanisms { neural: has(0), fluid: has(1), remodelling: has(2), mechanical: has(3) };
    let alone = Protocol { mechanisms, ..protocol.clone() };
    let plan = alone.plan(WITH, if has(4) { None } else { Some(0.0) })?;
    let course = simulate(&plan.parameters, &plan.state, &plan.happenings, &[at_h], Tolerance::COARSE)?;
    outputs.iter().map(|id| Ok(course.output(id)?[0])).collect()
}

/// The mean gain of a player over all orders of those who are on.
fn part(values: &[Vec<f64>], output: usize, player: usize, on: usize) -> f64 {
    let bit = 1 << player;
    if on & bit == 0 {
        return 0.0;
    }
    let count = on.count_ones();
    let without = (0..values.len()).filter(|set| set & !on == 0 && set & bit == 0);
    let gain = |set: usize| weight(count, set.count_ones()) * (values[set | bit][output] - values[set][output]);
    without.map(gain).sum()
}

/// Share of the orders of `count` in which just these `before` come first: before! (count - before - 1)! / count!
fn weight(count: u32, before: u32) -> f64 {
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    factorial(before) * factorial(count - before - 1) / factorial(count)
}

#[cfg(test)]
mod tests {
    use super::super::loading;
    use super::*;
    use xystra_tissue::study::arm::Dose;

    fn protocol(mechanisms: Mechanisms) -> Protocol {
        Protocol {
            tissue: "human-back".into(),
            condition: "low-back-pain".into(),
            per_week: 2,
            weeks: 4,
            dose: Dose { minutes: Some(6.0), force_n: Some(5.0), ..Dose::default() },
            mechanisms,
            looked_weeks: 12,
        }
    }

    #[test]
    fn the_shares_add_up_to_what_the_course_changes() {
        let protocol = protocol(Mechanisms::ALL);
        let at_h = 28.0 * 24.0;
        let run = loading(&protocol).unwrap();
        let at = run.with.times_h.iter().position(|hour| *hour >= at_h).unwrap();
        for (id, shares) in ["pain", "motion"].into_iter().zip(shares(&protocol, &["pain", "motion"], at_h).unwrap()) {
            let change = run.with.output(id).unwrap()[at] - run.without.output(id).unwrap()[at];
            let sum: f64 = shares.iter().map(|share| share.part).sum();
            assert!(change.abs() > 0.05 && (sum - change).abs() < 1e-3, "{id}: {sum} is not {change}");
        }
    }

    #[test]
    fn what_is_switched_off_has_no_share() {
        let off = protocol(Mechanisms { neural: false, ..Mechanisms::ALL });
        let [shares] = shares(&off, &["pain"], 600.0).unwrap().try_into().unwrap();
        assert!(!shares[0].is_on && shares[0].part == 0.0);
        assert!(shares[4].is_on && shares[4].part < 0.0);
    }
}
