//! What the program prints when it listens: for whoever started it, and for programs that read the first line.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};

use super::place::{Place, reachable};
use crate::tls::Tls;
use crate::tls::name::{Name, local_host};

impl Place {
    /// Prints `listening on` and the address of `path` as the first line, then what else tablets need. The address is returned.
    pub(crate) fn announce(&self, path: &str) -> anyhow::Result<String> {
        let (port, hosts) = (self.pages.local_addr()?.port(), self.hosts()?);
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        let mut addresses = hosts.iter().map(|host| format!("{scheme}://{}:{port}/", host.in_address()));
        let address = addresses.next().unwrap_or_default() + path;
        println!("listening on {address}");
        for other in addresses {
            println!("          or {other}");
        }
        if let Some(tls) = &self.tls {
            self.announce_certificate(tls, &hosts)?;
        }
        std::io::stdout().flush()?;
        Ok(address)
    }

    /// The best name first: for a given certificate a name that it has, otherwise an address, which every tablet understands.
    fn hosts(&self) -> anyhow::Result<Vec<Name>> {
        let address = self.pages.local_addr()?;
        let addresses = reachable(address).into_iter().map(Name::Address);
        let mut hosts: Vec<Name> = match &self.tls {
            Some(tls) if tls.authority().is_none() => tls.names().to_vec(),
            Some(_) if address.ip().is_unspecified() => addresses.chain(local_host()).collect(),
            _ => addresses.collect(),
        };
        if hosts.is_empty() {
            let alone = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
            hosts.push(Name::Address(alone));
        }
        Ok(hosts)
    }

    fn announce_certificate(&self, tls: &Tls, hosts: &[Name]) -> anyhow::Result<()> {
        let Some((_, fingerprint)) = tls.authority() else {
            println!("the certificate is valid until {}", tls.ends_at());
            return Ok(());
        };
        println!("each tablet has to trust this practice's own certificate authority once; open there");
        match &self.trust {
            Some(trust) => {
                let (host, port) =
                    (hosts.first().map(Name::in_address).unwrap_or_default(), trust.local_addr()?.port());
                println!("             http://{host}:{port}/trust");
            }
            None => println!("             the path /trust of an address above"),
        }
        println!("and compare the fingerprint (SHA-256) that the tablet shows with this one");
        println!("             {}", fingerprint.get(..39).unwrap_or(&fingerprint));
        println!("             {}", fingerprint.get(40..).unwrap_or_default());
        Ok(())
    }
}
