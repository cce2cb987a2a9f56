//! Recordings: each as the file that came, held against the hash of that day.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

use super::at;
use super::dictionary::dictionary;
use super::flatten::Row;
use super::sheet::Sheets;
use super::tables::cells;
use crate::journal::hex;
use crate::{Error, Scope};

const FOLDER: &str = "recordings";

/// Writes every recording; the paths of those whose bytes are not those that came.
pub(super) async fn write(
    reading: &mut Transaction<'_, Any>,
    scope: &Scope,
    sheets: &mut Sheets,
    folder: &Path,
) -> Result<Vec<String>, Error> {
    let mut damaged = Vec::new();
    for mut row in headings(reading, scope).await? {
        let text = |name: &str| row.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let (id, name, sha256) = (text("id"), text("name"), text("sha256"));
        let file = format!("{FOLDER}/{id}-{}", plain(&name));
        let is_whole = content(reading, scope, &id, &folder.join(&file)).await? == sha256;
        row.insert("file".to_owned(), file.clone().into());
        row.insert("file_is_whole".to_owned(), is_whole.into());
        sheets.write("recording", &row)?;
        if !is_whole {
            damaged.push(file);
        }
    }
    Ok(damaged)
}

async fn headings(reading: &mut Transaction<'_, Any>, scope: &Scope) -> Result<Vec<Row>, Error> {
    let Some(table) = dictionary().table.iter().find(|table| table.name == "recording") else { return Ok(Vec::new()) };
    let rows = sqlx::query(
        "SELECT id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading FROM recording \
         WHERE practice_id = $1 ORDER BY added_at, id",
    )
    .bind(scope.practice_text())
    .fetch_all(&mut **reading)
    .await?;
    rows.iter().map(|row| cells(row, table)).collect()
}

/// Writes the parts of a recording one after another; the SHA-256 of what was written.
async fn content(reading: &mut Transaction<'_, Any>, scope: &Scope, id: &str, path: &Path) -> Result<String, Error> {
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(at(path))?;
    let mut file = BufWriter::new(File::create_new(path).map_err(at(path))?);
    let mut digest = Sha256::new();
    let query = sqlx::query_as::<_, (Vec<u8>,)>(
        "SELECT content FROM recording_part WHERE practice_id = $1 AND recording_id = $2 ORDER BY part",
    );
    let mut parts = query.bind(scope.practice_text()).bind(id).fetch(&mut **reading);
    while let Some((part,)) = parts.try_next().await? {
        digest.update(&part);
        file.write_all(&part).map_err(at(path))?;
    }
    let file = file.into_inner().map_err(|error| at(path)(error.into_error()))?;
    file.sync_all().map_err(at(path))?;
    Ok(hex(&digest.finalize()))
}

/// A file's name without what some system takes for more than a name; the id before it tells two of them apart.
fn plain(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._- ".contains(c);
    let name: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).take(80).collect();
    name.trim_end_matches([' ', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_file_name_names_nothing_but_a_file() {
        assert_eq!(plain("../../etc/passwd"), ".._.._etc_passwd");
        assert_eq!(plain("rim 1.csv"), "rim 1.csv");
        assert_eq!(plain("a:b\\c|d\n. "), "a_b_c_d_");
        assert_eq!(plain(&"ä".repeat(200)).chars().count(), 80);
    }
}
