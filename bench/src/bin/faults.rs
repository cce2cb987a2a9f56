//! `faults [NAME...]`: faults of the machine around the real server, each with its figure.

use std::process::ExitCode;
use std::time::Instant;

use bench::faults::{FAULTS, Fault, Impossible, Outcome};
use bench::tally::table;
use clap::Parser;

/// Try faults of the machine around the real server.
#[derive(Debug, Parser)]
struct Args {
    /// Which ones; all when none is named.
    names: Vec<String>,
    /// All but those that are named.
    #[arg(long)]
    all_but: bool,
}

fn main() -> ExitCode {
    let Args { names, all_but } = Args::parse();
    if let Some(unknown) = names.iter().find(|name| FAULTS.iter().all(|fault| fault.name != name.as_str())) {
        let known: Vec<&str> = FAULTS.iter().map(|fault| fault.name).collect();
        eprintln!("faults: {unknown} is none of {}", known.join(", "));
        return ExitCode::FAILURE;
    }
    let (mut rows, mut is_fine) = (Vec::new(), true);
    let is_wanted = |fault: &&Fault| names.is_empty() || names.iter().any(|name| name == fault.name) != all_but;
    for fault in FAULTS.iter().filter(is_wanted) {
        let (row, fine) = tried(fault);
        is_fine &= fine;
        rows.push(row);
    }
    println!("{}", table(&["fault", "acknowledged", "injected", "lost", "seconds"], &rows));
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A row of figures, and whether the promise was kept. What this machine cannot do breaks no promise.
fn tried(fault: &Fault) -> (Vec<String>, bool) {
    let start = Instant::now();
    let outcome = (fault.run)();
    let seconds = format!("{:.1}", start.elapsed().as_secs_f64());
    match outcome {
        Ok(Outcome { acknowledged, injected, lost, seen }) => {
            println!("{}: {seen}", fault.name);
            let figures = [acknowledged, injected, lost].map(|figure| figure.to_string());
            ([vec![fault.name.to_owned()], figures.to_vec(), vec![seconds]].concat(), lost == 0)
        }
        Err(error) => {
            println!("{}: {error:#}", fault.name);
            let missing = vec!["-".to_owned(); 3];
            ([vec![fault.name.to_owned()], missing, vec![seconds]].concat(), error.is::<Impossible>())
        }
    }
}
