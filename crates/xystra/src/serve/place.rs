//! The addresses that were taken, and what is spoken there.

use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use anyhow::Context;
use axum_server::Handle;
use jiff::Timestamp;
use tokio::net::TcpListener;
use xystra_store::Store;
use xystra_web::{App, Clock, Demo, Trust, router, trust_router};

use super::connections;
use super::listen::{Listen, Protection};
use crate::tls::Tls;

/// Where browsers find the pages.
#[derive(Debug)]
pub(crate) struct Place {
    pub(super) pages: TcpListener,
    /// Where tablets learn, unencrypted, how to trust the practice's own authority.
    pub(super) trust: Option<TcpListener>,
    pub(super) tls: Option<Tls>,
}

impl Place {
    pub(super) fn new(pages: TcpListener, trust: Option<TcpListener>) -> Self {
        Self { pages, trust, tls: None }
    }

    /// Can others come in than the browsers of this machine?
    pub(crate) fn is_beyond_this_machine(&self) -> bool {
        self.pages.local_addr().is_ok_and(|address| !address.ip().is_loopback())
    }

    /// Sets up what the command line asks for. `folder` is the data folder. An error when it cannot be had: nothing is served
    /// unencrypted in its place.
    pub(crate) fn encrypt(&mut self, listen: &Listen, folder: &Path, now: Timestamp) -> anyhow::Result<()> {
        self.tls = match listen.protection() {
            Protection::None => None,
            Protection::Given(certificate, key) => Some(Tls::given(certificate, key, now)?),
            Protection::Own => Some(Tls::own(folder, listen.asked_names(), now).context(
                "encryption could not be set up (--without-tls goes without, and then anybody on the network can read passwords \
                 and health data)",
            )?),
        };
        Ok(())
    }

    /// The app for browsers that come here.
    pub(crate) fn app(&self, store: Store, demo: Option<Demo>, folder_note: Option<String>) -> anyhow::Result<App> {
        let app = App::with(store, Clock::system(), demo, folder_note);
        Ok(if self.tls.is_some() { app.over_tls(self.told()?) } else { app })
    }

    /// Serves until it is told to stop, then finishes what is under way.
    pub(crate) async fn serve(self, app: App) -> anyhow::Result<()> {
        let told = self.told()?;
        let [pages_end, trust_end] = [Handle::new(), Handle::new()];
        tokio::spawn(connections::end_when_told([pages_end.clone(), trust_end.clone()]));
        let pages = connections::serve(self.pages, self.tls.as_ref().map(Tls::config), router(app), pages_end);
        if let Some(tls) = self.tls {
            tokio::spawn(tls.renew());
        }
        let trust = async {
            match (self.trust, told) {
                (Some(listener), Some(told)) => connections::serve(listener, None, trust_router(told), trust_end).await,
                _ => Ok(()),
            }
        };
        tokio::try_join!(pages, trust)?;
        Ok(())
    }

    /// What tablets are told of our own authority.
    fn told(&self) -> anyhow::Result<Option<Trust>> {
        let Some((ca_pem, fingerprint)) = self.tls.as_ref().and_then(Tls::authority) else { return Ok(None) };
        Ok(Some(Trust { ca_pem, fingerprint, port: self.pages.local_addr()?.port() }))
    }
}

/// The addresses by which others reach what listens there.
pub(super) fn reachable(address: SocketAddr) -> Vec<IpAddr> {
    if !address.ip().is_unspecified() {
        return vec![address.ip()];
    }
    let mut found = crate::tls::name::lan_addresses();
    found.retain(|ip| address.is_ipv6() || ip.is_ipv4());
    found
}
