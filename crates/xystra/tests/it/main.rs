//! The program as somebody runs it.

mod cohort;
mod contact;
mod dose;
mod doses;
mod emulate;
mod given;
mod inspect;
mod keep;
mod lan;
mod log;
mod practices;
mod run;
mod running;
mod study;
mod tablet;
mod take;
