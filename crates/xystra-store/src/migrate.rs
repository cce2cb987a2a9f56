//! Schemas in order, and a verified copy before each change.

use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use sqlx::SqlitePool;

use crate::Error;
use crate::db::FILE;

/// A step from one schema to the next.
struct Migration {
    version: i64,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[Migration { version: 1, sql: include_str!("../migrations/sqlite/0001_first.sql") }];

/// The newest schema that this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// Brings the database to the newest schema, each step in one transaction.
pub(crate) async fn migrate(pool: &SqlitePool, folder: &Path, now: Timestamp) -> Result<(), Error> {
    migrate_along(MIGRATIONS, pool, folder, now).await
}

async fn migrate_along(steps: &[Migration], pool: &SqlitePool, folder: &Path, now: Timestamp) -> Result<(), Error> {
    let found = schema(pool).await?;
    let known = steps.last().map_or(0, |migration| migration.version);
    if found > known {
        return Err(Error::Newer { file: folder.join(FILE), found, known });
    }
    if found > 0 && found < known {
        copy(pool, folder, found, now).await?;
    }
    for migration in steps.iter().filter(|migration| migration.version > found) {
        apply(pool, migration, now).await?;
    }
    Ok(())
}

/// The schema of the database; 0 for an empty file.
pub(crate) async fn schema(pool: &SqlitePool) -> Result<i64, Error> {
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)",
    )
    .execute(pool)
    .await?;
    let found: (Option<i64>,) = sqlx::query_as("SELECT MAX(version) FROM schema_version").fetch_one(pool).await?;
    Ok(found.0.unwrap_or(0))
}

async fn apply(pool: &SqlitePool, migration: &Migration, now: Timestamp) -> Result<(), Error> {
    let mut change = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::raw_sql(migration.sql).execute(&mut *change).await?;
    sqlx::query("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)")
        .bind(migration.version)
        .bind(crate::db::micros(now))
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    Ok(())
}

/// A whole copy beside the database, checked before anything is changed.
async fn copy(pool: &SqlitePool, folder: &Path, version: i64, now: Timestamp) -> Result<(), Error> {
    let file = folder.join(format!("before-schema-{}-{}.db", version + 1, now.strftime("%Y%m%dT%H%M%SZ")));
    let name = file.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO $1").bind(&name).execute(pool).await?;
    let copy =
        SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&file).read_only(true)).await?;
    let verdict: (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(&copy).await?;
    copy.close().await;
    match verdict.0.as_str() {
        "ok" => File::open(&file).and_then(|copy| copy.sync_all()).map_err(|source| Error::Io { path: file, source }),
        reason => Err(Error::Corrupt { file, reason: reason.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{NewOwner, Store};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const SECOND: &str = "ALTER TABLE practice ADD COLUMN motto TEXT";

    fn with_second(sql: &'static str) -> Vec<Migration> {
        let first = MIGRATIONS.iter().map(|step| Migration { version: step.version, sql: step.sql });
        first.chain([Migration { version: newest() + 1, sql }]).collect()
    }

    fn copies(folder: &Path) -> Vec<std::path::PathBuf> {
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.filter(|file| file.to_string_lossy().contains("before-schema-")).collect()
    }

    async fn practices(pool: &SqlitePool) -> i64 {
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(pool).await.unwrap();
        count.0
    }

    #[tokio::test]
    async fn a_whole_copy_is_made_before_the_schema_changes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        assert_eq!(copies(folder.path()).len(), 0, "a new database needs no copy");
        store.found_practice(&NewOwner::example(), NOW).await.unwrap();
        migrate_along(&with_second(SECOND), &store.writer, folder.path(), NOW).await.unwrap();
        assert_eq!(schema(&store.writer).await.unwrap(), newest() + 1);

        let copies = copies(folder.path());
        assert!(copies[0].ends_with("before-schema-2-19700101T000000Z.db"), "{copies:?}");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&copies[0]);
        let copy = SqlitePool::connect_with(options).await.unwrap();
        assert_eq!((practices(&copy).await, schema(&copy).await.unwrap()), (1, newest()));
        migrate_along(&with_second(SECOND), &store.writer, folder.path(), NOW).await.unwrap();
        assert_eq!(super::tests::copies(folder.path()).len(), 1, "nothing to change, nothing to copy");
    }

    #[tokio::test]
    async fn a_migration_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        store.found_practice(&NewOwner::example(), NOW).await.unwrap();
        let failing = with_second("ALTER TABLE practice ADD COLUMN motto TEXT; ALTER TABLE nowhere ADD COLUMN x TEXT");
        assert!(migrate_along(&failing, &store.writer, folder.path(), NOW).await.is_err());
        assert_eq!((practices(&store.writer).await, schema(&store.writer).await.unwrap()), (1, newest()));
        let motto = sqlx::query("SELECT motto FROM practice").fetch_all(&store.writer).await;
        assert!(motto.is_err(), "half a migration was kept");
        assert_eq!(copies(folder.path()).len(), 1);
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        migrate_along(&with_second(SECOND), &store.writer, folder.path(), NOW).await.unwrap();
        store.close().await;
        let error = Store::open(folder.path(), NOW).await.unwrap_err();
        let (found, known) = (newest() + 1, newest());
        let says =
            format!("xystra.db: written by a newer xystra (schema {found}, this one knows {known}): update xystra");
        assert!(error.to_string().ends_with(&says), "{error}");
    }
}
