//! Copies that still hold whom an erasure removed: those of ours are deleted, and a list beside the database, ids alone,
//! makes a restore of an older backup erase again.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use sqlx::{Any, Transaction};

use super::forget::forget;
use super::person::Person;
use crate::Error;
use crate::journal::{Act, Chain};

/// The list: one id a line.
pub(crate) const LIST: &str = "erased.txt";

/// Adds ids to the list and waits until the disk has them.
pub(super) fn remember(folder: &Path, ids: &[String]) -> Result<(), Error> {
    let path = folder.join(LIST);
    let lines: String = ids.iter().flat_map(|id| [id.as_str(), "\n"]).collect();
    append(folder, &path, &lines).map_err(|source| Error::Io { path, source })
}

/// The same beside the backups of a shelf, if there is one: they may be taken elsewhere together.
pub(super) fn remember_beside(shelf: &Path, ids: &[String]) -> Result<(), Error> {
    if shelf.is_dir() { remember(shelf, ids) } else { Ok(()) }
}

fn append(folder: &Path, path: &Path, lines: &str) -> std::io::Result<()> {
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    // The file's name is on the disk only when its folder is.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The ids of the lists in these folders, those that are there.
fn listed(folders: &[&Path]) -> Result<Vec<String>, Error> {
    let mut ids = Vec::new();
    for path in folders.iter().map(|folder| folder.join(LIST)) {
        match fs::read_to_string(&path) {
            Ok(text) => ids.extend(text.lines().map(str::to_owned)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(Error::Io { path, source }),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Erases again, within a restore, whoever stands in the list of one of these folders. The practice's owner stands for it in
/// the journal.
pub(crate) async fn erase_again(
    change: &mut Transaction<'_, Any>,
    practice: &str,
    folders: &[&Path],
    now: Timestamp,
) -> Result<(), Error> {
    for id in listed(folders)? {
        let Ok(client) = id.parse() else { continue };
        let person = match Person::of(change, practice, client).await {
            Ok(person) => person,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        forget(change, practice, &person).await?;
        let (kind, id) = ("client".to_owned(), person.clients.join(" "));
        let act = Act { account: owner(change, practice).await?, action: "erase", kind, id, at: now };
        Chain::of(change, practice).await?.add(change, act).await?;
    }
    Ok(())
}

async fn owner(change: &mut Transaction<'_, Any>, practice: &str) -> Result<String, Error> {
    let (id,): (String,) = sqlx::query_as(
        "SELECT id FROM account WHERE practice_id = $1 AND role = 'owner' ORDER BY created_at, id LIMIT 1",
    )
    .bind(practice)
    .fetch_one(&mut **change)
    .await?;
    Ok(id)
}

/// Deletes whole copies of the database that were made before a change of schema, those from before `at`; how many.
pub(crate) fn delete_copies(folder: &Path, at: Timestamp) -> Result<usize, Error> {
    let files = fs::read_dir(folder).map_err(|source| Error::Io { path: folder.to_owned(), source })?;
    let is_over = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("before-schema-") && made_at(&name).is_none_or(|made| made < at)
    };
    let copies: Vec<_> = files.flatten().map(|file| file.path()).filter(|path| is_over(path)).collect();
    for path in &copies {
        fs::remove_file(path).map_err(|source| Error::Io { path: path.clone(), source })?;
    }
    Ok(copies.len())
}

/// When a copy was made, as its name says: `before-schema-2-20261123T014400Z.db`.
fn made_at(name: &str) -> Option<Timestamp> {
    let moment = name.strip_suffix("Z.db")?.rsplit('-').next()?;
    DateTime::strptime("%Y%m%dT%H%M%S", moment).ok()?.to_zoned(TimeZone::UTC).ok().map(|at| at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_grows_and_is_read_from_wherever_it_lies() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert!(listed(&[here.path()]).unwrap().is_empty());
        remember(here.path(), &["b".into(), "a".into()]).unwrap();
        remember(here.path(), &["a".into()]).unwrap();
        remember(there.path(), &["c".into()]).unwrap();
        assert_eq!(listed(&[here.path(), there.path()]).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn only_copies_of_ours_that_are_old_enough_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["before-schema-2-20260101T000000Z.db", "before-schema-3-20260201T000000Z.db", "xystra.db"];
        for name in names {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let there = || names.map(|name| folder.path().join(name).exists());
        assert_eq!(delete_copies(folder.path(), "2026-01-15T00:00:00Z".parse().unwrap()).unwrap(), 1);
        assert_eq!(there(), [false, true, true]);
        assert_eq!(delete_copies(folder.path(), Timestamp::MAX).unwrap(), 1);
        assert_eq!(there(), [false, false, true]);
    }
}
