//! The Python process that does the same work: a script of bench/peers.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// One question after the other, so that it and we never run at once.
#[derive(Debug)]
pub struct Peer {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts the script with one thread.
    pub fn start(python: &Path, script: &Path) -> Result<Self> {
        let one = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS"]
            .map(|name| (name, "1"));
        let mut command = Command::new(python);
        command.arg(script).envs(one).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("starting {}", python.display()))?;
        let questions = child.stdin.take().context("a pipe to Python")?;
        let answers = BufReader::new(child.stdout.take().context("a pipe from Python")?);
        Ok(Self { child, questions, answers })
    }

    /// Asks and waits.
    pub fn ask(&mut self, question: &Value) -> Result<Value> {
        writeln!(self.questions, "{question}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        ensure!(!line.is_empty(), "Python stopped at {}", question["do"]);
        Ok(serde_json::from_str(&line)?)
    }

    /// Ends it.
    pub fn stop(mut self) -> Result<()> {
        drop(self.questions);
        ensure!(self.child.wait()?.success(), "Python ended with an error");
        Ok(())
    }
}
