//! The real server: started, killed without warning, started again.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::program;

/// How long a server may take to listen.
const PATIENCE: Duration = Duration::from_mins(1);

/// How one server is started.
#[derive(Debug, Clone)]
pub struct Node {
    data: PathBuf,
    database: Option<String>,
    /// Words before the command line, such as `faketime -f +1h`.
    before: Vec<String>,
}

impl Node {
    /// A server on the embedded database in a data folder.
    pub fn on_folder(data: &Path) -> Self {
        Self { data: data.to_owned(), database: None, before: Vec::new() }
    }

    /// A server on a database elsewhere, with its own files in a data folder.
    pub fn on_database(data: &Path, url: &str) -> Self {
        Self { database: Some(url.to_owned()), ..Self::on_folder(data) }
    }

    /// The same server started by another command, which has to become the server.
    #[must_use]
    pub fn started_by(mut self, words: &[&str]) -> Self {
        self.before = words.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The arguments that name the record, for any command of the program.
    pub fn record(&self) -> Vec<String> {
        let data = ["--data".to_owned(), self.data.display().to_string()];
        let database = self.database.iter().flat_map(|url| ["--database".to_owned(), url.clone()]);
        data.into_iter().chain(database).collect()
    }

    /// Starts it and waits until it listens.
    pub fn start(&self) -> Result<Server> {
        let program = program::path()?;
        let mut words = self.before.iter().map(Into::into).chain([program.into_os_string()]);
        let mut command = Command::new(words.next().context("a command has a first word")?);
        command.args(words).arg("serve").args(self.record()).args(["--listen", "127.0.0.1:0"]);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        match address_of(&mut child) {
            Ok(address) => Ok(Server { child, address }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }
}

/// A server that runs. It is killed when it goes out of sight.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// `http://127.0.0.1:4321`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once (SIGKILL), in the middle of whatever it does.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end (SIGTERM), and waits until it has finished what is under way.
    pub fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        ensure!(asked.success(), "kill -TERM ended with {asked}");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if self.child.try_wait()?.is_some() {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(5));
        }
        bail!("the server did not end within {} s of being asked to", PATIENCE.as_secs())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads the address from the first line, and keeps both pipes empty from then on.
fn address_of(child: &mut Child) -> Result<String> {
    let output = child.stdout.take().context("standard output is not piped")?;
    let mut complaints = child.stderr.take().context("standard error is not piped")?;
    let (send, receive) = mpsc::channel();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            send.send(line).ok();
        }
    });
    thread::spawn(move || {
        let mut text = String::new();
        complaints.read_to_string(&mut text).ok();
        tell.send(text).ok();
    });
    match receive.recv_timeout(PATIENCE) {
        Ok(line) => {
            let url = line.split_once("http").map(|(_, rest)| format!("http{rest}"));
            let url = url.with_context(|| format!("the first line is \"{line}\", not \"listening on http://...\""))?;
            Ok(url.trim().trim_end_matches('/').to_owned())
        }
        Err(mpsc::RecvTimeoutError::Timeout) => bail!("the server printed nothing within {} s", PATIENCE.as_secs()),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            let text = told.recv_timeout(Duration::from_secs(5)).unwrap_or_default();
            bail!("the server did not start: {}", text.trim())
        }
    }
}
