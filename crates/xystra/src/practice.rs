//! `xystra practice`: the practices that live in one database.

use jiff::Timestamp;
use xystra_care::practice::Practice;
use xystra_store::NewOwner;
use xystra_web::auth::password;

use crate::data::Data;
use crate::recover::new_password;

/// The practices of a database.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Practices {
    /// List them.
    List(List),
    /// Make one more; none sees anything of another.
    Add(Add),
}

/// List the practices of a database.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
}

/// Make one more practice, with its owner.
#[derive(Debug, clap::Args)]
pub(crate) struct Add {
    /// The practice's name.
    #[arg(long)]
    name: String,
    /// What its owner types to sign in; nobody else in this database may have it.
    #[arg(long)]
    login: String,
    /// The owner's name, as it stands under what they write.
    #[arg(long)]
    person: String,
    #[command(flatten)]
    data: Data,
}

impl Practices {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::List(list) => list.run().await,
            Self::Add(add) => add.run().await,
        }
    }
}

impl List {
    async fn run(self) -> anyhow::Result<()> {
        let store = self.data.open_kept(Timestamp::now()).await?;
        for held in store.practices().await? {
            println!(
                "{}  {}  owner {} ({})",
                held.owner.practice, held.practice.name, held.owner.name, held.owner.login
            );
        }
        store.close().await;
        Ok(())
    }
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        for (what, given) in [("--name", &self.name), ("--login", &self.login), ("--person", &self.person)] {
            anyhow::ensure!(!given.trim().is_empty(), "{what} is empty");
        }
        let now = Timestamp::now();
        let store = self.data.open(now).await?;
        let secret = new_password()?;
        let new = NewOwner {
            practice: Practice { name: self.name.trim().to_owned(), ..Practice::default() },
            login: self.login,
            name: self.person,
            password_hash: password::hash(secret.clone()).await,
        };
        let owner = store.add_practice(&new, now).await?;
        store.close().await;
        println!("practice     {} ({})", new.practice.name, owner.practice);
        println!("sign in as   {}", owner.login);
        println!("password     {secret}");
        println!("change it under Practice once you are in; it is written down nowhere else");
        Ok(())
    }
}
