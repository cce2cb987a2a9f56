//! Results into files: whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Does `-` stand for a path: print it?
pub(crate) fn is_print(path: &Path) -> bool {
    path == Path::new("-")
}

/// May `path` be written? It must not be there, or be a plain file other than the `input`; its folder must be there.
pub(super) fn check(path: &Path, input: &Path) -> anyhow::Result<()> {
    let shown = path.display();
    if !folder(path).is_dir() {
        bail!("{shown}: its folder is not there; make it first");
    }
    match fs::metadata(path) {
        Ok(found) if !found.is_file() => bail!("{shown} is not a plain file: nothing is written to it; name another"),
        Ok(_) if is_same(path, input) => bail!("{shown} is the recording itself; name another file for the result"),
        _ => Ok(()),
    }
}

/// Writes `content` to `path`, or prints it when the path is `-`: into a new file beside, which then takes the name, so that a half
/// written result is never left. Says so when it takes the place of an older file.
pub(crate) fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    if is_print(path) {
        return Ok(io::stdout().write_all(content)?);
    }
    // Behind a link lies the file that is meant.
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let was_there = path.exists();
    place(path, content).with_context(|| format!("{} cannot be written", path.display()))?;
    if was_there {
        eprintln!("{}: overwritten", path.display());
    }
    Ok(())
}

/// Prints `text`; a reader that hangs up, as `head` does, is no error.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => Ok(done?),
    }
}

/// A new file beside `path`, for a result that comes bit by bit; it takes the name when it is persisted.
pub(crate) fn begin(path: &Path) -> anyhow::Result<tempfile::NamedTempFile> {
    builder().tempfile_in(folder(path)).with_context(|| format!("{} cannot be written", path.display()))
}

fn place(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = builder().tempfile_in(folder(path))?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// A file for everybody that the user's own mask allows, as any program writes.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".xystra-").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn folder(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_path_buf()
}

fn is_same(a: &Path, b: &Path) -> bool {
    fs::canonicalize(a).ok().zip(fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_takes_the_place_of_a_file_and_of_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let (result, input) = (folder.path().join("strokes.csv"), folder.path().join("recording.csv"));
        fs::write(&input, "t_s,fz_N\n").unwrap();
        check(&result, &input).unwrap();
        write(&result, b"one").unwrap();
        check(&result, &input).unwrap();
        write(&result, b"two").unwrap();
        assert_eq!(fs::read(&result).unwrap(), b"two");
        assert!(check(&input, &input).is_err());
        assert!(check(folder.path(), &input).is_err());
        assert!(check(&folder.path().join("none").join("strokes.csv"), &input).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing half written is left");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_device_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(check(Path::new("/dev/null"), &file).is_err());
    }
}
