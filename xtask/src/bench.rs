//! `cargo xtask torture`, `faults` and `web`: the release program under kills, faults and load; `bench`: figures of the science.

use std::path::{self, Path, PathBuf};
use std::process::Command;
use std::{env, thread};

use anyhow::{Result, bail};

use crate::setup;
use crate::step::{cargo, run, step};

/// Faults that need a disk of their own to mount, which only the super-user of some namespace may do.
const WITH_A_DISK: [&str; 2] = ["disk-full", "read-only-disk"];

/// What `cargo xtask bench` runs on all cores, and on one: what is timed by the clock in turn with programs of others.
/// `cohort` counts the processor's time, and needs two cores for its own threads.
const ALONE: [&str; 3] = ["accuracy", "methods", "cohort"];
const BESIDE_PEERS: [&str; 3] = ["dose", "contact", "remodel"];

/// Kills at random moments: the arguments go to `torture`; without `--engine` both engines have their turn.
pub(crate) fn torture(args: &[String]) -> Result<()> {
    built()?;
    if args.iter().any(|arg| arg.starts_with("--engine")) {
        setup::postgres()?;
        return run(bench("torture")?.args(args));
    }
    step("kills on SQLite", || run(bench("torture")?.args(args)))?;
    step("set-up of PostgreSQL", setup::postgres)?;
    step("kills on PostgreSQL", || run(bench("torture")?.args(args).args(["--engine", "postgres"])))
}

/// Faults of the machine; the arguments name some of them.
pub(crate) fn faults(args: &[String]) -> Result<()> {
    setup::postgres()?;
    setup::faults()?;
    built()?;
    if setup::is_root() || !args.is_empty() {
        return run(bench("faults")?.args(args));
    }
    let mut alone = Command::new("unshare");
    alone.args(["-Urm"]).arg(program("faults")?).args(WITH_A_DISK);
    run(&mut alone)?;
    let others = ["--all-but"].into_iter().chain(WITH_A_DISK);
    run(bench("faults")?.args(others))
}

/// The pages of a synthetic clinic; the arguments go to `web`.
pub(crate) fn web(args: &[String]) -> Result<()> {
    setup::postgres()?;
    setup::faults()?;
    built()?;
    run(bench("web")?.args(args))
}

/// Figures of the science: the first argument names the program of `bench` that makes them.
pub(crate) fn figures(args: &[String]) -> Result<()> {
    let known = |name: &str| ALONE.contains(&name) || BESIDE_PEERS.contains(&name);
    let Some((name, args)) = args.split_first().filter(|(name, _)| known(name)) else {
        bail!("usage: cargo xtask bench {} [ARGUMENTS]", [ALONE.join("|"), BESIDE_PEERS.join("|")].join("|"));
    };
    run(&mut cargo(["build", "--release", "--package", "bench", "--bin", name, "--locked"]))?;
    let mut program = if BESIDE_PEERS.contains(&name.as_str()) { on_one_core(&program(name)?) } else { bench(name)? };
    run(program.args(args))
}

fn built() -> Result<()> {
    run(&mut cargo(["build", "--release", "--package", "xystra", "--package", "bench", "--locked"]))
}

fn bench(name: &str) -> Result<Command> {
    Ok(Command::new(program(name)?))
}

/// The last core, where the machine allows it: others start at the first one.
fn on_one_core(program: &Path) -> Command {
    if !setup::has("taskset") {
        return Command::new(program);
    }
    let last = thread::available_parallelism().map_or(0, |cores| cores.get() - 1);
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &last.to_string()]).arg(program);
    command
}

fn program(name: &str) -> Result<PathBuf> {
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Ok(path::absolute(target)?.join("release").join(name))
}
