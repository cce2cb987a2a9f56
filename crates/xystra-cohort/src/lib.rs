//! Many virtual clients: a population that the studies allow, their courses by the thousand, what a client's own observations say about
//! which of them to believe, and what these foretell.
//!
//! Invariant: no clock, no file, no record and no page. Chance is a function of a seed, of a name and of the client's number, so that threads,
//! shards and batches make no difference.

pub mod answer;
pub mod batch;
pub mod case;
pub mod draw;
mod error;

pub use error::Error;
