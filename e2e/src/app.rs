//! The program under test.

use std::env;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::announce::announced;
use crate::target;

/// A running Xystra; killed when dropped.
#[derive(Debug)]
pub struct App {
    args: Vec<String>,
    child: Child,
    opening_url: String,
}

impl App {
    /// Starts the program with `args` and waits until it says `listening on http://...`.
    ///
    /// Ask for port 0: journeys may run beside each other.
    pub fn start(args: &[&str]) -> Result<Self> {
        Self::run(args.iter().map(|&arg| arg.to_owned()).collect())
    }

    /// The whole address that the program printed, path included.
    pub fn opening_url(&self) -> &str {
        &self.opening_url
    }

    /// The address of a page, from a path that begins with `/`.
    pub fn url(&self, path: &str) -> String {
        let host = self.opening_url.splitn(4, '/').take(3);
        host.collect::<Vec<_>>().join("/") + path
    }

    /// Ends the program as a power cut would (SIGKILL).
    pub fn kill(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Kills the program and starts it again with the same arguments; with port 0 its address changes.
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        *self = Self::run(self.args.clone())?;
        Ok(())
    }

    fn run(args: Vec<String>) -> Result<Self> {
        let program = program()?;
        let mut child = Command::new(&program)
            .args(&args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let opening_url = announced(&mut child, "listening on ").inspect_err(|_| {
            child.kill().ok();
        })?;
        Ok(Self { args, child, opening_url })
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.kill().ok();
    }
}

/// Runs a command of the program to its end; what it printed.
pub fn command(args: &[&str]) -> Result<String> {
    let output = Command::new(program()?).args(args).stdin(Stdio::null()).output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{args:?} ended with {}: {errors}", output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn program() -> Result<PathBuf> {
    if let Some(program) = env::var_os("XYSTRA_BIN") {
        return Ok(program.into());
    }
    let program = target().join("debug").join("xystra");
    ensure!(program.exists(), "no program to drive: run `cargo build -p xystra`, or name one in XYSTRA_BIN");
    Ok(program)
}
