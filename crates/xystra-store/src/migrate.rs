//! Schemas in order, and a verified copy before each change.

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
    let found = schema(pool).await?;
    if found > newest() {
        return Err(Error::Newer { file: folder.join(FILE), found, known: newest() });
    }
    if found > 0 && found < newest() {
        copy(pool, folder, found, now).await?;
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > found) {
        apply(pool, migration, now).await?;
    }
    Ok(())
}

/// The schema of the database; 0 for an empty file.
pub(crate) async fn schema(pool: &SqlitePool) -> Result<i64, Error> {
    sqlx::query("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)")
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
    let copy = SqlitePool::connect_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&file).read_only(true)).await?;
    let verdict: (String,) = sqlx::query_as("PRAGMA integrity_check(1)").fetch_one(&copy).await?;
    copy.close().await;
    match verdict.0.as_str() {
        "ok" => Ok(()),
        reason => Err(Error::Corrupt { file, reason: reason.to_owned() }),
    }
}
