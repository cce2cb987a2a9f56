//! Fingerprints: two practices with the same rows have the same ones, whichever engine keeps them.

use futures_util::TryStreamExt;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

use crate::journal::hex;
use crate::rows::{Cells, rows_of};
use crate::tables::{TABLES, Table};
use crate::{Error, Scope, Store};

/// What a table holds of a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Its name.
    pub table: &'static str,
    /// Its rows.
    pub rows: u64,
    /// SHA-256 over every cell of every row, hexadecimal.
    pub sha256: String,
}

impl Store {
    /// One fingerprint of all that a practice keeps, but for the list of its backups.
    pub async fn fingerprint(&self, scope: &Scope) -> Result<String, Error> {
        let prints = self.fingerprints(scope).await?;
        let kept = prints.into_iter().filter(|print| print.table != "backup");
        Ok(hex(&Sha256::digest(kept.map(|print| print.sha256).collect::<String>())))
    }

    /// A fingerprint of each table, all of one moment.
    pub async fn fingerprints(&self, scope: &Scope) -> Result<Vec<Print>, Error> {
        let mut reading = self.reading().await?;
        prints_of(&mut reading, &scope.practice_text()).await
    }
}

/// The fingerprint of each table of a practice.
pub(crate) async fn prints_of(reading: &mut Transaction<'_, Any>, practice: &str) -> Result<Vec<Print>, Error> {
    let mut prints = Vec::new();
    for table in TABLES {
        let mut printing = Printing::new(table);
        let mut rows = rows_of(reading, table, practice);
        while let Some(row) = rows.try_next().await? {
            printing.add(row);
        }
        drop(rows);
        prints.push(printing.done());
    }
    Ok(prints)
}

/// A fingerprint that grows row by row.
pub(crate) struct Printing {
    table: &'static str,
    rows: u64,
    digest: Sha256,
}

impl Printing {
    pub(crate) fn new(table: &Table) -> Self {
        Self { table: table.name, rows: 0, digest: Sha256::new() }
    }

    pub(crate) fn add(&mut self, row: Cells) {
        self.rows += 1;
        self.digest.update(Value::Array(row).to_string());
    }

    pub(crate) fn done(self) -> Print {
        Print { table: self.table, rows: self.rows, sha256: hex(&self.digest.finalize()) }
    }
}
