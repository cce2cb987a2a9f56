//! Where the record is kept: in a folder, or in a server's database; and which practice of those that are there.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::bail;
use jiff::Timestamp;
use xystra_store::practice::Held;
use xystra_store::{Engine, Store};

/// Where the record is kept.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Data {
    /// The data folder; made when it is not there.
    #[arg(long, value_name = "FOLDER", env = "XYSTRA_DATA", default_value_os_t = default_folder())]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database that keeps the record instead: postgres://USER:PASSWORD@HOST/NAME. The data folder then holds
    /// this node's own files. Others on this machine can see command lines, so give it as XYSTRA_DATABASE.
    #[arg(long, value_name = "ADDRESS", env = "XYSTRA_DATABASE", hide_env_values = true)]
    database: Option<Address>,
}

/// A database's address. It may hold a password, so it is never shown.
#[derive(Clone)]
pub(crate) struct Address(String);

impl FromStr for Address {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(not shown)")
    }
}

/// Which practice.
#[derive(Debug, clap::Args)]
pub(crate) struct Which {
    /// The practice, by name or id; needed only where there are several.
    #[arg(long, value_name = "NAME")]
    practice: Option<String>,
}

impl Data {
    /// In this folder.
    pub(crate) fn folder(data: PathBuf) -> Self {
        Self { data, database: None }
    }

    /// In this database, with this node's files where they are.
    pub(crate) fn with_database(&self, database: Address) -> Self {
        Self { data: self.data.clone(), database: Some(database) }
    }

    /// Opens the store, making it where there is none.
    pub(crate) async fn open(&self, now: Timestamp) -> anyhow::Result<Store> {
        Ok(match &self.database {
            Some(Address(url)) => Store::open_server(url, &self.data, now).await?,
            None => Store::open(&self.data, now).await?,
        })
    }

    /// Opens a store that is there.
    pub(crate) async fn open_kept(&self, now: Timestamp) -> anyhow::Result<Store> {
        if self.database.is_none() && !self.data.join("xystra.db").exists() {
            bail!("{}: there is no record in this folder: name another with --data", self.data.display());
        }
        self.open(now).await
    }

    /// How to name it to another command.
    pub(crate) fn option(&self) -> String {
        match &self.database {
            Some(_) => "--database ADDRESS".to_owned(),
            None => format!("--data {}", self.data.display()),
        }
    }
}

impl Which {
    /// The practice that is meant.
    pub(crate) async fn of(&self, store: &Store) -> anyhow::Result<Held> {
        let mut practices = store.practices().await?;
        let names: Vec<String> = practices.iter().map(named).collect();
        if names.is_empty() {
            bail!("nobody has made a practice here yet: run xystra serve");
        }
        if let Some(wanted) = &self.practice {
            practices.retain(|held| is(held, wanted));
        }
        match (practices.pop(), practices.is_empty()) {
            (Some(held), true) => Ok(held),
            (None, _) => bail!("no practice of that name here; there are: {}", names.join(", ")),
            (Some(_), false) => {
                bail!("several practices: name one with --practice, by its id if names are alike: {}", names.join(", "))
            }
        }
    }
}

/// Name and id.
pub(crate) fn named(held: &Held) -> String {
    format!("{} ({})", held.practice.name, held.owner.practice)
}

fn is(held: &Held, wanted: &str) -> bool {
    held.practice.name.to_lowercase() == wanted.trim().to_lowercase() || held.owner.practice.to_string() == wanted
}

/// What keeps it, in words.
pub(crate) fn engine_word(store: &Store) -> &'static str {
    match store.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    }
}

/// The user's own place for data, as the platform has it.
fn default_folder() -> PathBuf {
    let var = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = var("XDG_DATA_HOME")
        .or_else(|| var("APPDATA"))
        .or_else(|| var("HOME").map(|home| home.join(".local").join("share")));
    base.unwrap_or_default().join("xystra")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_shows_nothing() {
        let address: Address = "postgres://clinic:open-sesame@host/record".parse().expect("any text");
        let data = Data::folder("data".into()).with_database(address);
        assert!(!format!("{data:?} {}", data.option()).contains("sesame"));
    }
}
