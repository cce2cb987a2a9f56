//! A Python with the programs of others, made once in the ignored target folder.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::{Value, json};

use crate::peer::Peer;
use crate::yardstick;

/// Where scripts and lists of versions lie, in the project.
const FOLDER: &str = "bench/peers";

/// Which Python runs the programs of others.
#[derive(Debug, Clone, Args)]
pub struct Python {
    /// The Python that has the peers; without it, one of its own is made in the target folder.
    #[arg(long)]
    python: Option<PathBuf>,
}

impl Python {
    /// The process of a script of bench/peers that needs a list of programs there, and their versions; says what it runs on.
    pub fn peer(&self, script: &str, requirements: &str) -> Result<(Peer, Value)> {
        let python = match &self.python {
            Some(python) => python.clone(),
            None => made(requirements)?,
        };
        println!("{}", yardstick::machine());
        let mut peer = Peer::start(&python, &file(script))?;
        let versions = peer.ask(&json!({"do": "versions"}))?;
        println!("peers: {versions}");
        Ok((peer, versions))
    }
}

/// The Python that has everything of a list of bench/peers; installs what is missing.
///
/// # Errors
/// No Python 3 with venv, or no network for what is missing.
fn made(requirements: &str) -> Result<PathBuf> {
    let folder = target().join("peers");
    let python = folder.join("bin").join("python");
    if !python.exists() {
        let mut venv = Command::new("python3");
        done(
            venv.args(["-m", "venv"]).arg(&folder),
            "the peers need Python 3 with its venv module (Debian: python3-venv)",
        )?;
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(file(requirements));
    let words =
        "pip could not install the peers: without a network, make the environment elsewhere and name it with --python";
    done(&mut pip, words)?;
    Ok(python)
}

/// A file of bench/peers.
fn file(name: &str) -> PathBuf {
    project().join(FOLDER).join(name)
}

/// The project: cargo names the package's folder; who starts the program by hand stands in the project.
fn project() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.as_deref().and_then(Path::parent).map_or_else(PathBuf::new, Path::to_owned)
}

/// The target folder, where this program lies.
fn target() -> PathBuf {
    let program = env::current_exe().ok();
    let folder = program.as_deref().and_then(|program| program.ancestors().nth(2));
    folder.map_or_else(|| PathBuf::from("target"), Path::to_owned)
}

fn done(command: &mut Command, otherwise: &str) -> Result<()> {
    let status = command.status().with_context(|| otherwise.to_owned())?;
    ensure!(status.success(), "{otherwise}");
    Ok(())
}
