//! The batch engine beside the reference integrator and beside itself.

mod people;
mod same;
mod truth;
