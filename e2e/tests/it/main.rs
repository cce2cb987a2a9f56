//! Browser journeys: one file each, named by what a clinician does.

mod course;
mod door;
mod drafts;
mod hands;
mod harness;
mod looks;
mod picture;
mod proposal;
mod refusal;
mod steps;
