//! `xystra serve`: the record for the browsers of this machine, or of a clinic's own network.

mod announce;
mod connections;
mod gate;
mod listen;
mod place;
mod stop;

use anyhow::bail;
use jiff::Timestamp;
use xystra_course::outlook::Depth;

pub(crate) use listen::Listen;

use crate::data::Data;
use crate::{disk, log, work};

/// Serve the record kept in a data folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    listen: Listen,
}

impl Serve {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        log::start();
        let mut place = self.listen.take().await?;
        let store = self.data.open(Timestamp::now()).await?;
        if place.is_beyond_this_machine() && !store.has_practice().await? {
            bail!(
                "nobody has made a practice here yet, and whoever opens the first page becomes its owner: make it with xystra \
                 practice add, or run xystra serve without --listen once and make it in this machine's browser"
            );
        }
        place.encrypt(&self.listen, store.folder(), Timestamp::now())?;
        let note = disk::note(&store);
        place.announce("")?;
        if let Some(note) = &note {
            eprintln!("{note}");
        }
        let app = place.app(store, None, note)?;
        work::begin(app.clone(), Depth::Full);
        place.serve(app).await
    }
}
