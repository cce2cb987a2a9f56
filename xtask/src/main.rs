//! `cargo xtask test|ci|tidy`: everything that checks this repository, so that a person and a build machine run the same.

mod ci;
mod picture;
mod readme;
mod setup;
mod smoke;
mod step;
mod test;
mod tidy;

use std::env;
use std::path::Path;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo xtask TASK
  test   all tests: libraries, documentation, scripts, browser journeys
  ci     everything a change must pass, cheap failures first
  tidy   the rules of the house alone (ARCHITECTURE.md, CONTRIBUTING.md)
  picture  the screenshot of the README, made by a browser journey";

fn main() -> Result<()> {
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    match env::args().nth(1).as_deref() {
        Some("test") => test::everything(),
        Some("ci") => ci::everything(),
        Some("tidy") => tidy::run(),
        Some("picture") => picture::make(),
        _ => bail!(USAGE),
    }
}
