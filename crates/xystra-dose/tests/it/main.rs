//! The whole way: from bytes to dose, on made-up and on real recordings.

mod accuracy;
mod attitude;
mod corpora;
mod edf;
mod json;
#[cfg(feature = "parquet")]
mod parquet;
mod rims;
mod shared;
mod skin;
mod streams;
mod sweeps;
mod tables;
mod texture;
mod windows;
mod xdf;
