//! Runs the program and waits.

use std::path::PathBuf;
use std::process::{Command, Output};

/// What it printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) ok: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `xystra` with these arguments.
pub(crate) fn xystra<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_xystra")).args(args).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ran { ok: output.status.success(), out: text(&output.stdout), err: text(&output.stderr) }
}

/// A file of the shared real data; says so and gives nothing when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("XYSTRA_SHARED").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let file = folder.join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("not tested: {} is not there (set XYSTRA_SHARED)", file.display());
    None
}
