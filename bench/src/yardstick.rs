//! Something to hold a figure against: the machine, and what one durable commit costs without any of our program.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::postgres::Cluster;

/// Rows of a saved session, four statements, committed with `synchronous=FULL`; prints p50 and p99 in ms.
const SQLITE: &str = "\
import sqlite3, sys, time, uuid
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute('PRAGMA journal_mode = WAL'); db.execute('PRAGMA synchronous = FULL')
db.execute('CREATE TABLE IF NOT EXISTS row (id TEXT PRIMARY KEY, body TEXT)')
times = []
for _ in range(500):
    start = time.perf_counter()
    db.execute('BEGIN IMMEDIATE')
    for _ in range(4):
        db.execute('INSERT INTO row VALUES (?, ?)', (str(uuid.uuid4()), 'x' * 700))
    db.execute('COMMIT')
    times.append((time.perf_counter() - start) * 1e3)
times.sort()
print('p50 %.2f ms, p99 %.2f ms' % (times[249], times[494]))
";

/// The same four rows on a server, for pgbench.
const POSTGRES: &str = "\
BEGIN;
INSERT INTO yardstick SELECT gen_random_uuid()::text, repeat('x', 700) FROM generate_series(1, 4);
COMMIT;
";

/// Cores, the widest vectors, memory, and whether anything else runs.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().and_then(|load| load.parse::<f64>().ok()).unwrap_or_default();
    let idle = if load < 0.5 { "idle" } else { "NOT idle: these figures are too high" };
    format!(
        "machine: {cores} cores, {}, {} GB, load {load:.2} ({idle})",
        instructions(),
        kilobytes.unwrap_or(0) / 1024 / 1024
    )
}

/// The widest vectors that the processor has.
fn instructions() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") {
            return "AVX-512";
        }
        if is_x86_feature_detected!("avx2") {
            return "AVX2";
        }
    }
    "no wide vectors"
}

/// One durable commit of SQLite on the disk of this folder, by Python's own module.
pub fn sqlite(folder: &Path) -> Result<String> {
    let file = folder.join("yardstick.db");
    let output = Command::new("python3").args(["-c", SQLITE]).arg(&file).output().context("starting python3")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", file.display()));
    }
    Ok(format!("one durable commit of 4 rows by plain SQLite: {}", String::from_utf8_lossy(&output.stdout).trim()))
}

/// One durable commit of PostgreSQL, by its own pgbench.
pub fn postgres(cluster: &Cluster) -> Result<String> {
    let average = cluster.bench("CREATE TABLE IF NOT EXISTS yardstick (id text PRIMARY KEY, body text)", POSTGRES)?;
    Ok(format!("one durable commit of 4 rows by pgbench: {average} on average"))
}
