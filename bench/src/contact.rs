//! Contact beside tamaas, ContactMechanics and a finite-element program, and how long ours takes.

pub mod beside;
pub mod hertz;
pub mod speed;
pub mod stacks;
