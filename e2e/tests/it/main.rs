//! Browser journeys: one file each, named by what a clinician does.

mod checkin;
mod clinic;
mod course;
mod door;
mod drafts;
mod hands;
mod harness;
mod lab;
mod looks;
mod outlook;
mod people;
mod picture;
mod proposal;
mod recording;
mod refusal;
mod steps;
