//! The running program under kills, faults and load, with its figures.
//!
//! Everything here drives the real server over HTTP as a browser would. Only the seeding of a synthetic clinic goes
//! through the store itself, since nobody types twenty thousand clients. `dose`, `contact`, `remodel` and `cohort`
//! hold libraries against others' instead, `accuracy` holds the dose against a synthetic truth, and `methods` makes the figures of docs/methods.
//!
//! Invariant: what a run reports as acknowledged, the server acknowledged; a run that finds a loss ends with an error.

pub mod accuracy;
pub mod chance;
pub mod chart;
pub mod clock;
pub mod cohort;
pub mod contact;
pub mod dose;
pub mod environment;
pub mod faults;
pub mod kept;
pub mod load;
pub mod methods;
pub mod page;
pub mod peer;
pub mod person;
pub mod postgres;
pub mod program;
pub mod remodel;
pub mod report;
pub mod section;
pub mod seed;
pub mod server;
pub mod sizes;
pub mod spread;
pub mod tally;
pub mod torture;
pub mod yardstick;
pub mod year;
