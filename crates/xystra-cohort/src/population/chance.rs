//! Coordinates by chance.

use crate::draw::Draw;
use crate::population::Population;

/// Draws the coordinates of worlds and of people: each is a function of the seed, of its name and of the number of the world or person.
#[derive(Debug, Clone)]
pub struct Chance {
    world: Vec<Draw>,
    person: Vec<Draw>,
}

impl Chance {
    /// The chance of a population under a seed.
    pub fn of(population: &Population, seed: u64) -> Self {
        let of = |kind: &str, ids: &[String]| ids.iter().map(|id| Draw::of(seed, &format!("{kind}:{id}"))).collect();
        Self { world: of("world", population.world()), person: of("person", population.person()) }
    }

    /// Writes the coordinates of world `number`.
    pub fn world(&self, number: u64, coordinates: &mut [f64]) {
        write(&self.world, number, coordinates);
    }

    /// Writes the coordinates of person `number`.
    pub fn person(&self, number: u64, coordinates: &mut [f64]) {
        write(&self.person, number, coordinates);
    }

    /// One coordinate of person `number`.
    pub(super) fn person_at(&self, place: usize, number: u64) -> f64 {
        self.person[place].normal(number)
    }
}

fn write(draws: &[Draw], number: u64, coordinates: &mut [f64]) {
    for (to, draw) in coordinates.iter_mut().zip(draws) {
        *to = draw.normal(number);
    }
}
