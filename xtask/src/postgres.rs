//! A throw-away PostgreSQL server: in a temporary folder, on a free port of this machine, gone when it is dropped.

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::setup;
use crate::step::run;

/// The variable that tells tests and benches where the server is.
pub(crate) const VARIABLE: &str = "XYSTRA_TEST_POSTGRES";

const PATIENCE: Duration = Duration::from_secs(30);

/// Tests make and drop a database each, and nothing of it shall outlive them.
const FORGETFUL: [&str; 3] = ["fsync=off", "full_page_writes=off", "autovacuum=off"];

/// How much a server cares for what it keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Nothing waits for the disk.
    Forgetful,
    /// A commit is on the disk before it is acknowledged, as in a clinic.
    Durable,
}

/// A running server. Whoever can reach this machine's loopback is let in without a password.
#[derive(Debug)]
pub(crate) struct Server {
    folder: TempDir,
    process: Child,
    port: u16,
}

impl Server {
    /// Makes a server's folder and starts it; comes back when it answers.
    pub(crate) fn start(care: Care) -> Result<Self> {
        setup::postgres()?;
        let folder = tempfile::Builder::new().prefix("xystra-postgres-").tempdir()?;
        if setup::is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        let words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"];
        run(program("initdb", folder.path())?.arg("--pgdata").arg(&data).args(words).stdout(Stdio::null()))?;
        let port = free_port()?;
        let log = fs::File::create(folder.path().join("log"))?;
        let process = program("postgres", folder.path())?.args(options(&data, port, care)).stderr(log).spawn()?;
        let mut server = Self { folder, process, port };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Where it is, for whoever may make databases.
    pub(crate) fn address(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The server says so itself in the eighth line of its file.
    fn wait_until_ready(&mut self) -> Result<()> {
        let file = self.folder.path().join("data").join("postmaster.pid");
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let text = fs::read_to_string(&file).unwrap_or_default();
            if text.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if let Some(status) = self.process.try_wait()? {
                bail!("postgres ended with {status}: {}", self.said());
            }
            sleep(Duration::from_millis(20));
        }
        bail!("postgres was not ready within {} s: {}", PATIENCE.as_secs(), self.said())
    }

    fn said(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

/// SIGINT ends every connection and then the server; its folder goes with the field.
impl Drop for Server {
    fn drop(&mut self) {
        let id = self.process.id().to_string();
        let told = Command::new("kill").args(["-INT", &id]).status();
        if !told.is_ok_and(|status| status.success()) {
            self.process.kill().ok();
        }
        self.process.wait().ok();
    }
}

/// `cargo xtask postgres [--durable] -- COMMAND...`: runs a command beside a server that is gone afterwards.
pub(crate) fn beside(args: &[String]) -> Result<()> {
    let (options, command) = match args.iter().position(|arg| arg == "--") {
        Some(at) => (&args[..at], &args[at + 1..]),
        None => bail!("cargo xtask postgres [--durable] -- COMMAND..."),
    };
    let care = match options {
        [] => Care::Forgetful,
        [one] if one == "--durable" => Care::Durable,
        other => bail!("{other:?}: only --durable is known"),
    };
    let (program, rest) = command.split_first().context("name a command after --")?;
    let server = Server::start(care)?;
    run(Command::new(program).args(rest).env(VARIABLE, server.address()))
}

/// One of the server's programs, as a user whom it serves: it refuses the super-user.
fn program(name: &str, folder: &Path) -> Result<Command> {
    let path = found(name).with_context(|| format!("{name} is not installed"))?;
    let mut command = if setup::is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    command.current_dir(folder).stdin(Stdio::null());
    Ok(command)
}

/// On the search path, or where Debian keeps each version's programs.
pub(crate) fn found(name: &str) -> Option<PathBuf> {
    if setup::has(name) {
        return Some(name.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number = |path: &PathBuf| path.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
    let newest = versions.map(|version| version.path()).max_by_key(number)?;
    Some(newest.join("bin").join(name)).filter(|path| path.is_file())
}

fn options(data: &Path, port: u16, care: Care) -> Vec<OsString> {
    let port = format!("port={port}");
    let mut settings = vec!["listen_addresses=127.0.0.1", &port, "unix_socket_directories=", "max_connections=300"];
    if care == Care::Forgetful {
        settings.extend(FORGETFUL);
    }
    let mut options: Vec<OsString> = vec!["-D".into(), data.into()];
    options.extend(settings.into_iter().flat_map(|setting| ["-c".into(), setting.into()]));
    options
}

fn free_port() -> Result<u16> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    ensure!(port > 0, "no port is free");
    Ok(port)
}

#[cfg(test)]
mod tests {
    use super::{Care, beside, options};

    #[test]
    fn a_durable_server_waits_for_its_disk() {
        let without = |care| options("data".as_ref(), 5, care).iter().any(|word| word == "fsync=off");
        assert!(without(Care::Forgetful) && !without(Care::Durable));
    }

    #[test]
    fn a_command_has_to_be_named() {
        let said = |args: &[&str]| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            beside(&args).expect_err("a refusal").to_string()
        };
        assert!(said(&[]).contains("-- COMMAND"));
        assert!(said(&["--fast", "--", "true"]).contains("--durable"));
        assert!(said(&["--"]).contains("name a command"));
    }
}
