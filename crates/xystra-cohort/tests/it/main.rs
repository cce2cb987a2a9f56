//! Integration tests of the cohort.

mod batch;
mod natural;
mod natural_neck;
mod outlook;
mod score;
mod trial;
mod trust;
