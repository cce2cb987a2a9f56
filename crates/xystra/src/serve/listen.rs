//! Where to listen, and how the way there is protected: what the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::Context;
use tokio::net::TcpListener;

use super::place::Place;
use crate::tls::name::Name;

/// Where to listen.
#[derive(Debug, clap::Args)]
pub(crate) struct Listen {
    /// Address and port; port 0 takes any that is free. Beyond this machine everything is encrypted.
    #[arg(long = "listen", value_name = "ADDRESS:PORT", env = "XYSTRA_LISTEN", default_value = "127.0.0.1:8610")]
    address: SocketAddr,
    /// Encrypt on this machine too.
    #[arg(long, conflicts_with = "without_tls")]
    tls: bool,
    /// One more name or address that browsers use for this machine; may be repeated.
    #[arg(long = "tls-name", value_name = "NAME", conflicts_with_all = ["tls_cert", "without_tls"])]
    tls_names: Vec<Name>,
    /// A certificate (PEM, with its chain) to show instead of one by the practice's own authority.
    #[arg(long, value_name = "FILE", requires = "tls_key", conflicts_with = "without_tls")]
    tls_cert: Option<PathBuf>,
    /// The certificate's key (PEM, without a password).
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Where tablets read, unencrypted, how to trust the practice's own authority, and nothing else: the port after that of
    /// --listen if nothing is said; "off" for nowhere.
    #[arg(long = "trust-listen", value_name = "ADDRESS:PORT")]
    trust: Option<TrustListen>,
    /// Listen beyond this machine although nothing is encrypted on the way: anybody on the network can read along.
    #[arg(long)]
    without_tls: bool,
}

/// Where the page on trust is served without encryption.
#[derive(Debug, Clone, Copy)]
enum TrustListen {
    At(SocketAddr),
    Off,
}

/// How the way to the browsers is protected.
#[derive(Debug)]
pub(super) enum Protection {
    /// Not at all.
    None,
    /// By a certificate of the practice's own authority.
    Own,
    /// By a certificate and key in files.
    Given(PathBuf, PathBuf),
}

impl Listen {
    /// Takes the addresses, so that a port in use is known before anything else is done.
    pub(crate) async fn take(&self) -> anyhow::Result<Place> {
        let pages = bind(self.address).await?;
        let trust = match self.protection() {
            Protection::Own => self.take_trust(pages.local_addr()?).await?,
            Protection::None | Protection::Given(..) => None,
        };
        if !self.address.ip().is_loopback() && matches!(self.protection(), Protection::None) {
            eprintln!("listening beyond this machine without encryption: anybody on the network can read along");
        }
        Ok(Place::new(pages, trust))
    }

    /// Beyond this machine nothing goes unencrypted unless somebody says so.
    pub(super) fn protection(&self) -> Protection {
        match (&self.tls_cert, &self.tls_key) {
            (Some(certificate), Some(key)) => Protection::Given(certificate.clone(), key.clone()),
            _ if self.without_tls => Protection::None,
            _ if self.tls || !self.tls_names.is_empty() || !self.address.ip().is_loopback() => Protection::Own,
            _ => Protection::None,
        }
    }

    /// The names that the certificate must have whatever this machine is called.
    pub(super) fn asked_names(&self) -> Vec<Name> {
        let ip = self.address.ip();
        let own = (!ip.is_unspecified()).then_some(Name::Address(ip));
        self.tls_names.iter().cloned().chain(own).collect()
    }

    /// A port that was asked for has to be free; the next one is only a convenience.
    async fn take_trust(&self, pages: SocketAddr) -> anyhow::Result<Option<TcpListener>> {
        match self.trust {
            Some(TrustListen::Off) => Ok(None),
            Some(TrustListen::At(address)) => bind(address).await.map(Some),
            None => {
                let port = if self.address.port() == 0 { Some(0) } else { pages.port().checked_add(1) };
                let taken = match port {
                    Some(port) => TcpListener::bind((pages.ip(), port)).await.ok(),
                    None => None,
                };
                if taken.is_none() {
                    eprintln!("the page on trust has no port: name a free one with --trust-listen");
                }
                Ok(taken)
            }
        }
    }
}

async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let taken = TcpListener::bind(address).await;
    taken.with_context(|| format!("{address}: cannot listen there: is another program using it?"))
}

impl FromStr for TrustListen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "off" {
            return Ok(Self::Off);
        }
        let address = text.parse().map_err(|_| "neither an address with a port, as 0.0.0.0:8611, nor off")?;
        Ok(Self::At(address))
    }
}
