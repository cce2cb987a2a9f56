//! The whole way: from bytes to dose, on made-up and on real recordings.

mod rims;
mod sweeps;
mod windows;
