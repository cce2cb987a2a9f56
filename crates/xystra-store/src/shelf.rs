//! The shelf: the folder in which a practice's backups lie. Nothing outside it can be named.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::backup::{Contents, practice_in};
use crate::{Error, Scope, Store};

/// How a backup made with the button is called: the moment in UTC, so that no two hours of a year share a name.
const BY_HAND: &str = "xystra-%Y%m%d-%H%M%S.xystra";
/// How one made at night is called.
const NIGHTLY: &str = "nightly-%Y%m%d-%H%M%S.xystra";

/// The folder of a practice's backups within the data folder.
#[derive(Debug)]
pub struct Shelf(PathBuf);

/// A backup on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its file name.
    pub name: String,
    /// When it was made, as its name says.
    pub made_at: Timestamp,
    /// Its size.
    pub bytes: u64,
}

impl Shelf {
    /// The shelf of a practice. Backups from before there was a folder for each practice are put onto it.
    pub fn of(store: &Store, scope: &Scope) -> Self {
        let practice = scope.practice_text();
        let all = store.folder().join("backups");
        let shelf = Self(all.join(&practice));
        for kept in list(&all).into_iter().filter(|kept| practice_in(&all.join(&kept.name)).as_ref() == Some(&practice))
        {
            // One that cannot be moved stays where it is.
            let _ = shelf.room_for(&kept.name).and_then(|new| {
                fs::rename(all.join(&kept.name), &new).map_err(|source| Error::Io { path: new, source })
            });
        }
        shelf
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// The path for a new backup; makes the folder.
    pub fn room_for(&self, name: &str) -> Result<PathBuf, Error> {
        fs::create_dir_all(&self.0).map_err(|source| Error::Io { path: self.0.clone(), source })?;
        Ok(self.0.join(name))
    }

    /// The file of that name, if it is one of ours and lies here. A name of ours holds no separator.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        made_at(name)?;
        let file = self.0.join(name);
        fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file).map(|_| file)
    }

    /// Every backup, the newest first.
    pub fn list(&self) -> Vec<Kept> {
        list(&self.0)
    }

    /// Removes all nightly backups but so many of the newest; those made by hand stay.
    fn keep_nightly(&self, newest: usize) -> Result<(), Error> {
        let old = self.list().into_iter().filter(|kept| is_nightly(&kept.name)).skip(newest);
        for kept in old {
            let path = self.0.join(kept.name);
            fs::remove_file(&path).map_err(|source| Error::Io { path, source })?;
        }
        Ok(())
    }
}

impl Store {
    /// Makes a backup on the practice's shelf at night, and keeps the newest `limit` of those.
    pub async fn back_up_nightly(
        &self,
        scope: &Scope,
        program: &str,
        limit: usize,
        now: Timestamp,
    ) -> Result<Contents, Error> {
        let backups = Shelf::of(self, scope);
        let file = backups.room_for(&named(NIGHTLY, now))?;
        let contents = self.back_up(scope, &file, program, now).await?;
        backups.keep_nightly(limit)?;
        Ok(contents)
    }
}

/// The name of a backup made by hand at that moment.
pub fn name(at: Timestamp) -> String {
    named(BY_HAND, at)
}

fn named(pattern: &str, at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime(pattern).to_string()
}

/// When a backup of that name was made; `None` for a name that is not exactly one of ours.
fn made_at(text: &str) -> Option<Timestamp> {
    let pattern = if is_nightly(text) { NIGHTLY } else { BY_HAND };
    let at = DateTime::strptime(pattern, text).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (named(pattern, at) == text).then_some(at)
}

fn is_nightly(name: &str) -> bool {
    name.starts_with("nightly-")
}

fn list(folder: &Path) -> Vec<Kept> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn only_names_of_ours_are_names() {
        let at: Timestamp = "2026-03-11T09:00:07Z".parse().unwrap();
        assert_eq!(name(at), "xystra-20260311-090007.xystra");
        assert_eq!(made_at("xystra-20260311-090007.xystra"), Some(at));
        assert_eq!(made_at("nightly-20260311-090007.xystra"), Some(at));
        for other in
            ["", "xystra.db", "../xystra.db", "xystra-20260311-090007.xystra/..", " xystra-20260311-090007.xystra"]
        {
            assert_eq!(made_at(other), None, "{other}");
        }
    }

    #[test]
    fn the_shelf_lists_what_lies_on_it() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf(folder.path().join("backups"));
        assert!(shelf.list().is_empty());
        let file = shelf.room_for(&name(NOW)).unwrap();
        assert_eq!(shelf.file(&name(NOW)), None);
        fs::write(&file, "x").unwrap();
        assert_eq!(shelf.file(&name(NOW)).as_deref(), Some(file.as_path()));
        assert_eq!(shelf.list().len(), 1);
    }

    #[test]
    fn of_nightly_backups_the_newest_are_kept_and_none_made_by_hand_goes() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf(folder.path().join("backups"));
        let night = |n: i64| named(NIGHTLY, NOW + jiff::SignedDuration::from_hours(24 * n));
        for name in (0..5).map(night).chain([name(NOW)]) {
            fs::write(shelf.room_for(&name).unwrap(), "x").unwrap();
        }
        shelf.keep_nightly(2).unwrap();
        let left: Vec<String> = shelf.list().into_iter().map(|kept| kept.name).collect();
        assert_eq!(left, [night(4), night(3), name(NOW)]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_elsewhere_is_no_backup() {
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("xystra.db");
        fs::write(&secret, "x").unwrap();
        let shelf = Shelf(folder.path().join("backups"));
        std::os::unix::fs::symlink(secret, shelf.room_for(&name(NOW)).unwrap()).unwrap();
        assert_eq!(shelf.file(&name(NOW)), None);
        assert!(shelf.list().is_empty());
    }
}
