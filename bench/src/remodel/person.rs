//! Parameters drawn from the ranges of their priors.

use anyhow::Result;
use xystra_tissue::library;
use xystra_tissue::library::Prior;
use xystra_tissue::remodel::Parameters;

use crate::chance::Chance;

/// The middle of the priors first, then draws from their whole ranges.
pub fn people(count: usize, seed: u64) -> Result<Vec<Parameters>> {
    let mut chance = Chance::new(seed);
    let mut people = vec![Parameters::prior()?];
    while people.len() < count {
        let values: Vec<_> =
            library().priors.iter().map(|prior| (prior.id.as_str(), draw(prior, &mut chance))).collect();
        people.push(Parameters::of(values)?);
    }
    Ok(people)
}

/// Even over the range; over its logarithm where it spans more than a factor of ten.
fn draw(prior: &Prior, chance: &mut Chance) -> f64 {
    let (low, high, share) = (prior.low, prior.high, chance.share());
    if low > 0.0 && high > 10.0 * low { low * (high / low).powf(share) } else { low + share * (high - low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_ranges_and_differ() {
        let people = people(5, 1).unwrap();
        for prior in &library().priors {
            let values: Vec<f64> = people.iter().map(|person| person.get(&prior.id).unwrap()).collect();
            assert!(values[1..].iter().all(|value| (prior.low..=prior.high).contains(value)), "{}", prior.id);
            let fixed = prior.high <= prior.low;
            assert!(fixed || values[1].to_bits() != values[2].to_bits(), "{}", prior.id);
        }
    }
}
