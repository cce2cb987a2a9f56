//! Chance that a seed decides, so that a run can be repeated.

/// A source of numbers (SplitMix64): the same seed gives the same numbers.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The source of this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Another source that this one decides.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        Self(self.any())
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number from `from` up to and without `to`; `from` when there is none between.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.any() % to.saturating_sub(from).max(1)
    }

    /// A number from 0 up to and without 1.
    pub fn share(&mut self) -> f64 {
        (self.any() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.between(0, times) == 0
    }

    /// One of these.
    ///
    /// # Panics
    /// If there is nothing to choose from.
    pub fn of<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        assert!(!choices.is_empty(), "nothing to choose from");
        let at = self.between(0, choices.len() as u64);
        &choices[usize::try_from(at).unwrap_or(0)]
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_numbers_within_the_bounds() {
        let (mut one, mut same, mut other) = (Chance::new(7), Chance::new(7), Chance::new(8));
        let numbers: Vec<u64> = (0..100).map(|_| one.between(20, 400)).collect();
        assert_eq!(numbers, (0..100).map(|_| same.between(20, 400)).collect::<Vec<_>>());
        assert_ne!(numbers, (0..100).map(|_| other.between(20, 400)).collect::<Vec<_>>());
        assert!(numbers.iter().all(|number| (20..400).contains(number)));
        assert_eq!(one.between(5, 5), 5);
    }
}
