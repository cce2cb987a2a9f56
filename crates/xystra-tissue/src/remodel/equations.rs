//! The equations as Rust code, made at build time from `data/tissue/equations.toml`; [`xystra_symbolic::rust_source`] says what is there.

#![allow(clippy::all, clippy::pedantic, unused_variables)]

use xystra_symbolic::Number;

include!(concat!(env!("OUT_DIR"), "/equations.rs"));
