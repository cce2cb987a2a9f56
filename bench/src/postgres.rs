//! A PostgreSQL server of our own, with fsync on, that may be killed and started again.
//!
//! It lives in a temporary folder and listens on the loopback only. PostgreSQL refuses root, so root hands it to the
//! user `postgres` that its package made.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_mins(1);
const USER: &str = "postgres";

/// A server with its folder.
#[derive(Debug)]
pub struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Cluster {
    /// Makes a server and starts it.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("xystra-bench-").tempdir()?;
        if is_root() {
            let path = folder.path().display().to_string();
            run(Command::new("chown").args([&format!("{USER}:{USER}"), &path]))?;
        }
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut cluster = Self { folder, programs, port, child: None };
        let data = cluster.data();
        let mut initdb = cluster.command("initdb");
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale", "-D"]).arg(&data);
        run(initdb.stdout(Stdio::null()))?;
        cluster.start_again()?;
        Ok(cluster)
    }

    /// Makes an empty database; its address.
    pub fn database(&self, name: &str) -> Result<String> {
        let port = self.port.to_string();
        run(self.command("createdb").args(["-h", "127.0.0.1", "-p", &port, "-U", USER, name]))?;
        Ok(format!("postgres://{USER}@127.0.0.1:{port}/{name}"))
    }

    /// Kills the server and every process of it at once (SIGKILL).
    pub fn kill(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let mut ids = children(child.id());
        child.kill()?;
        ids.retain(|id| Path::new(&format!("/proc/{id}")).exists());
        if !ids.is_empty() {
            // One of them may have ended by itself meanwhile, which is as good.
            Command::new("kill").arg("-KILL").args(&ids).stderr(Stdio::null()).status()?;
        }
        child.wait()?;
        Ok(())
    }

    /// Starts it on what it left behind, and waits until it answers.
    ///
    /// It refuses while a process of a killed server is still ending, so it is asked again for a while.
    pub fn start_again(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            self.spawn()?;
            match self.wait() {
                Err(_) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(50)),
                outcome => return outcome,
            }
        }
    }

    fn spawn(&mut self) -> Result<()> {
        let mut server = self.command("postgres");
        server.arg("-D").arg(self.data()).args(["-p", &self.port.to_string(), "-k", ""]);
        for setting in ["listen_addresses=127.0.0.1", "fsync=on", "full_page_writes=on", "max_connections=80"] {
            server.args(["-c", setting]);
        }
        let log = fs::File::options().create(true).append(true).open(self.log())?;
        self.child = Some(server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?);
        Ok(())
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs `script` 500 times through pgbench on one connection, after `before`; the average latency, "0.8 ms".
    pub fn bench(&self, before: &str, script: &str) -> Result<String> {
        let port = self.port.to_string();
        let at = ["-h", "127.0.0.1", "-p", &port, "-U", USER];
        run(self.command("psql").args(at).args(["-q", "-c", before, USER]))?;
        let file = self.folder.path().join("script.sql");
        fs::write(&file, script)?;
        let output = self
            .command("pgbench")
            .args(at)
            .args(["-n", "-c", "1", "-t", "500", "-f"])
            .arg(&file)
            .arg(USER)
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = said.lines().find_map(|line| line.strip_prefix("latency average = "));
        line.map(str::to_owned).with_context(|| format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr)))
    }

    /// Changes a setting of the whole server, at once for every connection.
    pub fn set(&self, name: &str, value: &str) -> Result<()> {
        let port = self.port.to_string();
        for line in [format!("ALTER SYSTEM SET {name} = '{value}'"), "SELECT pg_reload_conf()".to_owned()] {
            let mut psql = self.command("psql");
            // Switching a read-only server back is a write, so this connection starts as a writing one.
            psql.env("PGOPTIONS", "-c default_transaction_read_only=off");
            psql.args(["-q", "-h", "127.0.0.1", "-p", &port, "-U", USER, "-c", &line, USER]);
            run(psql.stdout(Stdio::null()))?;
        }
        thread::sleep(Duration::from_millis(200));
        Ok(())
    }

    /// The process that starts all others, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        let port = self.port.to_string();
        while start.elapsed() < PATIENCE {
            let mut ready = self.command("pg_isready");
            ready.args(["-q", "-h", "127.0.0.1", "-p", &port]);
            if ready.status()?.success() {
                return Ok(());
            }
            if let Some(ended) = self.child.as_mut().and_then(|child| child.try_wait().transpose()) {
                let said = fs::read_to_string(self.log()).unwrap_or_default();
                let last = said.lines().rev().take(3).collect::<Vec<_>>().join("; ");
                bail!("PostgreSQL did not start: it ended with {}: {last}", ended?);
            }
            thread::sleep(Duration::from_millis(20));
        }
        bail!("PostgreSQL did not answer within {} s", PATIENCE.as_secs())
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A program of PostgreSQL, as the user it wants.
    fn command(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args([&format!("--reuid={USER}"), &format!("--regid={USER}"), "--clear-groups", "--"]);
            command.arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// The newest PostgreSQL of this machine.
fn programs() -> Result<PathBuf> {
    let root = Path::new("/usr/lib/postgresql");
    let versions =
        fs::read_dir(root).ok().into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let newest = versions.filter_map(|name| name.parse::<u32>().ok()).max();
    let newest = newest.context("there is no PostgreSQL here: install postgresql (Debian's name)")?;
    Ok(root.join(newest.to_string()).join("bin"))
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}

/// The processes that this one started.
fn children(parent: u32) -> Vec<String> {
    let processes =
        fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let of_parent = |id: &String| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
        let after = stat.rsplit_once(')').map(|(_, after)| after.to_owned()).unwrap_or_default();
        after.split_whitespace().nth(1) == Some(parent.to_string().as_str())
    };
    processes.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit())).filter(of_parent).collect()
}

fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("starting {command:?}"))?;
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(())
}
