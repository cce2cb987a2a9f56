//! How many virtual clients a trial has, and who.

use serde::{Deserialize, Serialize};

use crate::Error;

/// How many virtual clients, and who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// Clients in every arm.
    pub clients: u64,
    /// Answers to what the studies leave open; client `i` lives in world `i mod worlds`.
    pub worlds: u64,
    /// Decides who they are.
    pub seed: u64,
}

/// Worlds unless somebody asks for another number: enough for the ends of a 90 % interval.
const WORLDS: u64 = 200;
/// Clients that a world should have at least, so that its mean means something.
const CROWD: u64 = 50;

impl Setup {
    /// So many clients, in as many worlds as suit them where nobody says.
    pub fn new(clients: u64, worlds: Option<u64>, seed: u64) -> Result<Self, Error> {
        let worlds = worlds.unwrap_or_else(|| (clients / CROWD).clamp(1, WORLDS));
        within("clients", clients, 2, 1_000_000_000)?;
        within("worlds", worlds, 1, clients.min(100_000))?;
        Ok(Self { clients, worlds, seed })
    }

    /// The world that a client lives in.
    pub fn world(&self, client: u64) -> u64 {
        client % self.worlds
    }
}

fn within(field: &str, value: u64, least: u64, largest: u64) -> Result<(), Error> {
    if (least..=largest).contains(&value) {
        return Ok(());
    }
    let must = "2 to 10^9 clients, and 1 to 100000 worlds but no more than clients";
    Err(Error::Number { field: field.to_owned(), value: value as f64, must })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worlds_suit_the_clients() {
        let worlds = |clients| Setup::new(clients, None, 1).map(|setup| setup.worlds);
        assert_eq!((worlds(20), worlds(1000), worlds(1_000_000)), (Ok(1), Ok(20), Ok(200)));
        assert!(Setup::new(10, Some(11), 1).is_err() && Setup::new(1, None, 1).is_err());
    }
}
