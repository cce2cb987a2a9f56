//! The files that git knows or would take.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The repository as a clone will have it.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) files: Vec<File>,
}

/// One file; `text` is empty for what is not UTF-8.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) text: String,
}

impl Tree {
    /// Tracked files and new ones that are not ignored, as they are on disk.
    pub(crate) fn of_repository() -> Result<Self> {
        // A build machine's checkout may belong to another user than the one who builds.
        let output = Command::new("git")
            .args(["-c", "safe.directory=*", "ls-files", "-z"])
            .args(["--cached", "--others", "--exclude-standard"])
            .output()
            .context("starting git")?;
        ensure!(output.status.success(), "git ls-files ended with {}", output.status);
        let paths = String::from_utf8(output.stdout)?;
        let paths = paths.split_terminator('\0');
        let files = paths.filter(|path| Path::new(path).is_file()).map(File::read);
        Ok(Self { files: files.collect::<Result<_>>()? })
    }

    /// Files whose path ends so.
    pub(crate) fn with_ending(&self, ending: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.path.ends_with(ending))
    }

    /// Rust files, without the checks themselves: they and their samples name what they look for.
    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.with_ending(".rs").filter(|file| !file.is_check())
    }

    /// Whether the path is a file or a folder with files.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// The text of a file that must be there.
    pub(crate) fn text(&self, path: &str) -> Result<&str> {
        let file = self.files.iter().find(|file| file.path == path);
        Ok(&file.with_context(|| format!("{path} is missing"))?.text)
    }
}

impl File {
    /// Each line with its number, from 1.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }

    /// Whether this is one of the checks.
    pub(crate) fn is_check(&self) -> bool {
        self.path.starts_with("xtask/src/tidy/")
    }

    /// A finding in this file.
    pub(crate) fn finding(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }

    fn read(path: &str) -> Result<Self> {
        let bytes = fs::read(path).with_context(|| format!("reading {path}"))?;
        Ok(Self {
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            text: String::from_utf8(bytes).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
impl Tree {
    /// A tree of samples, for the checks' own tests.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |&(path, text): &(&str, &str)| File {
            path: path.to_owned(),
            bytes: text.len() as u64,
            text: text.to_owned(),
        };
        Self { files: files.iter().map(file).collect() }
    }
}
