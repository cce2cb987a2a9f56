//! A database for one test on the server that `XYSTRA_TEST_POSTGRES` names; `cargo xtask test` starts one.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::{env, fs, thread};

use sqlx::any::install_default_drivers;
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use uuid::Uuid;
use xystra_store::Store;
use xystra_testkit::START;

const VARIABLE: &str = "XYSTRA_TEST_POSTGRES";
/// Held while the template is made; one test makes it and the others wait.
const TEMPLATE_LOCK: i64 = 20_261_123;

/// A database of its own, dropped with this.
pub(crate) struct Database {
    server: String,
    name: String,
}

impl Database {
    /// A fresh one, or nothing where there is no server.
    pub(crate) async fn fresh() -> Option<Self> {
        let Ok(server) = env::var(VARIABLE) else {
            println!("not tested on PostgreSQL: {VARIABLE} names no server (cargo xtask test starts one)");
            return None;
        };
        let mut admin = connect(&server).await;
        let template = template(&server, &mut admin).await;
        let name = format!("test_{}", Uuid::now_v7().simple());
        run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        admin.close().await.unwrap();
        Some(Self { server, name })
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        address(&self.server, &self.name)
    }
}

/// Whoever is still connected is cut off.
impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let mut admin = connect(&server).await;
                run(&mut admin, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            });
        });
        dropping.join().unwrap();
    }
}

pub(crate) async fn connect(url: &str) -> AnyConnection {
    install_default_drivers();
    AnyConnection::connect(url).await.unwrap()
}

async fn run(admin: &mut AnyConnection, statement: String) {
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(admin).await.unwrap();
}

/// A database that has every table and no row, made once for all tests that know the same migrations.
async fn template(server: &str, admin: &mut AnyConnection) -> String {
    let name = format!("template_{:x}", migrations());
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await.unwrap();
    let there = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name).fetch_optional(&mut *admin);
    if there.await.unwrap().is_none() {
        let draft = format!("{name}_draft");
        run(admin, format!("DROP DATABASE IF EXISTS {draft}")).await;
        run(admin, format!("CREATE DATABASE {draft}")).await;
        let folder = tempfile::tempdir().unwrap();
        Store::open_server(&address(server, &draft), folder.path(), START).await.unwrap().close().await;
        run(admin, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    sqlx::query("SELECT pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(&mut *admin).await.unwrap();
    name
}

/// A number that changes with the text of any migration.
fn migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|file| file.is_file());
    let mut texts: Vec<String> = files.map(|file| fs::read_to_string(file).unwrap()).collect();
    texts.sort();
    let mut hasher = DefaultHasher::new();
    texts.hash(&mut hasher);
    hasher.finish()
}

/// The address of another database on the same server.
fn address(server: &str, database: &str) -> String {
    let (server, _) = server.rsplit_once('/').unwrap();
    format!("{server}/{database}")
}
