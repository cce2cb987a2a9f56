//! Files that nobody but the owner of this program may read, written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

/// Makes the folder when it is not there, and shuts it for everybody else (0700; on Windows the data folder's rights count).
pub(crate) fn folder(path: &Path) -> anyhow::Result<()> {
    let at = || format!("{}: cannot make this folder", path.display());
    fs::create_dir_all(path).with_context(at)?;
    restrict(path, 0o700).with_context(at)
}

/// Puts `text` in the place of the file, on the disk before it counts.
pub(crate) fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let at = || format!("{}: cannot write this file", path.display());
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(at)?;
    restrict(file.path(), 0o600).with_context(at)?;
    file.write_all(text.as_bytes()).with_context(at)?;
    file.as_file().sync_all().with_context(at)?;
    file.persist(path).with_context(at)?;
    Ok(())
}

#[cfg(unix)]
fn restrict(path: &Path, mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same face as on Unix")]
fn restrict(_path: &Path, _mode: u32) -> std::io::Result<()> {
    Ok(())
}
