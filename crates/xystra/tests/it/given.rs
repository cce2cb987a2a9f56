//! A certificate that somebody else made: shown as it is, or refused by the name of its file.

use std::fs;
use std::path::{Path, PathBuf};

use rcgen::{CertificateParams, Issuer, KeyPair, date_time_ymd};

use crate::run::xystra;
use crate::running::Running;
use crate::tablet::Tablet;

/// A certificate that signs itself, valid in these years.
fn write(folder: &Path, name: &str, years: (i32, i32)) -> (PathBuf, PathBuf) {
    let mut params = CertificateParams::new(["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("names");
    (params.not_before, params.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    let key = KeyPair::generate().expect("a key");
    let certificate = params.self_signed(&key).expect("a certificate");
    let files = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
    fs::write(&files.0, certificate.pem()).expect("a file");
    fs::write(&files.1, key.serialize_pem()).expect("a file");
    files
}

fn refused(folder: &Path, certificate: &Path, key: &Path) -> String {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (folder, certificate, key) = (text(folder), text(certificate), text(key));
    let ran =
        xystra(&["serve", "--data", &folder, "--listen", "127.0.0.1:0", "--tls-cert", &certificate, "--tls-key", &key]);
    assert!(!ran.ok && ran.out.is_empty(), "{}", ran.out);
    ran.err
}

#[test]
fn a_given_certificate_is_shown_and_there_is_no_page_on_trust() {
    let folder = tempfile::tempdir().expect("a folder");
    let (certificate, key) = write(folder.path(), "given", (2020, 2100));
    let words = ["--tls-cert", &certificate.to_string_lossy(), "--tls-key", &key.to_string_lossy()].map(str::to_owned);
    let program = Running::start(folder.path(), &words.each_ref().map(String::as_str));
    assert!(program.address.starts_with("https://localhost:"), "{}", program.address);
    assert!(program.line_with("valid until").contains("2100-01-01"));
    let tablet = Tablet::trusting(&certificate);
    assert_eq!(tablet.get(program.at(), "/welcome").expect("an answer").status(), "200");
    assert_eq!(tablet.get(program.at(), "/trust").expect("an answer").status(), "404");
    assert!(!folder.path().join("tls").exists(), "an authority was made that nobody asked for");
}

#[test]
fn broken_files_are_refused_by_name_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (good, key) = write(at, "good", (2020, 2100));
    let (_, foreign) = write(at, "foreign", (2020, 2100));
    let words = at.join("words.pem");
    fs::write(&words, "these are words, not PEM").expect("a file");
    let missing = at.join("missing.pem");
    let cases = [
        (&missing, &key, "missing.pem: cannot read this file"),
        (&words, &key, "words.pem: no certificate in PEM"),
        (&key, &key, "good.key: no certificate in PEM"),
        (&good, &words, "words.pem: no key in PEM"),
        (&good, &foreign, "foreign.key: this key does not fit"),
    ];
    for (certificate, key, expected) in cases {
        let said = refused(at, certificate, key);
        assert!(said.contains(expected), "{expected:?} is not in {said:?}");
    }
}

#[test]
fn a_certificate_that_is_not_valid_today_is_refused_with_its_dates() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ended, key) = write(folder.path(), "ended", (2020, 2021));
    let said = refused(folder.path(), &ended, &key);
    assert!(said.contains("ended.pem: this certificate ended at 2021-01-01T00:00:00Z"), "{said}");
    let (early, key) = write(folder.path(), "early", (2090, 2100));
    let said = refused(folder.path(), &early, &key);
    assert!(said.contains("early.pem: this certificate begins at 2090-01-01T00:00:00Z"), "{said}");
}

#[test]
fn with_the_authoritys_stolen_key_nobody_plays_a_bank() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Running::start(folder.path(), &["--tls"]));
    let stolen = |file: &str| fs::read_to_string(folder.path().join("tls").join(file)).expect("a file");
    let key = KeyPair::from_pem(&stolen("ca.key")).expect("the authority's key");
    let issuer = Issuer::from_ca_cert_pem(&stolen("ca.pem"), key).expect("the authority");
    let forge = |name: &str| {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2100, 1, 1));
        let forged = params.signed_by(&key, &issuer).expect("a certificate");
        let files = (folder.path().join("forged.pem"), folder.path().join("forged.key"));
        fs::write(&files.0, forged.pem()).expect("a file");
        fs::write(&files.1, key.serialize_pem()).expect("a file");
        let words =
            ["--tls-cert", &files.0.to_string_lossy(), "--tls-key", &files.1.to_string_lossy()].map(str::to_owned);
        let program = Running::start(folder.path(), &words.each_ref().map(String::as_str));
        Tablet::trusting(&folder.path().join("tls/ca.pem")).connect(program.at(), name).map(drop)
    };
    let refused = forge("bank.example").expect_err("a name beyond the clinic");
    assert!(refused.to_string().contains("NameConstraintViolation"), "{refused}");
    forge("desk.local").expect("a name within it");
}
