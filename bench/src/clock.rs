//! A clock that the bench sets, for a server that runs through a year in minutes (libfaketime).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use jiff::Timestamp;

/// Where Debian puts libfaketime; `None` when it is not installed.
pub fn library() -> Result<Option<PathBuf>> {
    let folders = fs::read_dir("/usr/lib")?.filter_map(|folder| Some(folder.ok()?.path()));
    let mut libraries = folders.map(|folder| folder.join("faketime/libfaketime.so.1"));
    Ok(libraries.find(|library| library.exists()))
}

/// A file that says what time it is.
#[derive(Debug)]
pub struct Clock {
    file: PathBuf,
    library: PathBuf,
}

impl Clock {
    /// A clock in a folder, standing at this moment.
    pub fn standing_at(folder: &Path, now: Timestamp) -> Result<Self> {
        let Some(library) = library()? else { bail!("libfaketime is missing: install faketime (Debian's name)") };
        let clock = Self { file: folder.join("clock"), library };
        clock.set(now)?;
        Ok(clock)
    }

    /// Sets it; to the second, and it stands still until it is set again.
    pub fn set(&self, now: Timestamp) -> Result<()> {
        let next = self.file.with_extension("next");
        fs::write(&next, now.strftime("%Y-%m-%d %H:%M:%S\n").to_string())?;
        fs::rename(next, &self.file)?;
        Ok(())
    }

    /// The words before a command that lives by this clock. Its waiting stays by the real one.
    pub fn words(&self) -> Vec<String> {
        let words = [
            "env".to_owned(),
            "TZ=UTC".to_owned(),
            "DONT_FAKE_MONOTONIC=1".to_owned(),
            "FAKETIME_NO_CACHE=1".to_owned(),
            format!("FAKETIME_TIMESTAMP_FILE={}", self.file.display()),
            format!("LD_PRELOAD={}", self.library.display()),
        ];
        words.into()
    }
}
