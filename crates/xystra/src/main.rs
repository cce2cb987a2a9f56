//! The program: one file for each sub-command.

mod backup;
mod demo;
mod disk;
mod dose;
mod recover;
mod serve;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The dose-and-response record for instrument-assisted soft tissue mobilization (IASTM).
///
/// Not a diagnosis, not a prescription, not a medical device; it does not replace professional advice.
#[derive(Debug, Parser)]
#[command(name = "xystra", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the record kept in a data folder to the browsers of this machine.
    Serve(serve::Serve),
    /// Serve a throw-away record of synthetic clients, signed in, and open the browser.
    Demo(demo::Demo),
    /// Strokes and dose of a recording of an instrumented tool.
    Dose(dose::Dose),
    /// Write everything into one file, and read it back before it counts.
    Backup(backup::Backup),
    /// Put a backup into an empty data folder: all of it, or nothing.
    Restore(backup::Restore),
    /// Check the database and the journal's chain, or a backup file.
    Verify(verify::Verify),
    /// Give the owner a new password, for somebody who is locked out.
    Recover(recover::Recover),
}

/// Where the record is kept.
#[derive(Debug, clap::Args)]
struct Data {
    /// The data folder; made when it is not there.
    #[arg(long, value_name = "FOLDER", env = "XYSTRA_DATA", default_value_os_t = default_folder())]
    data: PathBuf,
}

/// The user's own place for data, as the platform has it.
fn default_folder() -> PathBuf {
    let var = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = var("XDG_DATA_HOME")
        .or_else(|| var("APPDATA"))
        .or_else(|| var("HOME").map(|home| home.join(".local").join("share")));
    base.unwrap_or_default().join("xystra")
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => in_runtime(serve.run()),
        Command::Demo(demo) => in_runtime(demo.run()),
        Command::Dose(dose) => dose.run(),
        Command::Backup(backup) => in_runtime(backup.run()),
        Command::Restore(restore) => in_runtime(restore.run()),
        Command::Verify(verify) => in_runtime(verify.run()),
        Command::Recover(recover) => in_runtime(recover.run()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xystra: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn in_runtime(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(work)
}
