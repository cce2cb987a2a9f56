//! The catalog is whole: every id and source that is used exists, every rule has its cases.

mod references;
mod shape;
