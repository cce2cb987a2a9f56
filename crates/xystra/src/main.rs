//! The Xystra program.
fn main() {}
