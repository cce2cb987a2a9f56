//! The way to the tablets is encrypted: by a certificate of the practice's own authority, or by one that was given.

mod authority;
mod keep;
pub(crate) mod name;
mod own;
mod pair;
mod reach;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::bail;
use axum_server::tls_rustls::RustlsConfig;
use jiff::Timestamp;

use authority::Authority;
use name::Name;
use pair::Pair;

/// How often the certificate is held against the date, the machine's addresses and the given files.
const CHECK: Duration = Duration::from_mins(10);

/// What the server shows to browsers, renewed as time goes by.
#[derive(Debug)]
pub(crate) struct Tls {
    source: Source,
    pair: Pair,
    config: RustlsConfig,
}

/// Where the certificate comes from.
#[derive(Debug)]
enum Source {
    /// Our own authority in this folder signs for the machine's names and these.
    Own { folder: PathBuf, asked: Vec<Name>, authority: Authority },
    /// Somebody else signed it and keeps it fresh.
    Given { certificate: PathBuf, key: PathBuf },
}

impl Tls {
    /// A certificate of the practice's own authority for this machine and the names that were asked for. `folder` is the data
    /// folder; certificates stand in `tls` below it. An error says what could not be made.
    pub(crate) fn own(folder: &Path, asked: Vec<Name>, now: Timestamp) -> anyhow::Result<Self> {
        let folder = folder.join("tls");
        keep::folder(&folder)?;
        let authority = Authority::of(&folder, &wanted(&asked), now)?;
        refuse_out_of_reach(&authority, &asked, &folder)?;
        Self::of(Source::Own { folder, asked, authority }, now)
    }

    /// The certificate in these files. An error names the file and what to do.
    pub(crate) fn given(certificate: PathBuf, key: PathBuf, now: Timestamp) -> anyhow::Result<Self> {
        Self::of(Source::Given { certificate, key }, now)
    }

    fn of(source: Source, now: Timestamp) -> anyhow::Result<Self> {
        let pair = source.pair(now)?;
        let config = RustlsConfig::from_config(pair.config()?);
        Ok(Self { source, pair, config })
    }

    /// For the server; it follows a renewal.
    pub(crate) fn config(&self) -> RustlsConfig {
        self.config.clone()
    }

    /// Whom the certificate speaks for.
    pub(crate) fn names(&self) -> &[Name] {
        &self.pair.names
    }

    /// When the certificate ends.
    pub(crate) fn ends_at(&self) -> Timestamp {
        self.pair.ends_at
    }

    /// The authority's certificate (PEM) and its fingerprint, when it is our own and tablets have to be told.
    pub(crate) fn authority(&self) -> Option<(String, String)> {
        match &self.source {
            Source::Own { authority, .. } => Some((authority.pem.clone(), authority.fingerprint())),
            Source::Given { .. } => None,
        }
    }

    /// Renews for ever. Connections that stand keep their certificate; a renewal that fails leaves the old one and warns.
    pub(crate) async fn renew(mut self) {
        loop {
            tokio::time::sleep(CHECK).await;
            if let Err(error) = self.renew_once(Timestamp::now()) {
                tracing::warn!(error = format!("{error:#}"), ends_at = %self.ends_at(), "the certificate was not renewed");
            }
        }
    }

    fn renew_once(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let pair = self.source.pair(now)?;
        if pair.certificate() != self.pair.certificate() {
            self.config.reload_from_config(pair.config()?);
            self.pair = pair;
        }
        Ok(())
    }
}

impl Source {
    fn pair(&self, now: Timestamp) -> anyhow::Result<Pair> {
        match self {
            Self::Own { folder, asked, authority } => {
                let mut names = wanted(asked);
                names.retain(|name| authority.reach.holds(name));
                own::certificate(folder, authority, &names, now)
            }
            Self::Given { certificate, key } => {
                let pair = Pair::read(certificate, key)?;
                pair.check(certificate, now)?;
                Ok(pair)
            }
        }
    }
}

/// What the machine is called now, and what was asked for.
fn wanted(asked: &[Name]) -> Vec<Name> {
    let mut names = name::of_this_machine();
    names.extend_from_slice(asked);
    names.sort();
    names.dedup();
    names
}

