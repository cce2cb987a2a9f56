//! The program under test, and its commands that end by themselves.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};

/// The program: `XYSTRA_BIN`, or `xystra` beside the one that runs now.
pub fn path() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("XYSTRA_BIN") {
        return Ok(named.into());
    }
    let beside = std::env::current_exe()?.with_file_name("xystra");
    ensure!(beside.exists(), "there is no xystra beside this program: build it, or name it in XYSTRA_BIN");
    Ok(beside)
}

/// Runs a command of the program to its end, whatever becomes of it.
pub fn ends<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Result<Output> {
    let program = path()?;
    Command::new(&program).args(args).output().with_context(|| format!("starting {}", program.display()))
}

/// Runs a command of the program that has to succeed; what it printed.
pub fn succeeds<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Result<String> {
    let output = ends(args)?;
    ensure!(output.status.success(), "{}", said(&output));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a command that ended said, results and complaints.
pub fn said(output: &Output) -> String {
    let texts = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned());
    texts.join("\n").trim().to_owned()
}
