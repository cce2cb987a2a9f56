//! `methods`: the figures and generated tables of docs/methods.

use std::process::ExitCode;

use anyhow::Result;
use bench::methods::{FOLDER, bruising, claims, depth, equations, schedules, session};
use bench::section;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("methods: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    for (part, text) in equations::parts()? {
        section::put(&format!("{FOLDER}/remodelling.md"), part, &text)?;
    }
    let answers = format!("{FOLDER}/answers.md");
    section::put(&answers, "depth", &depth::part()?)?;
    section::put(&answers, "session", &session::part()?)?;
    section::put(&answers, "schedules", &schedules::part()?)?;
    section::put(&answers, "bruising", &bruising::part()?)?;
    section::put(&answers, "claims", &claims::part())?;
    Ok(())
}
