//! `cargo xtask test`: every test there is, those that need nothing installed first.

use std::env;
use std::path::{self, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::postgres::{self, Care, Server};
use crate::setup;
use crate::step::{cargo, run, step};
use crate::tidy::Tree;

pub(crate) fn everything() -> Result<()> {
    step("library tests", libraries)?;
    step("documentation tests", documentation)?;
    step("script tests", scripts)?;
    step("set-up for the browser", || setup::chromium().and_then(|()| setup::axe()))?;
    step("program for the journeys", program)?;
    step("browser journeys", journeys)
}

fn libraries() -> Result<()> {
    let which = ["--workspace", "--exclude", "xystra-e2e", "--locked"];
    let server = Server::start(Care::Forgetful)?;
    run(runner().args(which).env(postgres::VARIABLE, server.address()))
}

fn documentation() -> Result<()> {
    run(&mut cargo(["test", "--doc", "--workspace", "--locked"]))
}

fn scripts() -> Result<()> {
    let tree = Tree::of_repository()?;
    let tests: Vec<_> = tree.with_ending(".test.js").map(|file| &file.path).collect();
    if tests.is_empty() {
        println!("no script has a test");
        return Ok(());
    }
    setup::node()?;
    run(Command::new("node").arg("--test").args(tests))
}

pub(crate) fn program() -> Result<()> {
    run(&mut cargo(["build", "--package", "xystra", "--locked"]))
}

/// One at a time: each has a Chromium, and their pictures share a folder.
fn journeys() -> Result<()> {
    let alone = [("NEXTEST_TEST_THREADS", "1"), ("RUST_TEST_THREADS", "1")];
    let mut command = runner();
    command.args(["--package", "xystra-e2e", "--locked"]).envs(alone);
    run(command.env("XYSTRA_BIN", built()?))
}

/// nextest where it is installed, else cargo's own.
fn runner() -> Command {
    if setup::has("cargo-nextest") {
        return cargo(["nextest", "run"]);
    }
    cargo(["test", "--all-targets"])
}

pub(crate) fn built() -> Result<PathBuf> {
    let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    Ok(path::absolute(target)?.join("debug").join("xystra"))
}
