//! `cargo xtask bench dose|contact|remodel`: our programs beside those of others in Python, on one core.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::setup;
use crate::step::run;

/// The peers' versions.
const PEERS: &str = "bench/peers/requirements.txt";

/// The arguments go to the program, which is told of the Python that has the peers.
pub(super) fn beside(name: &str, args: &[String]) -> Result<()> {
    let folder = super::program(name)?.ancestors().nth(2).context("a target folder")?.join("peers");
    peers(&folder)?;
    let mut alone = on_one_core(&super::program(name)?);
    run(alone.arg("--python").arg(python(&folder)).args(args))
}

/// A Python of its own with the peers, in the ignored target folder; made once.
fn peers(folder: &Path) -> Result<()> {
    if !python(folder).exists() {
        run(Command::new("python3").args(["-m", "venv"]).arg(folder))
            .context("the peers need Python 3 with its venv module (Debian: python3-venv)")?;
    }
    run(Command::new(python(folder)).args(["-m", "pip", "install", "--quiet", "--requirement", PEERS]))
}

/// The last core, where the machine allows it: others start at the first one.
fn on_one_core(program: &Path) -> Command {
    if !setup::has("taskset") {
        return Command::new(program);
    }
    let last = std::thread::available_parallelism().map_or(0, |cores| cores.get() - 1);
    let mut command = Command::new("taskset");
    command.args(["--cpu-list", &last.to_string()]).arg(program);
    command
}

fn python(folder: &Path) -> PathBuf {
    folder.join("bin").join("python")
}
