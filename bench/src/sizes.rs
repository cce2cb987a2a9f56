//! How many bytes each table of a closed SQLite database takes on the disk, indexes included.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

const SIZES: &str = "\
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
rows = db.execute('SELECT s.tbl_name, SUM(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name GROUP BY 1')
for name, size in rows:
    print(name, size)
";

/// Tables that hold what is said about clients; drafts, sign-ins and the like are neither this nor the journal.
const CLINICAL: [&str; 5] = ["entry", "client", "derived", "recording", "recording_part"];

/// Bytes by purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// What is said about clients.
    pub clinical: u64,
    /// Who saw and did what.
    pub journal: u64,
}

/// Reads them from a database file that no server holds open.
pub fn of(file: &Path) -> Result<Sizes> {
    let output = Command::new("python3").args(["-c", SIZES]).arg(file).output().context("starting python3")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(sum(&String::from_utf8_lossy(&output.stdout)))
}

fn sum(lines: &str) -> Sizes {
    let mut sizes = Sizes::default();
    for (table, size) in lines.lines().filter_map(|line| line.split_once(' ')) {
        let size: u64 = size.parse().unwrap_or(0);
        if table == "journal" {
            sizes.journal += size;
        } else if CLINICAL.contains(&table) {
            sizes.clinical += size;
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::{Sizes, sum};

    #[test]
    fn tables_are_summed_by_purpose() {
        let sizes = sum("entry 100\njournal 30\nclient 5\nsign_in 7\n");
        assert_eq!(sizes, Sizes { clinical: 105, journal: 30 });
    }
}
