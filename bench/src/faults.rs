//! Faults of the machine around the real server, each with its figure.

mod clock;
mod corrupt;
pub mod desk;
mod full;
mod read_only;
mod sync;
mod two;
mod upgrade;

use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};

/// What became of one fault.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Writes that the server acknowledged around it.
    pub acknowledged: usize,
    /// How often the fault was injected.
    pub injected: usize,
    /// What was acknowledged and is not there, or was damaged without being noticed.
    pub lost: usize,
    /// What was seen, in a few words.
    pub seen: String,
}

/// One fault: its name, and how it is tried.
pub struct Fault {
    /// What it is called on the command line.
    pub name: &'static str,
    /// Tries it. An error is either a promise that was broken, or says what this machine lacks ([`Impossible`]).
    pub run: fn() -> Result<Outcome>,
}

/// What this machine cannot do, and what would help.
#[derive(Debug)]
pub struct Impossible(pub String);

impl std::fmt::Display for Impossible {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not possible here: {}", self.0)
    }
}

impl std::error::Error for Impossible {}

/// Every fault, quick ones first.
pub const FAULTS: [Fault; 12] = [
    Fault { name: "two-processes", run: two::run },
    Fault { name: "disk-full", run: full::run },
    Fault { name: "read-only-disk", run: read_only::disk },
    Fault { name: "read-only-postgres", run: read_only::postgres },
    Fault { name: "corrupt-page", run: corrupt::pages },
    Fault { name: "corrupt-recording", run: corrupt::recording },
    Fault { name: "corrupt-journal", run: corrupt::journal },
    Fault { name: "clock-back", run: clock::back },
    Fault { name: "clock-summer-time", run: clock::summer_time },
    Fault { name: "upgrade", run: upgrade::run },
    Fault { name: "fsync-sqlite", run: sync::sqlite },
    Fault { name: "fsync-postgres", run: sync::postgres },
];

/// A few lines of Python's own SQLite module: what somebody with a tool could do to a closed database.
fn python(script: &str, args: &[&str]) -> Result<String> {
    let output = Command::new("python3").arg("-c").arg(script).args(args).output().context("starting python3")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether a program is on the search path; else what to install.
fn needs(program: &str, package: &str) -> Result<()> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let there = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    let lacking = || Impossible(format!("{program} is missing: install {package} (Debian's name)"));
    if there { Ok(()) } else { Err(lacking().into()) }
}

/// A mount that this process may do; else why not.
fn mount(args: &[&str]) -> Result<()> {
    let output: Output = Command::new("mount").args(args).output().context("starting mount")?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let lacking = || Impossible(format!("mount {}: {said}; run as root, or under unshare -Urm", args.join(" ")));
    if output.status.success() { Ok(()) } else { Err(lacking().into()) }
}
