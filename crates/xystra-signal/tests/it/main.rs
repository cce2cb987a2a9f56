//! Filters and spectra against SciPy's, and against what always holds.

mod always;
mod reference;
mod scipy;
