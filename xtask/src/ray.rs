//! `cargo xtask ray`: the worked example of examples/ray on this machine, held against one run. Ray is a large download, so this is no part of
//! `cargo xtask test`.

use std::env;
use std::path::{self, Path};
use std::process::Command;

use anyhow::{Context, Result};

use crate::step::{cargo, run, step};

/// Where the example lies.
const FOLDER: &str = "examples/ray";
/// The trial that is spread.
const TRIAL: [&str; 7] = ["examples/shoulder-trial.study.toml", "--clients", "20000", "--shards", "7", "--seed", "3"];

/// Spreads a virtual trial with Ray and compares it with one run; the arguments go to the example in place of its own.
pub(crate) fn spread(args: &[String]) -> Result<()> {
    let target = path::absolute(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))?;
    step("the program", || run(&mut cargo(["build", "--release", "--package", "xystra", "--locked"])))?;
    step("set-up of Ray", || ray(&target.join("ray")))?;
    let mut example = Command::new(target.join("ray/bin/python"));
    example.arg(format!("{FOLDER}/shards.py"));
    if args.is_empty() {
        example.args(TRIAL)
    } else {
        example.args(args)
    };
    example.arg("--xystra").arg(target.join("release/xystra")).arg("--out").arg(target.join("ray/trial.json"));
    step("a trial in shards beside one run", || run(example.arg("--check")))
}

/// A Python of its own with Ray, in the ignored target folder; made once.
fn ray(folder: &Path) -> Result<()> {
    let python = folder.join("bin/python");
    if !python.exists() {
        let mut venv = Command::new("python3");
        run(venv.args(["-m", "venv"]).arg(folder))
            .context("Ray needs Python 3 with its venv module (Debian: python3-venv)")?;
    }
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    run(pip.arg(format!("{FOLDER}/requirements.txt"))).context(
        "Ray could not be installed: it needs a network and a Python that it has a wheel for; nothing was tested",
    )
}
