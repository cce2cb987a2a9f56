//! A commit is on the disk before it is acknowledged: the kernel's own count of fsync and fdatasync, by strace.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::desk::{Desk, folder};
use super::{Impossible, Outcome, needs};
use crate::postgres::Cluster;
use crate::server::Node;

const SAVES: usize = 200;
const PATIENCE: Duration = Duration::from_secs(10);

/// The embedded database syncs in the server's own process.
pub(super) fn sqlite() -> Result<Outcome> {
    let folder = folder()?;
    let mut desk = Desk::open(Node::on_folder(&folder.path().join("data")), "UTC")?;
    let watch = Watch::on(desk.server()?.id(), &folder.path().join("counts"))?;
    counted(&mut desk, watch)
}

/// PostgreSQL syncs in the process of each connection, which its first process starts.
pub(super) fn postgres() -> Result<Outcome> {
    let (cluster, folder) = (Cluster::start()?, folder()?);
    let watch = Watch::on(cluster.id().context("PostgreSQL runs")?, &folder.path().join("counts"))?;
    let mut desk = Desk::open(Node::on_database(folder.path(), &cluster.database("clinic")?), "UTC")?;
    counted(&mut desk, watch)
}

fn counted(desk: &mut Desk, watch: Watch) -> Result<Outcome> {
    desk.notes(SAVES)?;
    let syncs = watch.end()?;
    let lost = desk.lost()?;
    ensure!(syncs >= SAVES, "{SAVES} saves were acknowledged after {syncs} syncs only");
    desk.verify()?;
    let seen = format!("{syncs} fsync and fdatasync calls for {SAVES} saves posted one after another");
    Ok(Outcome { acknowledged: desk.acknowledged(), injected: 0, lost, seen })
}

/// strace on a process and all that it starts.
struct Watch {
    strace: Child,
    counts: std::path::PathBuf,
}

impl Watch {
    fn on(process: u32, counts: &Path) -> Result<Self> {
        needs("strace", "strace")?;
        let mut command = Command::new("strace");
        command.args(["-f", "-c", "-e", "trace=fsync,fdatasync", "-p", &process.to_string(), "-o"]).arg(counts);
        let mut strace = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let start = Instant::now();
        while !is_traced(process) {
            if strace.try_wait()?.is_some() || start.elapsed() > PATIENCE {
                let _ = strace.kill();
                return Err(Impossible("strace may not attach (ptrace is forbidden here)".to_owned()).into());
            }
            thread::sleep(Duration::from_millis(10));
        }
        thread::sleep(Duration::from_millis(100));
        Ok(Self { strace, counts: counts.to_owned() })
    }

    /// Lets go of the process; how many calls there were.
    fn end(mut self) -> Result<usize> {
        Command::new("kill").args(["-INT", &self.strace.id().to_string()]).status()?;
        self.strace.wait()?;
        let table = fs::read_to_string(&self.counts)?;
        let calls = table.lines().filter(|line| line.ends_with("fsync") || line.ends_with("fdatasync"));
        let counts = calls.filter_map(|line| line.split_whitespace().nth(3)?.parse::<usize>().ok());
        match counts.sum() {
            0 => bail!("strace counted nothing: {table}"),
            sum => Ok(sum),
        }
    }
}

fn is_traced(process: u32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    status.lines().any(|line| line.starts_with("TracerPid:") && !line.ends_with("\t0"))
}
