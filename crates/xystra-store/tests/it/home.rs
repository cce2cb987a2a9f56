//! A data folder for one test, and a record to put into it.

use std::path::PathBuf;

use jiff::Timestamp;
use sqlx::SqlitePool;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;
use uuid::Uuid;
use xystra_care::appointment::{Appointment, State};
use xystra_care::decision::Decision;
use xystra_care::finding::Kind;
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::response::Skin;
use xystra_care::{Entry, Record};
use xystra_store::entries::About;
use xystra_store::{Account, Batch, NewOwner, Scope, Step, Store};
use xystra_testkit::{RecordBuilder, SITE, START};

/// An open store with a practice.
pub(crate) struct Home {
    pub(crate) store: Store,
    pub(crate) scope: Scope,
    folder: TempDir,
}

impl Home {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path(), START).await.unwrap();
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), START).await.unwrap());
        Self { store, scope, folder }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("xystra.db")
    }

    /// Statements beside the store, as somebody with the file in hand could make them.
    pub(crate) async fn raw(&self, statement: &'static str) {
        let pool = self.beside().await;
        sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// A second practice in the same database, which the program itself never makes.
    pub(crate) async fn second_practice(&self) -> Scope {
        let other = Account {
            practice: PracticeId(Uuid::now_v7()),
            id: AccountId(Uuid::now_v7()),
            login: "other".into(),
            name: "Other therapist".into(),
            role: "owner".into(),
            password_hash: String::new(),
        };
        let pool = self.beside().await;
        sqlx::query("INSERT INTO practice (id, body, created_at) SELECT $1, body, created_at FROM practice")
            .bind(other.practice.to_string())
            .execute(&pool)
            .await
            .unwrap();
        sqlx::query("INSERT INTO account (practice_id, id, login, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, 'owner', '', 0)")
            .bind(other.practice.to_string())
            .bind(other.id.to_string())
            .bind(&other.login)
            .bind(&other.name)
            .execute(&pool)
            .await
            .unwrap();
        pool.close().await;
        Scope::of(&other)
    }

    async fn beside(&self) -> SqlitePool {
        SqlitePool::connect_with(SqliteConnectOptions::new().filename(self.file())).await.unwrap()
    }

    /// Closes the store and keeps its folder.
    pub(crate) async fn close(self) -> TempDir {
        self.store.close().await;
        self.folder
    }
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
