//! Every table with its columns, for backup and restore. A test holds this list against the schema.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, or nothing.
    Text,
    /// A whole number, or nothing.
    Number,
    /// Bytes.
    Bytes,
}

/// A table as a backup holds it.
#[derive(Debug)]
pub(crate) struct Table {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its columns in order.
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// Reads `$1` rows of every practice after the first `$2`, in the order of the primary key, which needs no sorting.
    pub(crate) select: &'static str,
    /// Writes one row.
    pub(crate) insert: &'static str,
}

impl Table {
    /// How many rows are read at a time: few where a row may hold a part of a recording.
    pub(crate) fn page(&self) -> i64 {
        if self.columns.iter().any(|(_, kind)| *kind == Kind::Bytes) { 32 } else { 5_000 }
    }
}

/// Tables left out, and why.
#[cfg(test)]
const LEFT_OUT: &[(&str, &str)] =
    &[("sign_in", "a backup signs nobody in"), ("schema_version", "stands in the backup's first line")];

use Kind::{Bytes, Number, Text};

/// In an order in which a row's references come before it.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "practice",
        columns: &[("id", Text), ("body", Text), ("created_at", Number)],
        select: "SELECT id, body, created_at FROM practice ORDER BY id LIMIT $1 OFFSET $2",
        insert: "INSERT INTO practice (id, body, created_at) VALUES ($1, $2, $3)",
    },
    Table {
        name: "account",
        columns: &[
            ("practice_id", Text),
            ("id", Text),
            ("login", Text),
            ("name", Text),
            ("role", Text),
            ("password_hash", Text),
            ("created_at", Number),
            ("disabled_at", Number),
        ],
        select: "SELECT practice_id, id, login, name, role, password_hash, created_at, disabled_at FROM account ORDER BY id LIMIT $1 OFFSET $2",
        insert: "INSERT INTO account (practice_id, id, login, name, role, password_hash, created_at, disabled_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    },
    Table {
        name: "entry",
        columns: &[
            ("practice_id", Text),
            ("id", Text),
            ("thread_id", Text),
            ("version", Number),
            ("latest", Number),
            ("step", Text),
            ("client_id", Text),
            ("episode_id", Text),
            ("author_id", Text),
            ("author_name", Text),
            ("recorded_at", Number),
            ("happened_at", Number),
            ("reason", Text),
            ("struck", Number),
            ("find", Text),
            ("body", Text),
        ],
        select: "SELECT practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, reason, struck, find, body FROM entry ORDER BY id LIMIT $1 OFFSET $2",
        insert: "INSERT INTO entry (practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, reason, struck, find, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    },
    Table {
        name: "operation",
        columns: &[("practice_id", Text), ("id", Text), ("location", Text), ("at", Number)],
        select: "SELECT practice_id, id, location, at FROM operation ORDER BY practice_id, id LIMIT $1 OFFSET $2",
        insert: "INSERT INTO operation (practice_id, id, location, at) VALUES ($1, $2, $3, $4)",
    },
    Table {
        name: "draft",
        columns: &[
            ("practice_id", Text),
            ("account_id", Text),
            ("form", Text),
            ("revision", Number),
            ("tab", Text),
            ("saved_at", Number),
            ("body", Text),
        ],
        select: "SELECT practice_id, account_id, form, revision, tab, saved_at, body FROM draft ORDER BY practice_id, account_id, form LIMIT $1 OFFSET $2",
        insert: "INSERT INTO draft (practice_id, account_id, form, revision, tab, saved_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    },
    Table {
        name: "recording",
        columns: &[
            ("practice_id", Text),
            ("id", Text),
            ("client_id", Text),
            ("episode_id", Text),
            ("session_id", Text),
            ("name", Text),
            ("sha256", Text),
            ("bytes", Number),
            ("added_by", Text),
            ("added_at", Number),
        ],
        select: "SELECT practice_id, id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at FROM recording ORDER BY id LIMIT $1 OFFSET $2",
        insert: "INSERT INTO recording (practice_id, id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    },
    Table {
        name: "recording_part",
        columns: &[("practice_id", Text), ("recording_id", Text), ("part", Number), ("content", Bytes)],
        select: "SELECT practice_id, recording_id, part, content FROM recording_part ORDER BY recording_id, part LIMIT $1 OFFSET $2",
        insert: "INSERT INTO recording_part (practice_id, recording_id, part, content) VALUES ($1, $2, $3, $4)",
    },
    Table {
        name: "derived",
        columns: &[
            ("practice_id", Text),
            ("subject_id", Text),
            ("kind", Text),
            ("client_id", Text),
            ("made_from", Text),
            ("program", Text),
            ("catalog", Text),
            ("made_at", Number),
            ("body", Text),
        ],
        select: "SELECT practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body FROM derived ORDER BY practice_id, subject_id, kind LIMIT $1 OFFSET $2",
        insert: "INSERT INTO derived (practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    },
    Table {
        name: "journal",
        columns: &[
            ("practice_id", Text),
            ("number", Number),
            ("at", Number),
            ("account_id", Text),
            ("action", Text),
            ("subject_kind", Text),
            ("subject_id", Text),
            ("hash", Text),
        ],
        select: "SELECT practice_id, number, at, account_id, action, subject_kind, subject_id, hash FROM journal ORDER BY practice_id, number LIMIT $1 OFFSET $2",
        insert: "INSERT INTO journal (practice_id, number, at, account_id, action, subject_kind, subject_id, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    },
    Table {
        name: "backup",
        columns: &[("practice_id", Text), ("made_at", Number), ("bytes", Number), ("sha256", Text)],
        select: "SELECT practice_id, made_at, bytes, sha256 FROM backup ORDER BY practice_id, made_at LIMIT $1 OFFSET $2",
        insert: "INSERT INTO backup (practice_id, made_at, bytes, sha256) VALUES ($1, $2, $3, $4)",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns of each table in the migrations' text: a new column must be listed here too.
    #[test]
    fn every_column_of_the_schema_is_backed_up_or_left_out_with_a_reason() {
        let schema = include_str!("../migrations/0001_first.sql");
        for statement in schema.split("CREATE TABLE ").skip(1) {
            let name = statement.split_whitespace().next().expect("a table has a name");
            let Some(table) = TABLES.iter().find(|table| table.name == name) else {
                assert!(LEFT_OUT.iter().any(|(left, _)| *left == name), "{name} is neither backed up nor left out");
                continue;
            };
            let body = statement.split_once('(').expect("columns").1.split("\n);").next().expect("an end");
            let columns = body.lines().map(str::trim).filter(|line| line.starts_with(|c: char| c.is_lowercase()));
            let columns: Vec<&str> = columns.filter_map(|line| line.split_whitespace().next()).collect();
            assert_eq!(table.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>(), columns, "{name}");
        }
    }
}
