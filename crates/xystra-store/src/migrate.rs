//! Schemas in order, and a verified copy before each change.

use std::fs::File;
use std::path::Path;

use jiff::Timestamp;
use sqlx::{Any, AnyPool, AssertSqlSafe, Transaction};

use crate::clients::index_clients;
use crate::db::FILE;
use crate::engine::{EVERY_PRACTICE, sqlite_url};
use crate::{Engine, Error};

/// A step from one schema to the next.
struct Migration {
    version: i64,
    sql: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, sql: include_str!("../migrations/0001_first.sql") },
    Migration { version: 2, sql: include_str!("../migrations/0002_clinic.sql") },
    Migration { version: 3, sql: include_str!("../migrations/0003_dose.sql") },
];

/// The schema that brought the rows of clients.
const CLIENTS_SINCE: i64 = 2;

/// The newest schema that this program knows.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

/// Brings the database to the newest schema, all steps in one transaction.
pub(crate) async fn migrate(engine: Engine, pool: &AnyPool, folder: &Path, now: Timestamp) -> Result<(), Error> {
    migrate_along(MIGRATIONS, engine, pool, folder, now).await
}

async fn migrate_along(
    steps: &[Migration],
    engine: Engine,
    pool: &AnyPool,
    folder: &Path,
    now: Timestamp,
) -> Result<(), Error> {
    let known = steps.last().map_or(0, |migration| migration.version);
    let found = schema(engine, pool).await?;
    if found > known {
        let file = if engine == Engine::Sqlite { folder.join(FILE) } else { "the server's database".into() };
        return Err(Error::Newer { file, found, known });
    }
    if found > 0 && found < known && engine == Engine::Sqlite {
        copy(pool, folder, found, now).await?;
    }
    let mut change = engine.begin(pool, EVERY_PRACTICE).await?;
    let found = version(&mut change).await?;
    for migration in steps.iter().filter(|migration| migration.version > found) {
        apply(engine, &mut change, migration, now).await?;
    }
    if found > 0 && found < CLIENTS_SINCE {
        index(&mut change).await?;
    }
    change.commit().await?;
    Ok(())
}

/// The rows of clients are made, for the former schema did not have them.
async fn index(change: &mut Transaction<'_, Any>) -> Result<(), Error> {
    let practices: Vec<(String,)> = sqlx::query_as("SELECT id FROM practice").fetch_all(&mut **change).await?;
    for (practice,) in practices {
        index_clients(change, &practice).await?;
    }
    Ok(())
}

/// The schema of the database; 0 for an empty one.
pub(crate) async fn schema(engine: Engine, pool: &AnyPool) -> Result<i64, Error> {
    let mut change = engine.begin(pool, EVERY_PRACTICE).await?;
    sqlx::query(
        "CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)",
    )
    .execute(&mut *change)
    .await?;
    let found = version(&mut change).await?;
    change.commit().await?;
    Ok(found)
}

async fn version(change: &mut Transaction<'_, Any>) -> Result<i64, Error> {
    let found: (Option<i64>,) =
        sqlx::query_as("SELECT MAX(version) FROM schema_version").fetch_one(&mut **change).await?;
    Ok(found.0.unwrap_or(0))
}

async fn apply(
    engine: Engine,
    change: &mut Transaction<'_, Any>,
    migration: &Migration,
    now: Timestamp,
) -> Result<(), Error> {
    // The text is ours, from this folder; only its words for types are put into the engine's.
    let sql = AssertSqlSafe(engine.schema_text(migration.sql));
    sqlx::raw_sql(sql).execute(&mut **change).await?;
    sqlx::query("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)")
        .bind(migration.version)
        .bind(crate::db::micros(now))
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// A whole copy beside the database, checked before anything is changed.
async fn copy(pool: &AnyPool, folder: &Path, version: i64, now: Timestamp) -> Result<(), Error> {
    let file = folder.join(format!("before-schema-{}-{}.db", version + 1, now.strftime("%Y%m%dT%H%M%SZ")));
    let name = file.to_string_lossy().into_owned();
    sqlx::query("VACUUM INTO $1").bind(&name).execute(pool).await?;
    let copy = Engine::Sqlite.reader(&sqlite_url(&file, "ro")?).await?;
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

    async fn practices(pool: &AnyPool) -> i64 {
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(pool).await.unwrap();
        count.0
    }

    #[tokio::test]
    async fn a_whole_copy_is_made_before_the_schema_changes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        assert_eq!(copies(folder.path()).len(), 0, "a new database needs no copy");
        store.found_practice(&NewOwner::example(), NOW).await.unwrap();
        migrate_along(&with_second(SECOND), Engine::Sqlite, &store.writer, folder.path(), NOW).await.unwrap();
        assert_eq!(schema(Engine::Sqlite, &store.writer).await.unwrap(), newest() + 1);

        let copies = copies(folder.path());
        assert!(copies[0].ends_with("before-schema-4-19700101T000000Z.db"), "{copies:?}");
        let copy = Engine::Sqlite.writer(&sqlite_url(&copies[0], "rw").unwrap()).await.unwrap();
        assert_eq!((practices(&copy).await, schema(Engine::Sqlite, &copy).await.unwrap()), (1, newest()));
        copy.close().await;
        migrate_along(&with_second(SECOND), Engine::Sqlite, &store.writer, folder.path(), NOW).await.unwrap();
        assert_eq!(super::tests::copies(folder.path()).len(), 1, "nothing to change, nothing to copy");
    }

    #[tokio::test]
    async fn a_migration_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        store.found_practice(&NewOwner::example(), NOW).await.unwrap();
        let failing = with_second("ALTER TABLE practice ADD COLUMN motto TEXT; ALTER TABLE nowhere ADD COLUMN x TEXT");
        assert!(migrate_along(&failing, Engine::Sqlite, &store.writer, folder.path(), NOW).await.is_err());
        assert_eq!(
            (practices(&store.writer).await, schema(Engine::Sqlite, &store.writer).await.unwrap()),
            (1, newest())
        );
        let motto = sqlx::query("SELECT motto FROM practice").fetch_all(&store.writer).await;
        assert!(motto.is_err(), "half a migration was kept");
        assert_eq!(copies(folder.path()).len(), 1);
    }

    #[tokio::test]
    async fn a_newer_schema_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), NOW).await.unwrap();
        migrate_along(&with_second(SECOND), Engine::Sqlite, &store.writer, folder.path(), NOW).await.unwrap();
        store.close().await;
        let error = Store::open(folder.path(), NOW).await.unwrap_err();
        let (found, known) = (newest() + 1, newest());
        let says =
            format!("xystra.db: written by a newer xystra (schema {found}, this one knows {known}): update xystra");
        assert!(error.to_string().ends_with(&says), "{error}");
    }
}
