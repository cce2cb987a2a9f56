//! A comparison as text.

use std::fmt::{self, Display, Formatter};

use crate::study::compare::{Comparison, SetFit};

impl Display for Comparison {
    /// What the papers say of each mechanism, in words; then the sets, the best first.
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(
            f,
            "{}: {} studies, {} verified endpoints, {} sets of mechanisms",
            self.id,
            self.studies,
            self.endpoints,
            self.sets.len()
        )?;
        self.verdicts.iter().try_for_each(|verdict| writeln!(f, "* {}", verdict.sentence()))?;
        writeln!(f, "\n{:>9} {:>9} {:>10} {:>8}  mechanisms", "score", "cost", "parameters", "inside")?;
        self.sets.iter().try_for_each(|set| writeln!(f, "{set}"))?;
        match self.sets.first() {
            Some(best) if !best.missed.is_empty() => {
                writeln!(f, "not wholly met by the best set: {}", best.missed.join(", "))
            }
            _ => Ok(()),
        }
    }
}

impl Display for SetFit {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(
            f,
            "{:>9.2} {:>9.2} {:>10.2} {:>8}  {}",
            self.score,
            self.cost,
            self.freedom,
            self.inside,
            self.mechanisms.join(", ")
        )
    }
}
