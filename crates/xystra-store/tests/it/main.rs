//! What is kept. `contract` holds functions that take any store; `engines` runs each of them on both engines. The rest is
//! about the files of SQLite, about moving between the engines, and about what former programs left.

#![allow(clippy::unwrap_used, reason = "a test that stops says where")]

mod contract;
mod engines;
mod file;
mod home;
mod moving;
mod portable;
mod postgres;
mod upgrade;
