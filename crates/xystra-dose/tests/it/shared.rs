//! Real recordings that are not part of this project, when they are at hand.

use std::path::PathBuf;

/// The bytes of a shared file; none, said plainly, when it is not there.
pub(crate) fn bytes(path: &str) -> Option<Vec<u8>> {
    let found = std::fs::read(folder().join(path)).ok();
    if found.is_none() {
        println!("not checked: {path} is not at hand; set XYSTRA_SHARED to the folder of the shared data");
    }
    found
}

fn folder() -> PathBuf {
    let shared = std::env::var_os("XYSTRA_SHARED").map(PathBuf::from);
    shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared")).join("data")
}
