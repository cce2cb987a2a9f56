//! `accuracy`: the pipeline on synthetic recordings whose truth is known.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use bench::accuracy::{Outcome, aims, page, run, table};
use clap::Parser;

/// Analyse synthetic recordings drawn over the whole space and hold the dose against the truth.
#[derive(Debug, Parser)]
struct Args {
    /// Recordings of each class; there are twenty classes.
    #[arg(long, default_value_t = 25)]
    each: u64,
    /// The first recording's number.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only classes whose name holds this.
    #[arg(long, default_value = "")]
    only: String,
    /// Name each recording that came out wrong.
    #[arg(long)]
    misses: bool,
    /// Write the rows of docs/validation/dose.md anew.
    #[arg(long)]
    write: bool,
}

fn main() -> ExitCode {
    match work(&Args::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("accuracy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Are all aims met?
fn work(args: &Args) -> Result<bool> {
    let outcomes = run(args.each, args.seed, &args.only);
    if args.misses {
        for words in outcomes.iter().filter_map(Outcome::words) {
            println!("{words}");
        }
    }
    let tallies = table::tallies(&outcomes);
    println!("{}", table::plain(&tallies));
    fs::create_dir_all("target").context("target: cannot make this folder")?;
    fs::write("target/accuracy.json", serde_json::to_vec_pretty(&tallies)?).context("target/accuracy.json")?;
    if args.write {
        page::write(&tallies)?;
    }
    let missed = aims::missed(&outcomes);
    for aim in &missed {
        println!("missed: {aim}");
    }
    Ok(missed.is_empty())
}
