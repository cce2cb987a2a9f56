//! What a browser may call this machine: a host name or an address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use std::str::FromStr;

/// A host name in lower case, or an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    Host(String),
    Address(IpAddr),
}

/// Everything that this machine is called at this moment, on itself and in its own network.
pub(crate) fn of_this_machine() -> Vec<Name> {
    let mut names = vec![Name::Host("localhost".to_owned())];
    names.extend([Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()].map(Name::Address));
    names.extend(hosts(&gethostname::gethostname().to_string_lossy()));
    names.extend(lan_addresses().into_iter().map(Name::Address));
    names
}

/// The machine's name for other devices of the network: they ask one another for `desk.local`, without any server for names.
pub(crate) fn local_host() -> Option<Name> {
    hosts(&format!("{}.local", machine())).pop()
}

/// The short name that somebody gave this machine.
pub(crate) fn machine() -> String {
    let full = gethostname::gethostname().to_string_lossy().to_ascii_lowercase();
    full.split('.').next().unwrap_or_default().to_owned()
}

/// Addresses that other devices can reach, the one of the main network first.
pub(crate) fn lan_addresses() -> Vec<IpAddr> {
    let interfaces = if_addrs::get_if_addrs().unwrap_or_default();
    let mut found: Vec<IpAddr> = interfaces.iter().map(if_addrs::Interface::ip).filter(is_of_a_lan).collect();
    let main = main_address();
    found.sort_by_key(|address| (Some(*address) != main, address.is_ipv6(), *address));
    found.dedup();
    found
}

/// Global IPv6 addresses change by the day for privacy, and nobody types them: they are left out.
fn is_of_a_lan(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => !v4.is_loopback() && !v4.is_link_local() && !v4.is_unspecified(),
        IpAddr::V6(v6) => v6.is_unique_local(),
    }
}

/// The address by which this machine would go out. Connecting a datagram socket sends nothing.
fn main_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// `desk.clinic.example` is also called `desk` and `desk.local`.
fn hosts(full: &str) -> Vec<Name> {
    let full = full.to_ascii_lowercase();
    let short = full.split('.').next().unwrap_or_default();
    let mut hosts = vec![full.clone(), short.to_owned(), format!("{short}.local")];
    hosts.sort();
    hosts.dedup();
    hosts.into_iter().filter(|host| is_host(host)).map(Name::Host).collect()
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Ok(address) = text.parse() {
            return Ok(Self::Address(address));
        }
        let host = text.to_ascii_lowercase();
        if is_host(&host) {
            return Ok(Self::Host(host));
        }
        Err("neither an address nor a host name of letters, digits, hyphens and dots".to_owned())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => f.write_str(host),
            Self::Address(address) => address.fmt(f),
        }
    }
}

impl Name {
    /// The name as it stands in a web address.
    pub(crate) fn in_address(&self) -> String {
        match self {
            Self::Address(IpAddr::V6(v6)) => format!("[{v6}]"),
            other => other.to_string(),
        }
    }
}

fn is_host(text: &str) -> bool {
    text.len() <= 253 && text.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(sign) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::{Name, hosts};

    fn texts(names: &[Name]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_machine_is_known_by_its_short_its_full_and_its_local_name() {
        assert_eq!(texts(&hosts("Desk.clinic.example")), ["desk", "desk.clinic.example", "desk.local"]);
        assert_eq!(texts(&hosts("Desk.local")), ["desk", "desk.local"]);
        assert_eq!(texts(&hosts("the desk")), [""; 0]);
    }

    #[test]
    fn a_name_is_a_host_or_an_address() {
        assert_eq!("Desk.Local".parse(), Ok(Name::Host("desk.local".to_owned())));
        assert_eq!("fd00::1".parse::<Name>().unwrap().in_address(), "[fd00::1]");
        for wrong in ["", "desk/", "https://desk", "desk:8610", "a..b", "-desk"] {
            assert!(wrong.parse::<Name>().is_err(), "{wrong}");
        }
    }
}
