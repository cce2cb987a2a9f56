//! The practice's own certificate authority: made once, kept in the data folder, trusted once on each tablet.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, SanType,
};
use sha2::{Digest, Sha256};

use super::name::{self, Name};
use super::reach::Reach;
use super::{keep, pair};

/// Years after which every tablet has to trust a new authority.
const YEARS: i32 = 10;
/// Days that a server's certificate is valid. Browsers take no more than 398, Apple's counts both ends.
const DAYS: i32 = 396;
/// Days between an authority's end and the start that makes the next one.
const SPARE_DAYS: i32 = 30;

/// Who signs this machine's certificates.
#[derive(Debug)]
pub(crate) struct Authority {
    folder: PathBuf,
    der: Vec<u8>,
    /// What tablets install.
    pub(crate) pem: String,
    /// What it may sign for.
    pub(crate) reach: Reach,
    pub(crate) ends_at: Timestamp,
}

impl Authority {
    /// The folder's authority; made when there is none, or when it is about to end. It reaches these names then.
    pub(crate) fn of(folder: &Path, names: &[Name], now: Timestamp) -> anyhow::Result<Self> {
        if folder.join("ca.pem").exists() {
            let kept = Self::read(folder)?;
            if in_days(now, SPARE_DAYS)? < kept.ends_at {
                return Ok(kept);
            }
            eprintln!(
                "the certificate authority ends at {}: a new one is made, and every tablet has to trust it",
                kept.ends_at
            );
        }
        make(folder, names, now)?;
        Self::read(folder)
    }

    /// Signs a certificate for these names: certificate and key, both PEM.
    pub(crate) fn sign(&self, names: &[Name], now: Timestamp) -> anyhow::Result<(String, String)> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::default();
        params.distinguished_name = called("Xystra server");
        params.subject_alt_names = names.iter().map(alternative).collect::<Result<_, _>>()?;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.is_ca = IsCa::ExplicitNoCa;
        params.use_authority_key_identifier_extension = true;
        let begin = yesterday(now)?;
        set_validity(&mut params, begin, in_days(begin, DAYS)?.min(self.ends_at))?;
        let certificate = params.signed_by(&key, &self.issuer()?)?;
        Ok((certificate.pem(), key.serialize_pem()))
    }

    /// Did it sign this certificate (DER)?
    pub(crate) fn has_signed(&self, certificate: &[u8]) -> bool {
        let (Ok(ours), Ok(theirs)) = (pair::parsed(&self.der), pair::parsed(certificate)) else { return false };
        theirs.verify_signature(Some(ours.public_key())).is_ok()
    }

    /// The SHA-256 of its certificate as platforms show it, in groups of four digits.
    pub(crate) fn fingerprint(&self) -> String {
        let bytes = Sha256::digest(&self.der);
        let groups: Vec<String> = bytes.chunks(2).map(|two| format!("{:02X}{:02X}", two[0], two[1])).collect();
        groups.join(" ")
    }

    fn read(folder: &Path) -> anyhow::Result<Self> {
        let file = folder.join("ca.pem");
        let der = pair::chain(&file)?[0].to_vec();
        let certificate = pair::parsed(&der).with_context(|| file.display().to_string())?;
        let (reach, (_, ends_at)) = (Reach::of(&certificate), pair::validity(&certificate)?);
        let pem = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        Ok(Self { folder: folder.to_owned(), der, pem, reach, ends_at })
    }

    fn issuer(&self) -> anyhow::Result<Issuer<'_, KeyPair>> {
        let file = self.folder.join("ca.key");
        let lost = || {
            format!(
                "{}: the authority's key is needed to sign and cannot be read: bring it back from a copy, or remove the folder {} \
                 for a new authority, which every tablet then has to trust",
                file.display(),
                self.folder.display()
            )
        };
        let key = KeyPair::from_pem(&std::fs::read_to_string(&file).with_context(lost)?).with_context(lost)?;
        let issuer = Issuer::from_ca_cert_pem(&self.pem, key)?;
        let ours = pair::parsed(&self.der)?;
        if ours.public_key().subject_public_key.data.as_ref() != issuer.key().public_key_raw() {
            bail!(lost());
        }
        Ok(issuer)
    }
}

/// Writes the key first: a certificate without its key would stand for an authority that can sign nothing.
fn make(folder: &Path, names: &[Name], now: Timestamp) -> anyhow::Result<()> {
    let key = KeyPair::generate()?;
    let mut params = CertificateParams::default();
    params.distinguished_name = called(&format!("Xystra on {}, {}", name::machine(), date(now)));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let permitted_subtrees = Reach::around(names).subtrees();
    params.name_constraints = Some(NameConstraints { permitted_subtrees, excluded_subtrees: Vec::new() });
    let begin = yesterday(now)?;
    let end = begin.to_zoned(TimeZone::UTC).checked_add(YEARS.years())?.timestamp();
    set_validity(&mut params, begin, end)?;
    let certificate = params.self_signed(&key)?;
    keep::write(&folder.join("ca.key"), &key.serialize_pem())?;
    keep::write(&folder.join("ca.pem"), &certificate.pem())
}

fn called(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(DnType::CommonName, name);
    called
}

fn alternative(name: &Name) -> anyhow::Result<SanType> {
    Ok(match name {
        Name::Host(host) => SanType::DnsName(host.as_str().try_into().map_err(|_| anyhow!("{host}: no host name"))?),
        Name::Address(address) => SanType::IpAddress(*address),
    })
}

/// A tablet's clock may be a little behind, so certificates begin a day early.
fn yesterday(now: Timestamp) -> anyhow::Result<Timestamp> {
    in_days(now, -1)
}

pub(super) fn in_days(now: Timestamp, days: i32) -> anyhow::Result<Timestamp> {
    Ok(now.checked_add((i64::from(days) * 24).hours())?)
}

fn date(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// From the beginning of one day to that of another, in UTC.
fn set_validity(params: &mut CertificateParams, begin: Timestamp, end: Timestamp) -> anyhow::Result<()> {
    let (begin, end) = (date(begin), date(end));
    let part = |number: i8| u8::try_from(number);
    params.not_before = rcgen::date_time_ymd(begin.year().into(), part(begin.month())?, part(begin.day())?);
    params.not_after = rcgen::date_time_ymd(end.year().into(), part(end.month())?, part(end.day())?);
    Ok(())
}
