//! `torture --kills N`: SIGKILL of the real server at random moments while several people write.

use std::process::ExitCode;
use std::time::Instant;

use bench::torture::{Engine, Report, run, words};
use clap::{Parser, ValueEnum};

/// Kill the server at random moments while several people write, and look for anything lost.
#[derive(Debug, Parser)]
struct Args {
    /// How often.
    #[arg(long, default_value_t = 20)]
    kills: usize,
    /// On which database.
    #[arg(long, value_enum, default_value = "sqlite")]
    engine: Database,
    /// Decides what is written and when a kill comes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let engine = match args.engine {
        Database::Sqlite => Engine::Sqlite,
        Database::Postgres => Engine::Postgres,
    };
    let start = Instant::now();
    match run(engine, args.kills, args.seed) {
        Ok(report) => {
            println!("{}", words(engine, &report, start));
            complain(&report);
            if report.findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("torture: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Names the first of everything that is wrong.
fn complain(report: &Report) {
    let findings = &report.findings;
    for (word, names) in
        [("lost", &findings.lost), ("half-written", &findings.half), ("written twice", &findings.twice)]
    {
        names.iter().take(10).for_each(|name| eprintln!("{word}: {name}"));
    }
    report.refused_by_survivors.iter().take(10).for_each(|said| eprintln!("refused by a survivor: {said}"));
}
