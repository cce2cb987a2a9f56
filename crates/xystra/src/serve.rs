//! `xystra serve`: the record for the browsers of this machine.

use std::io::Write;
use std::net::SocketAddr;

use anyhow::{Context, bail};
use jiff::Timestamp;
use tokio::net::TcpListener;
use xystra_store::Store;
use xystra_web::{App, Clock, router};

use crate::{Data, disk};

/// Serve the record kept in a data folder.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    listen: Listen,
}

/// Where to listen.
#[derive(Debug, clap::Args)]
pub(crate) struct Listen {
    /// Address and port; port 0 takes any that is free.
    #[arg(long, value_name = "ADDRESS:PORT", env = "XYSTRA_LISTEN", default_value = "127.0.0.1:8610")]
    listen: SocketAddr,
    /// Listen beyond this machine although nothing is encrypted on the way: anybody on the network can read along.
    #[arg(long)]
    without_tls: bool,
}

impl Serve {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        log();
        let listener = self.listen.bind().await?;
        let store = Store::open(&self.data.data, Timestamp::now()).await?;
        let note = disk::note(store.folder());
        announce(&listener, "")?;
        if let Some(note) = &note {
            eprintln!("{note}");
        }
        let app = App::with(store, Clock::system(), None, note);
        serve(listener, app).await
    }
}

impl Listen {
    /// Takes the address. Beyond this machine only when told, and it says what telling means.
    pub(crate) async fn bind(&self) -> anyhow::Result<TcpListener> {
        if !self.listen.ip().is_loopback() {
            if !self.without_tls {
                bail!(
                    "{} is beyond this machine and nothing is encrypted on the way: add --without-tls if you accept that anybody \
                     on the network can read passwords and health data",
                    self.listen
                );
            }
            eprintln!("listening beyond this machine without encryption: anybody on the network can read along");
        }
        TcpListener::bind(self.listen).await.with_context(|| format!("{}: cannot listen there", self.listen))
    }
}

/// The first line that the program prints.
pub(crate) fn announce(listener: &TcpListener, path: &str) -> anyhow::Result<String> {
    let address = format!("http://{}/{path}", listener.local_addr()?);
    println!("listening on {address}");
    std::io::stdout().flush()?;
    Ok(address)
}

/// Serves until it is told to stop, then finishes what is under way.
pub(crate) async fn serve(listener: TcpListener, app: App) -> anyhow::Result<()> {
    axum::serve(listener, router(app)).with_graceful_shutdown(stop()).await?;
    Ok(())
}

async fn stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let terminate = async move {
            match terminate {
                Ok(mut signal) => signal.recv().await,
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! { () = interrupt => (), _ = terminate => () }
    }
    #[cfg(not(unix))]
    interrupt.await;
}

/// What the program tells on standard error, by `RUST_LOG`; warnings when nothing is said.
pub(crate) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
