//! How far an authority reaches: the names and networks that belong to nobody on the internet, and this machine's own.
//!
//! It stands in the authority's certificate as name constraints. Whoever steals the authority's key can then play this machine
//! towards the clinic's tablets, but not a bank.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rcgen::{CidrSubnet, GeneralSubtree};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;

use super::name::Name;

/// Names that are never given to anybody on the internet (RFC 6761, RFC 6762, RFC 8375, ICANN for `internal`).
const PRIVATE_HOSTS: [&str; 4] = ["localhost", "local", "home.arpa", "internal"];

/// Networks that are never routed on the internet (RFC 1918, 3927, 6598, 4193, 4291), with the bits that count.
const PRIVATE_NETWORKS: [(IpAddr, u8); 9] = [
    (IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0)), 8),
    (IpAddr::V4(Ipv4Addr::new(172, 16, 0, 0)), 12),
    (IpAddr::V4(Ipv4Addr::new(192, 168, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(169, 254, 0, 0)), 16),
    (IpAddr::V4(Ipv4Addr::new(100, 64, 0, 0)), 10),
    (IpAddr::V4(Ipv4Addr::new(127, 0, 0, 0)), 8),
    (IpAddr::V6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0)), 7),
    (IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0)), 10),
    (IpAddr::V6(Ipv6Addr::LOCALHOST), 128),
];

/// What an authority may sign for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reach {
    /// A host and everything that ends in a dot and it.
    hosts: Vec<String>,
    /// A network and the number of its bits that count.
    networks: Vec<(IpAddr, u8)>,
}

impl Reach {
    /// Private names and networks, and each of these that is none.
    pub(crate) fn around(names: &[Name]) -> Self {
        let mut reach = Self { hosts: PRIVATE_HOSTS.map(str::to_owned).to_vec(), networks: PRIVATE_NETWORKS.to_vec() };
        for name in names {
            if !reach.holds(name) {
                reach.add(name);
            }
        }
        reach
    }

    /// What a certificate of ours allows.
    pub(crate) fn of(certificate: &X509Certificate<'_>) -> Self {
        let constraints = certificate.name_constraints().ok().flatten();
        let permitted = constraints.and_then(|extension| extension.value.permitted_subtrees.as_ref());
        let mut reach = Self { hosts: Vec::new(), networks: Vec::new() };
        for subtree in permitted.into_iter().flatten() {
            match subtree.base {
                GeneralName::DNSName(host) => reach.hosts.push(host.to_owned()),
                GeneralName::IPAddress(bytes) => reach.networks.extend(network(bytes)),
                _ => {}
            }
        }
        reach
    }

    /// May it sign for this name?
    pub(crate) fn holds(&self, name: &Name) -> bool {
        match name {
            Name::Host(host) => self.hosts.iter().any(|end| is_within(host, end)),
            Name::Address(address) => self.networks.iter().any(|network| is_in(*address, *network)),
        }
    }

    /// The same as a certificate says it.
    pub(crate) fn subtrees(&self) -> Vec<GeneralSubtree> {
        let hosts = self.hosts.iter().cloned().map(GeneralSubtree::DnsName);
        let networks = self.networks.iter().map(|&(address, bits)| CidrSubnet::from_addr_prefix(address, bits));
        hosts.chain(networks.map(GeneralSubtree::IpAddress)).collect()
    }

    fn add(&mut self, name: &Name) {
        match name {
            Name::Host(host) => self.hosts.push(host.clone()),
            Name::Address(address) => self.networks.push((*address, if address.is_ipv4() { 32 } else { 128 })),
        }
    }
}

fn is_within(host: &str, end: &str) -> bool {
    host.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Do the bits that count agree?
fn is_in(address: IpAddr, (network, bits): (IpAddr, u8)) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= u32::from(bits),
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()).leading_zeros() >= u32::from(bits),
        _ => false,
    }
}

/// An address and a mask of the same length, as a certificate holds them.
fn network(bytes: &[u8]) -> Option<(IpAddr, u8)> {
    let (address, mask) = bytes.split_at(bytes.len() / 2);
    let bits: u32 = mask.iter().map(|byte| byte.count_ones()).sum();
    let address = match address.len() {
        4 => IpAddr::from(<[u8; 4]>::try_from(address).ok()?),
        16 => IpAddr::from(<[u8; 16]>::try_from(address).ok()?),
        _ => return None,
    };
    Some((address, u8::try_from(bits).ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Name, Reach};

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    #[test]
    fn it_reaches_the_clinic_and_not_the_internet() {
        let reach = Reach::around(&[name("desk"), name("record.example.org")]);
        for near in ["desk", "desk.local", "192.168.1.20", "10.9.8.7", "fd12::1", "::1", "record.example.org"] {
            assert!(reach.holds(&name(near)), "{near}");
        }
        for far in ["example.org", "notlocal", "mylocal.example", "8.8.8.8", "172.32.0.1", "2001:db8::1", "192.167.1.1"]
        {
            assert!(!reach.holds(&name(far)), "{far}");
        }
    }

    #[test]
    fn a_public_address_of_its_own_is_alone() {
        let reach = Reach::around(&[name("203.0.113.5")]);
        assert!(reach.holds(&name("203.0.113.5")) && !reach.holds(&name("203.0.113.6")));
    }
}
