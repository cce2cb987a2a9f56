//! The signal pipeline beside SciPy's and the readers beside polars, pandas and pyarrow, on one core in one run.

pub mod day;
pub mod parity;
pub mod pipeline;
pub mod reading;
pub mod recording;
