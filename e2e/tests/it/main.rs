//! Browser journeys: one file each, named by what a clinician does.

mod harness;
mod looks;
