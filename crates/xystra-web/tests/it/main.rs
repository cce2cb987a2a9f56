//! The pages through the real router, on a real store in a throw-away folder.

mod door;
mod support;
