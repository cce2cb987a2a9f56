//! `cargo xtask test|ci|tidy`: everything that checks this repository, so that a person and a build machine run the same.

mod asvs;
mod bench;
mod ci;
mod fuzz;
mod picture;
mod postgres;
mod ray;
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
  postgres [--durable] -- COMMAND...  runs a command beside a throw-away PostgreSQL server
  torture [--kills N] [--engine sqlite|postgres] [--seed S]  kills the release program at random while people write;
         20 times on both engines when nothing is said
  faults [NAME...]  a full disk, a damaged file, a wrong clock and others around the release program
  web [--engine sqlite|postgres] [--year]  the pages of a synthetic clinic under load
  bench NAME  figures of the science: accuracy [--each N] [--seed S] [--only CLASS] [--misses] [--write]
  bench dose [--repeats N] [--hours N]  the dose pipeline beside SciPy, polars, pandas and pyarrow, on one core
  bench contact|remodel [--write]  contact beside tamaas, ContactMechanics and scikit-fem; courses beside libroadrunner,
         COPASI and SciPy
  bench methods  the figures and tables of docs/methods
  ray    the worked example of examples/ray on this machine: a virtual trial in shards, bit for bit beside one run
  fuzz [--minutes N] [TARGET...]  the readers of recordings under random bytes; 10 minutes each when nothing is said
  asvs   writes docs/validation/asvs.md from the table beside it
  picture  the screenshot of the README, made by a browser journey";

fn main() -> Result<()> {
    env::set_current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))?;
    match env::args().nth(1).as_deref() {
        Some("test") => test::everything(),
        Some("ci") => ci::everything(),
        Some("tidy") => tidy::run(),
        Some("postgres") => postgres::beside(&env::args().skip(2).collect::<Vec<_>>()),
        Some("torture") => bench::torture(&env::args().skip(2).collect::<Vec<_>>()),
        Some("faults") => bench::faults(&env::args().skip(2).collect::<Vec<_>>()),
        Some("web") => bench::web(&env::args().skip(2).collect::<Vec<_>>()),
        Some("bench") => bench::figures(&env::args().skip(2).collect::<Vec<_>>()),
        Some("ray") => ray::spread(&env::args().skip(2).collect::<Vec<_>>()),
        Some("fuzz") => fuzz::every_target(&env::args().skip(2).collect::<Vec<_>>()),
        Some("asvs") => asvs::write(),
        Some("picture") => picture::make(),
        _ => bail!(USAGE),
    }
}
