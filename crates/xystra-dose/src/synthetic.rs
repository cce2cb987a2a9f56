//! Made-up recordings whose truth is known: for demonstrations, tests and tables of accuracy.
//!
//! [`Emulation`] is an instrumented tool in a made-up hand: its fields say how the hand moves, what the sensor adds and what
//! goes wrong, and the same fields give the same bytes on every platform. Beside the bytes it gives the [`Truth`]: each stroke
//! as it was made, not as a sensor showed it. [`Class`] draws emulations, [`Score`] holds an analysis against the truth and [`Tally`]
//! sums up. [`Sweeps`] is the small one, for a demonstration.
//!
//! Every file says of itself that it is synthetic, where its format has a place for words.

mod chance;
mod dialect;
mod emulation;
mod fault;
mod hand;
mod path;
mod plan;
mod pose;
mod score;
mod sensor;
mod space;
mod sweeps;
mod table;
mod tally;
mod truth;
mod vibration;

pub use dialect::{Dialect, ForceUnit, TimeUnit};
pub use emulation::{Channels, Emulation, Hand, Motion, Sensor, Texture, Tool};
pub use fault::Fault;
pub use score::{Compared, Score};
pub use space::Class;
pub use sweeps::Sweeps;
pub use tally::{QUANTITIES, Quantified, Spread, Tally};
pub use truth::{Planted, TrueStroke, Truth};

/// A name for the table's file that says what it is.
pub const FILE_NAME: &str = "synthetic-sweeps.csv";

/// The first words of every file.
pub const NOTE: &str = "synthetic: made by Xystra, measured on nobody";

/// A made-up recording and what is true of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Emulated {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done, and what was planted.
    pub truth: Truth,
}
