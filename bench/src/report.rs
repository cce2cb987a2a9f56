//! What every program beside those of others shares: a Python of its own, a page of figures, an end.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use serde_json::Value;

use crate::environment::Python;
use crate::peer::Peer;
use crate::{section, tally, yardstick};

/// What each of them can be told.
#[derive(Debug, Clone, Args)]
pub struct Options {
    #[command(flatten)]
    python: Python,
    /// Writes the tables into the page of docs/validation.
    #[arg(long)]
    write: bool,
}

/// A page of docs/validation, shown, and written when asked for.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    file: &'static str,
    write: bool,
}

impl Options {
    /// The process of a script of bench/peers that needs a list of programs there, and their versions; says what it runs on.
    pub fn peer(&self, script: &str, requirements: &str) -> Result<(Peer, Value)> {
        self.python.peer(script, requirements)
    }

    /// The page of the figures.
    pub fn page(&self, file: &'static str) -> Page {
        Page { file, write: self.write }
    }
}

impl Page {
    /// Shows a table.
    pub fn show(self, part: &str, heads: &[&str], rows: &[Vec<String>]) -> Result<()> {
        println!("\n{}", tally::table(heads, rows));
        if self.write && !rows.is_empty() {
            section::put(self.file, part, &section::table(heads, rows))
        } else {
            Ok(())
        }
    }

    /// Draws a picture when the page is written.
    pub fn draw(self, draw: impl FnOnce() -> Result<()>) -> Result<()> {
        if self.write { draw() } else { Ok(()) }
    }

    /// Says in one line on what this was measured.
    pub fn machine(self, versions: &Value) -> Result<()> {
        let line = format!("{}; {}; peers {versions}.", jiff::Zoned::now().date(), yardstick::machine());
        if self.write { section::put(self.file, "machine", &line) } else { Ok(()) }
    }
}

/// The end of a program: what went wrong, if something did.
pub fn end(name: &str, done: Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
