//! The program: one file for each sub-command.

mod backup;
mod cohort;
mod contact;
mod data;
mod demo;
mod disk;
mod dose;
mod erase;
mod export;
mod log;
mod moving;
mod practice;
mod recompute;
mod recover;
mod serve;
mod simulate;
mod study;
mod tls;
mod tool;
mod verify;
mod work;

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
    /// Instrumented tools: look at a recording, or make one up.
    #[command(subcommand)]
    Tool(tool::Tool),
    /// What an edge does to layers of tissue: depth, pressure, strain.
    Contact(contact::Contact),
    /// Published studies beside what the model makes of them.
    #[command(subcommand)]
    Study(study::Studies),
    /// Many virtual clients: virtual trials, and their shards put together.
    #[command(subcommand)]
    Cohort(cohort::Cohort),
    /// What the model expects of a plan: every state and output over time.
    Simulate(simulate::Simulate),
    /// Write a practice into one file, and read it back before it counts.
    Backup(backup::Backup),
    /// Put the practice of a backup into a folder or database that does not hold it: all of it, or nothing.
    Restore(backup::Restore),
    /// Check the database and the journal's chain, or a backup file.
    Verify(verify::Verify),
    /// Move a practice to another database: from SQLite to PostgreSQL, or back.
    Move(moving::Move),
    /// List the practices of a database, or make one more.
    #[command(subcommand)]
    Practice(practice::Practices),
    /// Take the record or the model away in formats that other programs read.
    Export(export::Export),
    /// Erase a client for good; the journal keeps the proof.
    Erase(erase::Erase),
    /// Compute the doses of kept recordings anew where an older version of the method made them.
    Recompute(recompute::Recompute),
    /// Give the owner a new password, for somebody who is locked out.
    Recover(recover::Recover),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(serve) => in_runtime(serve.run()),
        Command::Demo(demo) => in_runtime(demo.run()),
        Command::Dose(dose) => dose.run(),
        Command::Tool(tool) => tool.run(),
        Command::Contact(contact) => contact.run(),
        Command::Study(studies) => studies.run(),
        Command::Cohort(cohort) => cohort.run(),
        Command::Simulate(simulate) => simulate.run(),
        Command::Backup(backup) => in_runtime(backup.run()),
        Command::Restore(restore) => in_runtime(restore.run()),
        Command::Verify(verify) => in_runtime(verify.run()),
        Command::Move(moving) => in_runtime(moving.run()),
        Command::Practice(practices) => in_runtime(practices.run()),
        Command::Export(export) => in_runtime(export.run()),
        Command::Erase(erase) => in_runtime(erase.run()),
        Command::Recompute(recompute) => in_runtime(recompute.run()),
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
