//! When something is said of the treatment.

use crate::answer::{Gain, Verdict};
use crate::numbers::number;

/// Nothing is said until one of the three is likely enough, and it is this client's own observations that made it so: otherwise the answer is
/// what we thought beforehand, and nobody can tell yet.
pub(crate) fn verdict(prior: &Gain, posterior: &Gain) -> Verdict {
    let of = |gain: &Gain| [gain.helps, gain.none, gain.harms];
    let said = [Verdict::Helps, Verdict::AddsNothing, Verdict::Harms];
    let all = of(prior).into_iter().zip(of(posterior)).zip(said);
    let is_said = |before: f64, after: f64| after >= number("decided") && odds(after) >= number("moved") * odds(before);
    let found = all.into_iter().find(|((before, after), _)| is_said(*before, *after));
    found.map_or(Verdict::CannotTell, |(_, said)| said)
}

/// Some thousands of clients do not show that something never is.
const LEAST: f64 = 1e-3;

fn odds(chance: f64) -> f64 {
    let chance = chance.clamp(LEAST, 1.0 - LEAST);
    chance / (1.0 - chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gain(helps: f64, none: f64) -> Gain {
        Gain { mean: 0.0, ninety: [0.0, 0.0], none, helps, harms: 1.0 - helps - none }
    }

    #[test]
    fn a_prior_that_is_sure_by_itself_says_nothing() {
        assert_eq!(verdict(&gain(0.92, 0.06), &gain(0.93, 0.05)), Verdict::CannotTell);
    }

    #[test]
    fn what_the_client_moved_and_decided_is_said() {
        assert_eq!(verdict(&gain(0.7, 0.2), &gain(0.96, 0.03)), Verdict::Helps);
        assert_eq!(verdict(&gain(0.7, 0.2), &gain(0.02, 0.95)), Verdict::AddsNothing);
        assert_eq!(verdict(&gain(0.7, 0.2), &gain(0.01, 0.02)), Verdict::Harms);
    }

    #[test]
    fn what_moved_but_is_open_is_not_said() {
        assert_eq!(verdict(&gain(0.3, 0.6), &gain(0.8, 0.15)), Verdict::CannotTell);
    }
}
