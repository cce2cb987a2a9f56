//! A certificate and its key, read from files and held against each other and the date.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};
use jiff::Timestamp;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;

use super::name::Name;

/// A certificate with its key: what a server shows and proves.
#[derive(Debug)]
pub(crate) struct Pair {
    certified: Arc<CertifiedKey>,
    /// Whom it speaks for.
    pub(crate) names: Vec<Name>,
    begins_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

impl Pair {
    /// Reads both files. An error names the file and what to do about it.
    pub(crate) fn read(certificate: &Path, key: &Path) -> anyhow::Result<Self> {
        let chain = chain(certificate)?;
        let leaf = parsed(chain[0].as_ref()).with_context(|| certificate.display().to_string())?;
        let (begins_at, ends_at) = validity(&leaf)?;
        let names = names(&leaf);
        let certified =
            CertifiedKey::from_der(chain, private_key(key)?, &ring::default_provider()).map_err(|error| {
                anyhow!(
                    "{}: this key does not fit {} ({error}): give the key that it was made for",
                    key.display(),
                    certificate.display()
                )
            })?;
        Ok(Self { certified: Arc::new(certified), names, begins_at, ends_at })
    }

    /// Refuses a certificate that is not valid at this time.
    pub(crate) fn check(&self, certificate: &Path, now: Timestamp) -> anyhow::Result<()> {
        let at = certificate.display();
        if now >= self.ends_at {
            bail!("{at}: this certificate ended at {} and it is {now:.0}: get a new one", self.ends_at);
        }
        if now < self.begins_at {
            bail!(
                "{at}: this certificate begins at {} and it is {now:.0}: is this machine's clock right?",
                self.begins_at
            );
        }
        Ok(())
    }

    /// The certificate itself, DER.
    pub(crate) fn certificate(&self) -> &[u8] {
        self.certified.cert.first().map_or(&[], |certificate| certificate.as_ref())
    }

    /// TLS 1.2 and 1.3 with this certificate, and HTTP/1.1 in it.
    pub(crate) fn config(&self) -> anyhow::Result<Arc<ServerConfig>> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(rustls::sign::SingleCertAndKey::from(Arc::clone(&self.certified))));
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

/// A certificate's own words.
pub(crate) fn parsed(der: &[u8]) -> anyhow::Result<X509Certificate<'_>> {
    let (_, certificate) =
        x509_parser::parse_x509_certificate(der).map_err(|error| anyhow!("no certificate: {error}"))?;
    Ok(certificate)
}

/// From when until when it counts.
pub(crate) fn validity(certificate: &X509Certificate<'_>) -> anyhow::Result<(Timestamp, Timestamp)> {
    let validity = certificate.validity();
    let at = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp());
    Ok((at(validity.not_before)?, at(validity.not_after)?))
}

/// The certificates of a file, at least one.
pub(crate) fn chain(file: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let text = text(file)?;
    let chain = CertificateDer::pem_slice_iter(&text).collect::<Result<Vec<_>, _>>();
    match chain {
        Ok(chain) if !chain.is_empty() => Ok(chain),
        _ => bail!(
            "{}: no certificate in PEM (a block that begins -----BEGIN CERTIFICATE-----): give such a file",
            file.display()
        ),
    }
}

fn private_key(file: &Path) -> anyhow::Result<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_slice(&text(file)?).map_err(|_| {
        anyhow!(
            "{}: no key in PEM without a password (a block that begins -----BEGIN PRIVATE KEY-----): give such a file",
            file.display()
        )
    })
}

fn text(file: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{}: cannot read this file", file.display()))
}

fn names(certificate: &X509Certificate<'_>) -> Vec<Name> {
    let extension = certificate.subject_alternative_name().ok().flatten();
    let general = extension.map(|extension| extension.value.general_names.as_slice()).unwrap_or_default();
    general.iter().filter_map(name).collect()
}

/// A wildcard stands for no single name, so it is left out.
fn name(general: &GeneralName<'_>) -> Option<Name> {
    match general {
        GeneralName::DNSName(host) => host.parse().ok(),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => Some(Name::Address(<[u8; 4]>::try_from(*bytes).ok()?.into())),
            16 => Some(Name::Address(<[u8; 16]>::try_from(*bytes).ok()?.into())),
            _ => None,
        },
        _ => None,
    }
}