/// A name that was asked for has to work; one that the machine got by itself is left out quietly.
fn refuse_out_of_reach(authority: &Authority, asked: &[Name], folder: &Path) -> anyhow::Result<()> {
    if let Some(name) = asked.iter().find(|name| !authority.reach.holds(name)) {
        bail!(
            "{name}: the authority in {0} was made without this name and may not sign for it: leave the name out, or remove {0} for \
             a new authority, which every tablet then has to trust",
            folder.display()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::ToSpan;

    use super::Tls;
    use super::name::Name;

    fn name(text: &str) -> Name {
        text.parse().expect("a name")
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_certificate_lives_397_days_at_most_and_never_longer_than_its_authority() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = at("2026-11-23T12:00:00Z");
        let tls = Tls::own(folder.path(), Vec::new(), now).expect("a certificate");
        assert_eq!(tls.ends_at(), at("2027-12-23T00:00:00Z"));
        let late = at("2036-09-01T12:00:00Z");
        let tls = Tls::own(folder.path(), Vec::new(), late).expect("a certificate");
        assert_eq!(tls.ends_at(), at("2036-11-22T00:00:00Z"));
    }

    #[test]
    fn thirty_days_before_its_end_the_certificate_is_signed_anew_while_it_serves() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = at("2026-11-23T12:00:00Z");
        let mut tls = Tls::own(folder.path(), Vec::new(), now).expect("a certificate");
        let (first, ca, served) = (tls.pair.certificate().to_vec(), tls.authority(), tls.config().get_inner());
        tls.renew_once(tls.ends_at() - (31 * 24).hours()).expect("nothing to do");
        assert_eq!(tls.pair.certificate(), first);
        tls.renew_once(tls.ends_at() - (29 * 24).hours()).expect("a renewal");
        assert_ne!(tls.pair.certificate(), first);
        assert_eq!(tls.authority(), ca);
        assert!(!std::sync::Arc::ptr_eq(&served, &tls.config().get_inner()), "the server was not told");
    }

    #[test]
    fn a_new_name_renews_the_certificate_and_a_lost_one_does_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = at("2026-11-23T12:00:00Z");
        let first = Tls::own(folder.path(), vec![name("a.local")], now).expect("a certificate");
        let second = Tls::own(folder.path(), vec![name("a.local"), name("b.local")], now).expect("a certificate");
        assert_ne!(first.pair.certificate(), second.pair.certificate());
        assert!(second.names().contains(&name("b.local")));
        let third = Tls::own(folder.path(), Vec::new(), now).expect("a certificate");
        assert_eq!(second.pair.certificate(), third.pair.certificate());
        assert_eq!(first.authority(), third.authority());
    }

    #[test]
    fn a_name_beyond_the_authority_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = at("2026-11-23T12:00:00Z");
        Tls::own(folder.path(), vec![name("record.example.org")], now).expect("its first name");
        let refused = Tls::own(folder.path(), vec![name("other.example.org")], now).expect_err("another");
        assert!(refused.to_string().contains("other.example.org") && refused.to_string().contains("tls"), "{refused}");
    }

    #[test]
    fn a_power_cut_between_two_files_is_mended() {
        let folder = tempfile::tempdir().expect("a folder");
        let now = at("2026-11-23T12:00:00Z");
        let first = Tls::own(folder.path(), Vec::new(), now).expect("a certificate");
        std::fs::copy(folder.path().join("tls/ca.key"), folder.path().join("tls/server.key")).expect("another key");
        let second = Tls::own(folder.path(), Vec::new(), now).expect("a certificate");
        assert_ne!(first.pair.certificate(), second.pair.certificate());
        assert_eq!(first.authority(), second.authority());
    }

    #[test]
    fn an_authority_at_its_end_gives_way_to_a_new_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Tls::own(folder.path(), Vec::new(), at("2026-11-23T12:00:00Z")).expect("a certificate");
        let second = Tls::own(folder.path(), Vec::new(), at("2036-11-01T12:00:00Z")).expect("a certificate");
        assert_ne!(first.authority(), second.authority());
        assert_eq!(second.ends_at(), at("2037-12-01T00:00:00Z"));
    }
}
