//! Integration tests of the cohort.
