//! Sets of mechanisms.

/// The four mechanisms of an instrument; each is a switch among the parameters.
pub const MECHANISMS: [&str; 4] = ["neural", "fluid", "remodelling", "mechanical"];
/// Two rival ways within remodelling: controlled damage that restarts healing, and load that restores synthesis.
pub const WAYS: [&str; 2] = ["restart", "mechanotransduction"];

/// Which mechanisms and ways are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Set {
    mechanisms: [bool; 4],
    ways: [bool; 2],
}

impl Set {
    /// Everything on.
    pub(super) const ALL: Self = Self { mechanisms: [true; 4], ways: [true; 2] };

    /// The same with one mechanism or way off.
    pub(super) fn without(mut self, name: &str) -> Self {
        for (on, known) in self.mechanisms.iter_mut().zip(MECHANISMS).chain(self.ways.iter_mut().zip(WAYS)) {
            *on &= known != name;
        }
        self
    }

    /// Every set that can be told apart when the mechanisms of `idle` change nothing; these stay on. The full set comes first.
    pub(super) fn every(idle: &[&str]) -> Vec<Self> {
        // When one way changes nothing, the other is all that remodelling does.
        let ways: &[&str] = if WAYS.iter().any(|way| idle.contains(way)) { &[] } else { &WAYS };
        let live: Vec<&str> = MECHANISMS.iter().chain(ways).copied().filter(|name| !idle.contains(name)).collect();
        let of = |mask: usize| {
            let off = live.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0);
            off.fold(Self::ALL, |set, (_, name)| set.without(name))
        };
        (0..1 << live.len()).map(of).filter(|set| set.is_distinct()).collect()
    }

    /// Remodelling runs by one way or both; without it neither is looked at.
    fn is_distinct(self) -> bool {
        if self.mechanisms[2] { self.ways != [false; 2] } else { self.ways == [true; 2] }
    }

    /// What is on.
    pub(super) fn names(self) -> Vec<&'static str> {
        let mechanisms = MECHANISMS.into_iter().zip(self.mechanisms);
        let ways = WAYS.into_iter().zip(self.ways).filter(|_| self.mechanisms[2]);
        mechanisms.chain(ways).filter(|(_, on)| *on).map(|(name, _)| name).collect()
    }

    /// The switches as parameters.
    pub(super) fn switches(self) -> Vec<(&'static str, f64)> {
        let all = MECHANISMS.into_iter().zip(self.mechanisms).chain(WAYS.into_iter().zip(self.ways));
        all.map(|(name, on)| (name, f64::from(u8::from(on)))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_sets_as_can_be_told_apart() {
        // Remodelling off: 8 sets of the others. On: the same by 3 choices of ways.
        assert_eq!(Set::every(&[]).len(), 8 + 3 * 8);
        assert_eq!(Set::every(&["mechanical", "restart"]).len(), 8);
        assert_eq!(Set::every(&[])[0], Set::ALL);
    }

    #[test]
    fn what_is_switched_off_is_not_used() {
        let set = Set::ALL.without("neural").without("restart");
        assert_eq!(set.names(), ["fluid", "remodelling", "mechanical", "mechanotransduction"]);
        assert!(set.switches().contains(&("neural", 0.0)) && set.switches().contains(&("fluid", 1.0)));
        assert!(!Set::ALL.without("remodelling").names().contains(&"mechanotransduction"));
    }
}
