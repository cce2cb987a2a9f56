//! `xystra demo`: a throw-away record of synthetic clients at every stage, signed in.

mod clients;
mod story;

use std::process::{Command, Stdio};
use std::sync::Mutex;

use anyhow::Context;
use jiff::Timestamp;
use xystra_care::practice::Practice;
use xystra_course::outlook::Depth;
use xystra_store::{NewOwner, Scope, Store};

use crate::serve::Listen;
use crate::{log, work};

/// Serve a throw-away record of synthetic clients.
#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// Do not open the browser.
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    listen: Listen,
}

impl Demo {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        log::start();
        let mut place = self.listen.take().await?;
        let folder = tempfile::tempdir().context("no room for the throw-away database")?;
        let now = Timestamp::now();
        let store = Store::open(folder.path(), now).await?;
        let owner = store.found_practice(&owner(), now).await?;
        clients::write(&store, &Scope::of(&owner), now).await?;
        let ticket = ticket()?;
        let demo = xystra_web::Demo { account: owner, ticket: Mutex::new(Some(ticket.clone())) };
        place.encrypt(&self.listen, folder.path(), now)?;
        let address = place.announce(&format!("demo/{ticket}"))?;
        println!("this address signs in once; nothing is kept when the program ends (Ctrl-C)");
        if !self.no_open {
            open(&address);
        }
        let app = place.app(store, Some(demo), None)?;
        work::begin(app.clone(), Depth::Quick);
        place.serve(app).await
    }
}

/// Nobody knows a password of the demonstration's owner: only the address signs in.
fn owner() -> NewOwner {
    let zone = jiff::tz::TimeZone::system();
    NewOwner {
        practice: Practice {
            name: "Demo practice".to_owned(),
            time_zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            ..Practice::default()
        },
        login: "demo".to_owned(),
        name: "Demo therapist".to_owned(),
        password_hash: String::new(),
    }
}

fn ticket() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("the operating system has no random numbers")?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// Opens the browser if there is one; the address stands on the screen anyway.
fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let _ = Command::new(opener).arg(address).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
