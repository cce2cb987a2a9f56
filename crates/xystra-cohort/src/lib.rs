//! Many virtual clients: a population that the studies allow, their courses by the thousand, what a client's own observations say about
//! which of them to believe, and what these foretell.
//!
//! Invariant: no clock, no file, no record and no page. Chance is a function of a seed, of a name and of the client's number, so that threads,
//! shards and batches make no difference.

pub mod answer;
pub mod batch;
pub mod case;
mod client;
pub mod draw;
mod effect;
mod error;
pub mod forecast;
pub mod natural;
pub mod numbers;
pub mod population;
pub mod score;
pub mod trial;
pub mod trust;

pub mod weigh;

pub use error::Error;
