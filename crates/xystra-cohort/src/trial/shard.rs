//! A share of a trial's clients, for one of several machines.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Every `of`-th block of clients, beginning with block `part - 1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Which one, from 1 on.
    pub part: u64,
    /// Of how many.
    pub of: u64,
}

/// Clients in a block.
const BLOCK: u64 = 256;
/// Most shards of a trial.
const MOST: u64 = 100_000;

impl Shard {
    /// All clients.
    pub const WHOLE: Self = Self { part: 1, of: 1 };

    /// Numbers of its clients, rising.
    pub fn clients(self, all: u64) -> impl Iterator<Item = u64> {
        let first = (self.part - 1) * BLOCK;
        let step = usize::try_from(self.of * BLOCK).unwrap_or(usize::MAX);
        (first..all).step_by(step).flat_map(move |begin| begin..(begin + BLOCK).min(all))
    }

    /// How many clients it has.
    pub fn size(self, all: u64) -> u64 {
        let (blocks, rest) = (all / BLOCK, all % BLOCK);
        let before = |blocks: u64| blocks / self.of + u64::from(blocks % self.of >= self.part);
        let last = if blocks % self.of == self.part - 1 { rest } else { 0 };
        before(blocks) * BLOCK + last
    }
}

impl FromStr for Shard {
    type Err = Error;

    /// Reads `2/7`, the second of seven.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::File {
            file: format!("shard \"{text}\""),
            what: format!("write which one and of how many, such as 2/7, with 1 to {MOST} shards"),
        };
        let (part, of) = text.split_once('/').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
        let (part, of) = (number(part)?, number(of)?);
        if (1..=of).contains(&part) && of <= MOST { Ok(Self { part, of }) } else { Err(wrong()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_hold_every_client_once() {
        for (clients, of) in [(10, 3), (5000, 7), (2048, 4), (256, 1), (257, 2)] {
            let shards = (1..=of).map(|part| Shard { part, of });
            let mut all: Vec<u64> = shards.clone().flat_map(|shard| shard.clients(clients)).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..clients), "{clients} in {of}");
            for shard in shards {
                assert_eq!(shard.size(clients), shard.clients(clients).count() as u64, "{shard:?} of {clients}");
            }
        }
    }

    #[test]
    fn a_shard_is_read_or_refused_with_an_example() {
        assert_eq!("2/7".parse(), Ok(Shard { part: 2, of: 7 }));
        for wrong in ["0/7", "8/7", "2", "a/b", "1/0", "-1/3", "1/1000000", ""] {
            let error = wrong.parse::<Shard>().unwrap_err().to_string();
            assert!(error.contains("such as 2/7"), "{error}");
        }
    }
}
