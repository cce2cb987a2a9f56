//! Anchors: once a day the number and hash of the newest row go to a file beside the database, so that somebody who can
//! rewrite the whole chain has to rewrite that file too, or the copy of it that the practice keeps elsewhere.
//!
//! One line an anchor: the instant, the row's number, its hash.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use jiff::Timestamp;

use crate::{Error, Scope, Store};

/// A row as it was on some day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub(super) at: String,
    pub(super) number: i64,
    pub(super) hash: String,
}

impl Store {
    /// Writes the newest row of a practice's journal to its file of anchors, unless it stands there already.
    pub async fn anchor(&self, scope: &Scope, now: Timestamp) -> Result<(), Error> {
        let Some(row) = self.journal(scope, None, 1).await?.into_iter().next() else { return Ok(()) };
        if self.anchors(scope)?.last().is_some_and(|last| last.number == row.number) {
            return Ok(());
        }
        let path = self.anchor_file(scope);
        append(&path, &format!("{now} {} {}\n", row.number, row.hash)).map_err(|source| Error::Io { path, source })
    }

    /// Every anchor that this folder has of a practice, oldest first.
    pub(super) fn anchors(&self, scope: &Scope) -> Result<Vec<Anchor>, Error> {
        let path = self.anchor_file(scope);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Error::Io { path, source }),
        };
        let broken = |line: usize| Error::Anchor { file: path.clone(), line };
        (1..).zip(text.lines()).map(|(number, line)| anchor_of(line).ok_or_else(|| broken(number))).collect()
    }

    fn anchor_file(&self, scope: &Scope) -> PathBuf {
        self.folder.join(anchors_of(&scope.practice_text()))
    }
}

/// A practice's file of anchors within the data folder.
pub(crate) fn anchors_of(practice: &str) -> PathBuf {
    PathBuf::from("anchors").join(format!("{practice}.txt"))
}

fn anchor_of(line: &str) -> Option<Anchor> {
    let mut words = line.split(' ');
    let (at, number, hash) = (words.next()?, words.next()?, words.next()?);
    Some(Anchor { at: at.to_owned(), number: number.parse().ok()?, hash: hash.to_owned() })
}

fn append(path: &std::path::Path, line: &str) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    let mut file = File::options().append(true).create(true).open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}
