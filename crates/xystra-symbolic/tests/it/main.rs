//! From a file of equations to what follows from it.

mod source;
mod system;
