//! The program as somebody runs it.

mod dose;
mod keep;
mod run;
