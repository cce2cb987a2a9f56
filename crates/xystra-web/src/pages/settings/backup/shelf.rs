//! The folder in which backups made with the button lie. Nothing outside it can be named.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use xystra_store::{Error, Store};

/// How a backup is called: the moment in UTC, so that no two hours of a year share a name.
const PATTERN: &str = "xystra-%Y%m%d-%H%M%S.xystra";

/// The folder `backups` within the data folder.
#[derive(Debug)]
pub(super) struct Shelf(PathBuf);

/// A backup on the shelf.
#[derive(Debug)]
pub(super) struct Kept {
    /// Its file name.
    pub(super) name: String,
    /// When it was made, as its name says.
    pub(super) made_at: Timestamp,
    /// Its size.
    pub(super) bytes: u64,
}

impl Shelf {
    /// The shelf of a store.
    pub(super) fn of(store: &Store) -> Self {
        Self(store.folder().join("backups"))
    }

    /// Where it is.
    pub(super) fn folder(&self) -> &Path {
        &self.0
    }

    /// The path for a new backup; makes the folder.
    pub(super) fn room_for(&self, name: &str) -> Result<PathBuf, Error> {
        fs::create_dir_all(&self.0).map_err(|source| Error::Io { path: self.0.clone(), source })?;
        Ok(self.0.join(name))
    }

    /// The file of that name, if it is one of ours and lies here. A name of ours holds no separator.
    pub(super) fn file(&self, name: &str) -> Option<PathBuf> {
        made_at(name)?;
        let file = self.0.join(name);
        fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file).map(|_| file)
    }

    /// Every backup, the newest first.
    pub(super) fn list(&self) -> Vec<Kept> {
        let files = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let mut kept: Vec<Kept> = files
            .filter_map(|file| {
                let name = file.file_name().into_string().ok()?;
                let bytes = file.metadata().ok().filter(fs::Metadata::is_file)?.len();
                Some(Kept { made_at: made_at(&name)?, name, bytes })
            })
            .collect();
        kept.sort_by_key(|kept| std::cmp::Reverse(kept.made_at));
        kept
    }
}

/// The name of a backup made at that moment.
pub(super) fn name(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime(PATTERN).to_string()
}

/// When a backup of that name was made; `None` for a name that is not exactly one of ours.
fn made_at(text: &str) -> Option<Timestamp> {
    let at = DateTime::strptime(PATTERN, text).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (name(at) == text).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_names() {
        let at: Timestamp = "2026-03-11T09:00:07Z".parse().expect("an instant");
        assert_eq!(name(at), "xystra-20260311-090007.xystra");
        assert_eq!(made_at("xystra-20260311-090007.xystra"), Some(at));
        for other in
            ["", "xystra.db", "../xystra.db", "xystra-20260311-090007.xystra/..", " xystra-20260311-090007.xystra"]
        {
            assert_eq!(made_at(other), None, "{other}");
        }
    }

    #[test]
    fn the_shelf_lists_what_lies_on_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let shelf = Shelf(folder.path().join("backups"));
        let at = Timestamp::UNIX_EPOCH;
        assert!(shelf.list().is_empty());
        let file = shelf.room_for(&name(at)).expect("room");
        assert_eq!(shelf.file(&name(at)), None);
        fs::write(&file, "x").expect("a file");
        assert_eq!(shelf.file(&name(at)).as_deref(), Some(file.as_path()));
        assert_eq!(shelf.list().len(), 1);
    }
    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_elsewhere_is_no_backup() {
        let folder = tempfile::tempdir().expect("a folder");
        let secret = folder.path().join("xystra.db");
        fs::write(&secret, "x").expect("a file");
        let shelf = Shelf(folder.path().join("backups"));
        let name = name(Timestamp::UNIX_EPOCH);
        std::os::unix::fs::symlink(secret, shelf.room_for(&name).expect("room")).expect("a link");
        assert_eq!(shelf.file(&name), None);
        assert!(shelf.list().is_empty());
    }
}
