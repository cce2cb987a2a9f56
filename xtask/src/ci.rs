//! `cargo xtask ci`: everything a change must pass, cheap failures first.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::step::{cargo, run, step};
use crate::{bench, readme, smoke, tidy};

pub(crate) fn everything() -> Result<()> {
    let start = Instant::now();
    step("format", || check("fmt --all --check"))?;
    step("tidy", tidy::run)?;
    step("lints", || check("clippy --workspace --all-targets --locked -- -D warnings"))?;
    step("documentation", documentation)?;
    let [demo, test] = readme::commands()?;
    step(&test, || run(&mut typed(&test)))?;
    step("release build", || check("build --release --locked"))?;
    step(&demo, || smoke::answers(typed(&demo).args(["--no-open", "--listen", "127.0.0.1:0"])))?;
    step("kills at random", || bench::torture(&[]))?;
    println!("\nci passed in {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn check(args: &str) -> Result<()> {
    run(&mut typed(&format!("cargo {args}")))
}

fn documentation() -> Result<()> {
    let mut command = typed("cargo doc --workspace --no-deps --locked");
    run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// A command line as a person types it, in the environment of a build machine.
fn typed(line: &str) -> Command {
    let args = line.strip_prefix("cargo ").unwrap_or(line);
    let mut command = cargo(args.split_whitespace());
    command.envs([("CARGO_INCREMENTAL", "0"), ("CARGO_TERM_COLOR", "never")]);
    command
}
