//! What is kept. `contract` holds functions that take any store, so that every engine runs the same ones;
//! `sqlite` runs them, and the rest is about the files of this engine.

#![allow(clippy::unwrap_used, reason = "a test that stops says where")]

mod backup;
mod contract;
mod file;
mod home;
mod portable;
mod sqlite;
mod tamper;
