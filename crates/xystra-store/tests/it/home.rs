//! A database for one test, on either engine, and a record to put into it.

use std::path::PathBuf;

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection};
use tempfile::TempDir;
use xystra_care::appointment::{Appointment, State};
use xystra_care::decision::Decision;
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_care::{Entry, Record};
use xystra_store::entries::About;
use xystra_store::{Batch, Engine, NewOwner, Scope, Step, Store};
use xystra_testkit::{RecordBuilder, SITE, START};

use crate::postgres::{Database, connect};

/// An open store with a practice, on one engine or the other.
pub(crate) struct Home {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
    folder: TempDir,
    database: Option<Database>,
}

impl Home {
    /// A folder with an SQLite database.
    pub(crate) async fn new() -> Self {
        Self::founded(Self::sqlite_empty().await).await
    }

    /// A database on the PostgreSQL server, or nothing where there is none.
    pub(crate) async fn on_postgres() -> Option<Self> {
        Some(Self::founded(Self::postgres_empty().await?).await)
    }

    /// A place of the same engine without a practice.
    pub(crate) async fn empty(&self) -> Empty {
        match self.store.engine() {
            Engine::Sqlite => Self::sqlite_empty().await,
            Engine::Postgres => Self::postgres_empty().await.expect("the server of this home"),
        }
    }

    /// Another home on the same engine.
    pub(crate) async fn another(&self) -> Self {
        Self::founded(self.empty().await).await
    }

    /// A folder without a practice.
    pub(crate) async fn sqlite_empty() -> Empty {
        let folder = tempfile::tempdir().unwrap();
        Empty { store: Store::open(folder.path(), START).await.unwrap(), folder, database: None }
    }

    /// A server's database without a practice, or nothing where there is no server.
    pub(crate) async fn postgres_empty() -> Option<Empty> {
        let database = Database::fresh().await?;
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_server(&database.url(), folder.path(), START).await.unwrap();
        Some(Empty { store, folder, database: Some(database) })
    }

    async fn founded(empty: Empty) -> Self {
        let Empty { store, folder, database } = empty;
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), START).await.unwrap());
        Self { store, scope, folder, database }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("xystra.db")
    }

    /// Another node on the same server's database.
    pub(crate) async fn second_node(&self) -> Node {
        let folder = tempfile::tempdir().unwrap();
        let url = self.database.as_ref().expect("a server's database").url();
        Node { store: Store::open_server(&url, folder.path(), START).await.unwrap(), _folder: folder }
    }

    /// Statements beside the store, as somebody with the database in hand could make them.
    pub(crate) async fn raw(&self, statement: &str) {
        let statement = match self.database {
            Some(_) => statement.replace("x'", "'\\x"),
            None => statement.to_owned(),
        };
        let url = self.database.as_ref().map_or_else(|| format!("sqlite://{}", self.file().display()), Database::url);
        let mut beside = connect(&url).await;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut beside).await.unwrap();
        beside.close().await.unwrap();
    }

    /// A second practice in the same database.
    pub(crate) async fn second_practice(&self) -> Scope {
        let other = NewOwner { login: "other".into(), name: "Other therapist".into(), ..NewOwner::example() };
        Scope::of(&self.store.add_practice(&other, START).await.unwrap())
    }

    /// Closes the store and keeps its folder.
    pub(crate) async fn close(self) -> TempDir {
        self.store.close().await;
        self.folder
    }
}

/// An open store without a practice.
pub(crate) struct Empty {
    pub(crate) store: Store,
    folder: TempDir,
    database: Option<Database>,
}

/// Another node on a database that several share.
pub(crate) struct Node {
    pub(crate) store: Store,
    _folder: TempDir,
}

/// A record with every step in it.
pub(crate) fn whole(number: u32) -> Record {
    let built = RecordBuilder::numbered(number, "lateral-epicondylitis")
        .client(|client| client.phone = format!("0555 {number:04}"))
        .consented()
        .screened()
        .found(SITE, Kind::Tenderness)
        .measured("nprs", None, 6.5)
        .planned(|draft| draft.remark = "Begin gently".into())
        .later(24.0)
        .session(Skin::FewPetechiae)
        .later(24.0)
        .checkin(Some(Skin::Redness), Some(2))
        .noted("Sleeps better.", true);
    let declined = Decision::Declined { rules: vec!["gap-48h".into()], sessions_done: 1, reason: "Travels".into() };
    built.decided(declined).build()
}

/// Every entry of a record in one batch, threads kept.
pub(crate) fn batch(record: &Record) -> Batch {
    let mut batch = Batch::default();
    let about = About::episode(record.client_id, record.episode);
    let client = About::client(record.client_id);
    add(&mut batch, client, [&record.client]);
    add(&mut batch, client, &record.consents);
    add(&mut batch, about, [&record.intake]);
    add(&mut batch, about, &record.screening);
    add(&mut batch, about, &record.findings);
    add(&mut batch, about, &record.measurements);
    add(&mut batch, about, &record.plan);
    add(&mut batch, about, &record.sessions);
    add(&mut batch, about, &record.checkins);
    add(&mut batch, about, &record.notes);
    add(&mut batch, about, &record.decisions);
    batch
}

fn add<'a, T: Step + 'a>(batch: &mut Batch, about: About, entries: impl IntoIterator<Item = &'a Entry<T>>) {
    for entry in entries {
        batch.add_as(entry.thread, about, entry.happened_at, &entry.body);
    }
}

/// Keeps a whole record.
pub(crate) async fn keep(store: &Store, scope: &Scope, number: u32) -> Record {
    let record = whole(number);
    store.save(scope, &batch(&record), START).await.unwrap();
    record
}

/// An appointment at this time.
pub(crate) fn appointment(record: &Record, at: Timestamp) -> Appointment {
    Appointment { at, episode: Some(record.episode), state: State::Booked, remark: "Ground floor".into() }
}
