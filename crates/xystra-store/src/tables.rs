//! Every table of a practice with its columns, for backup, restore and move. A test holds this list against the schema.

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
    /// Reads the rows of practice `$1` in an order that an index has, so that nothing is sorted.
    pub(crate) select: &'static str,
    /// Writes one row.
    pub(crate) insert: &'static str,
}

/// Tables left out, and why.
#[cfg(test)]
const LEFT_OUT: &[(&str, &str)] = &[
    ("attempt", "failed sign-ins belong to no practice, and are forgotten within a day"),
    ("client", "made again from the entries"),
    ("half_sign_in", "a backup signs nobody in"),
    ("invitation", "a link that was used since would serve a second time"),
    ("job", "the program that serves the practice queues its work again"),
    ("link", "a link that was used since would serve a second time"),
    ("recovery_code", "a code that was used since would serve a second time"),
    ("schema_version", "stands in the first line of a backup"),
    ("sign_in", "a backup signs nobody in"),
];

use Kind::{Bytes, Number, Text};

/// In an order in which a row's references come before it.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "practice",
        columns: &[("id", Text), ("body", Text), ("created_at", Number)],
        select: "SELECT id, body, created_at FROM practice WHERE id = $1",
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
            ("totp_secret", Text),
            ("totp_step", Number),
            ("seen_at", Number),
        ],
        select: "SELECT practice_id, id, login, name, role, password_hash, created_at, disabled_at, totp_secret, totp_step, seen_at FROM account WHERE practice_id = $1 ORDER BY id",
        insert: "INSERT INTO account (practice_id, id, login, name, role, password_hash, created_at, disabled_at, totp_secret, totp_step, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    },
    Table {
        name: "emergency",
        columns: &[
            ("practice_id", Text),
            ("id", Text),
            ("account_id", Text),
            ("client_id", Text),
            ("reason", Text),
            ("at", Number),
            ("ends_at", Number),
            ("seen_by", Text),
            ("seen_at", Number),
        ],
        select: "SELECT practice_id, id, account_id, client_id, reason, at, ends_at, seen_by, seen_at FROM emergency WHERE practice_id = $1 ORDER BY id",
        insert: "INSERT INTO emergency (practice_id, id, account_id, client_id, reason, at, ends_at, seen_by, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
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
        select: "SELECT practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, reason, struck, find, body FROM entry WHERE practice_id = $1 ORDER BY thread_id, version",
        insert: "INSERT INTO entry (practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, reason, struck, find, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    },
    Table {
        name: "operation",
        columns: &[("practice_id", Text), ("id", Text), ("location", Text), ("at", Number)],
        select: "SELECT practice_id, id, location, at FROM operation WHERE practice_id = $1 ORDER BY id",
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
        select: "SELECT practice_id, account_id, form, revision, tab, saved_at, body FROM draft WHERE practice_id = $1 ORDER BY account_id, form",
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
            ("reading", Text),
        ],
        select: "SELECT practice_id, id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading FROM recording WHERE practice_id = $1 ORDER BY id",
        insert: "INSERT INTO recording (practice_id, id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    },
    Table {
        name: "recording_part",
        columns: &[("practice_id", Text), ("recording_id", Text), ("part", Number), ("content", Bytes)],
        select: "SELECT practice_id, recording_id, part, content FROM recording_part WHERE practice_id = $1 ORDER BY recording_id, part",
        insert: "INSERT INTO recording_part (practice_id, recording_id, part, content) VALUES ($1, $2, $3, $4)",
    },
    Table {
        name: "tool_reading",
        columns: &[("practice_id", Text), ("tool", Text), ("reading", Text), ("saved_by", Text), ("saved_at", Number)],
        select: "SELECT practice_id, tool, reading, saved_by, saved_at FROM tool_reading WHERE practice_id = $1 ORDER BY tool",
        insert: "INSERT INTO tool_reading (practice_id, tool, reading, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5)",
    },
    // Without a method in a backup of a schema before the third: there was one then. The virtual clients of an outlook are left out:
    // they are large, and made again when the outlook is.
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
            ("method", Text),
        ],
        select: "SELECT practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body, method FROM derived WHERE practice_id = $1 AND kind <> 'outlook-kept' ORDER BY subject_id, kind, method",
        insert: "INSERT INTO derived (practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body, method) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, COALESCE($10, 'dose-1'))",
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
        select: "SELECT practice_id, number, at, account_id, action, subject_kind, subject_id, hash FROM journal WHERE practice_id = $1 ORDER BY number",
        insert: "INSERT INTO journal (practice_id, number, at, account_id, action, subject_kind, subject_id, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    },
    Table {
        name: "backup",
        columns: &[("practice_id", Text), ("made_at", Number), ("bytes", Number), ("sha256", Text)],
        select: "SELECT practice_id, made_at, bytes, sha256 FROM backup WHERE practice_id = $1 ORDER BY made_at",
        insert: "INSERT INTO backup (practice_id, made_at, bytes, sha256) VALUES ($1, $2, $3, $4)",
    },
];

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::Store;

    /// A new table or column must be listed here too.
    #[tokio::test]
    async fn every_column_of_the_schema_is_kept_or_left_out_with_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), Timestamp::UNIX_EPOCH).await.unwrap();
        let schema: Vec<(String, String)> = sqlx::query_as(
            "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
        )
        .fetch_all(&store.reader)
        .await
        .unwrap();
        assert!(schema.len() > 100, "{} columns in the schema", schema.len());
        for columns in schema.chunk_by(|a, b| a.0 == b.0) {
            let name = columns[0].0.as_str();
            let Some(table) = TABLES.iter().find(|table| table.name == name) else {
                assert!(LEFT_OUT.iter().any(|(left, _)| *left == name), "{name} is neither kept nor left out");
                continue;
            };
            let listed: Vec<&str> = table.columns.iter().map(|(column, _)| *column).collect();
            let found: Vec<&str> = columns.iter().map(|(_, column)| column.as_str()).collect();
            assert_eq!(listed, found, "{name}");
        }
    }

    #[test]
    fn both_statements_of_a_table_name_its_columns_in_order() {
        for Table { name, columns, select, insert } in TABLES {
            let columns = columns.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
            assert!(select.starts_with(&format!("SELECT {columns} FROM {name} WHERE ")), "{name}");
            assert!(insert.starts_with(&format!("INSERT INTO {name} ({columns}) VALUES (")), "{name}");
        }
    }
}
