//! A practice moves from one database to another: every row, held against its fingerprint, or none.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use futures_util::TryStreamExt;
use sqlx::{Any, Transaction};

use crate::clients::index_clients;
use crate::erase::LIST as ERASED;
use crate::fingerprint::{Print, Printing, prints_of};
use crate::journal::anchors_of;
use crate::restore::{refused, write};
use crate::rows::rows_of;
use crate::tables::{TABLES, Table};
use crate::{Error, Scope, Store};

impl Store {
    /// Copies a practice into another database that does not hold it, in one transaction, and reads it back there before it
    /// counts. Gives what both sides hold. This side stays as it is; whatever is written here meanwhile is not carried.
    ///
    /// Sign-ins, invitations and links are left behind.
    pub async fn move_to(&self, scope: &Scope, to: &Self) -> Result<Vec<Print>, Error> {
        let practice = scope.practice_text();
        let mut reading = self.reading().await?;
        let mut change = to.begin_for_all().await?;
        refused(&mut change, &practice).await?;
        let mut here = Vec::new();
        for table in TABLES {
            here.push(carry(&mut reading, &mut change, table, &practice).await?);
        }
        index_clients(&mut change, &practice).await?;
        equal(&here, &prints_of(&mut change, &practice).await?)?;
        self.carry_files(&practice, to)?;
        change.commit().await?;
        to.engine.count_again(&to.writer).await?;
        Ok(here)
    }

    /// What the data folder knows of a practice beside its database: the journal's anchors, and whom a restore of an older
    /// backup has to erase again.
    fn carry_files(&self, practice: &str, to: &Self) -> Result<(), Error> {
        if self.folder == to.folder {
            return Ok(());
        }
        for name in [anchors_of(practice), ERASED.into()] {
            let path = to.folder.join(&name);
            append(&self.folder.join(&name), &path).map_err(|source| Error::Io { path, source })?;
        }
        Ok(())
    }
}

/// Adds what one file holds, if it is there, to another; both are lists of lines.
fn append(from: &Path, to: &Path) -> std::io::Result<()> {
    let text = match fs::read(from) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    let mut file = File::options().append(true).create(true).open(to)?;
    file.write_all(&text)?;
    file.sync_all()
}

async fn carry(
    reading: &mut Transaction<'_, Any>,
    change: &mut Transaction<'_, Any>,
    table: &'static Table,
    practice: &str,
) -> Result<Print, Error> {
    let mut printing = Printing::new(table);
    let mut rows = rows_of(reading, table, practice);
    while let Some(row) = rows.try_next().await? {
        write(change, table, &row).await?;
        printing.add(row);
    }
    Ok(printing.done())
}

fn equal(here: &[Print], there: &[Print]) -> Result<(), Error> {
    match here.iter().zip(there).find(|(here, there)| here != there) {
        None => Ok(()),
        Some((here, there)) => Err(Error::Unequal { table: here.table, here: here.rows, there: there.rows }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_changed_on_the_way_stops_the_move() {
        let print = |rows, sha256: &str| Print { table: "entry", rows, sha256: sha256.to_owned() };
        assert!(equal(&[print(2, "a")], &[print(2, "a")]).is_ok());
        let error = equal(&[print(2, "a")], &[print(2, "b")]).unwrap_err();
        assert!(error.to_string().contains("table entry"), "{error}");
        assert!(equal(&[print(2, "a")], &[print(1, "a")]).is_err());
    }
}
