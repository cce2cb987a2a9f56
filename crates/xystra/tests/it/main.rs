//! The program as somebody runs it.

mod dose;
mod given;
mod keep;
mod lan;
mod log;
mod practices;
mod run;
mod running;
mod tablet;
mod take;
