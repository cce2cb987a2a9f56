//! The pages through the real router, on a real store in a throw-away folder.

mod catalog;
mod door;
mod settings;
mod support;
