//! A virtual client of one case: who it is by its coordinates, what happens to it, and what a measure would show of it.
//!
//! A virtual client is its number and its own coordinates: the few that one client's observations can tell anything about. Every other
//! coordinate (what the calibration leaves open, how people differ otherwise, how single sessions went) follows from the number.

mod coordinates;
mod crew;
mod entry;
mod force;
mod levels;
mod life;
mod model;
mod script;

pub(crate) use crew::Crew;
pub(crate) use levels::{GRADES, Levels};
pub(crate) use life::{CAUSES, Life};
pub(crate) use model::Model;
pub(crate) use script::Script;

/// Virtual clients, all with as many own coordinates.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Clients {
    /// What all that is not their own follows from.
    pub(crate) numbers: Vec<u64>,
    /// Own coordinates, standard normal before any observation, client after client.
    pub(crate) own: Vec<f64>,
}

impl Clients {
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// One of them: its number and its own coordinates.
    pub(crate) fn at(&self, i: usize) -> (u64, &[f64]) {
        let width = self.own.len() / self.numbers.len();
        (self.numbers[i], &self.own[i * width..(i + 1) * width])
    }

    pub(crate) fn push(&mut self, number: u64, own: &[f64]) {
        self.numbers.push(number);
        self.own.extend_from_slice(own);
    }

    /// Where some of them stand here; both in the order of their numbers.
    pub(crate) fn places(&self, some: &Self) -> Vec<usize> {
        some.numbers.iter().filter_map(|number| self.numbers.binary_search(number).ok()).collect()
    }

    /// Those at some places, in that order.
    pub(crate) fn only(&self, places: impl IntoIterator<Item = usize>) -> Self {
        let mut some = Self::default();
        for place in places {
            let (number, own) = self.at(place);
            some.push(number, own);
        }
        some
    }
}
