//! A few virtual clients that stand for all weighed ones, small enough to be kept with a record.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::client::{Clients, Model};

/// Equally likely virtual clients after the observations: from them a question is answered without weighing again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// Seed of their chance.
    pub(crate) seed: u64,
    /// Names of their own coordinates.
    coordinates: Vec<String>,
    numbers: Vec<u64>,
    /// How often each stands there.
    pub(crate) counts: Vec<u32>,
    /// Own coordinates, in thousandths of a standard deviation.
    own: Vec<i32>,
}

/// Steps of one standard deviation: finer than anybody could tell apart.
const STEPS: f64 = 1000.0;

impl Kept {
    pub(crate) fn new(seed: u64, coordinates: &[String], clients: &Clients, counts: Vec<u32>) -> Self {
        let own = clients.own.iter().map(|z| steps(*z)).collect();
        Self { seed, coordinates: coordinates.to_vec(), numbers: clients.numbers.clone(), counts, own }
    }

    /// How many clients they stand for.
    pub fn size(&self) -> usize {
        self.counts.iter().map(|count| *count as usize).sum()
    }

    /// The clients, where they are still those of the case.
    ///
    /// # Errors
    /// Another method or another case kept them: its coordinates have other names.
    pub(crate) fn clients(&self, model: &Model<'_>) -> Result<Clients, Error> {
        let count = self.coordinates.len();
        let fits = self.own.len() == count * self.numbers.len() && self.counts.len() == self.numbers.len();
        if self.coordinates != model.coordinates.names || !fits || self.numbers.is_empty() {
            return Err(Error::File {
                file: "kept virtual clients".to_owned(),
                what: "they belong to another case or version; weigh the case again".to_owned(),
            });
        }
        let own = self.own.iter().map(|steps| f64::from(*steps) / STEPS).collect();
        Ok(Clients { numbers: self.numbers.clone(), own })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a coordinate is some standard deviations")]
fn steps(z: f64) -> i32 {
    (z * STEPS).round() as i32
}
