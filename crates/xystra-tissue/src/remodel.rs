//! Remodelling: one site of tissue from minutes to months, as ordinary differential equations with events.
//!
//! `data/tissue/equations.toml` alone defines the equations. The build turns them into straight-line Rust ([`equations`]); time is in hours.

pub mod equations;
mod happening;
mod integrate;
mod parameters;
pub mod rosenbrock;
pub mod sbml;
mod simulate;
mod site;
mod state;
mod system;
mod touch;
mod treatment;

pub use equations::{EVENTS, INPUTS, OUTPUTS, PARAMETERS, STATES};
pub use happening::Happening;
pub use integrate::{Tolerance, integrate};
pub use parameters::Parameters;
pub use simulate::{Course, simulate};
pub use site::Site;
pub use state::State;
pub use system::system;
pub use touch::{Touch, kept_curves};
pub use treatment::{Treatment, slowness};
pub use xystra_symbolic::Number;

use crate::error::Error;

/// The place of an id in a table of ids.
///
/// # Errors
/// The ids there are, near ones first, when none is it.
fn place(what: &'static str, table: &[&str], id: &str) -> Result<usize, Error> {
    table.iter().position(|known| *known == id).ok_or_else(|| {
        let near: Vec<&str> = table.iter().copied().filter(|known| is_near(known, id)).collect();
        let known = if near.is_empty() { table.join(", ") } else { format!("{}, ...", near.join(", ")) };
        Error::Unknown { what, key: id.to_owned(), known }
    })
}

/// Whether two ids share a word or a beginning.
fn is_near(one: &str, other: &str) -> bool {
    let words = |id: &str| id.split(['_', '-']).map(str::to_owned).collect::<Vec<_>>();
    let begins = |a: &String, b: &String| a.len().min(b.len()) >= 3 && (a.starts_with(b) || b.starts_with(a));
    words(one).iter().any(|a| words(other).iter().any(|b| a == b || begins(a, b)))
}
