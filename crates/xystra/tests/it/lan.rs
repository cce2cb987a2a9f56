//! The record in a clinic's own network: encrypted, for who trusts the practice's authority.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use rustls::ProtocolVersion;
use rustls::version::{TLS12, TLS13};

use crate::keep::practice;
use crate::run::xystra;
use crate::running::{Running, here};
use crate::tablet::{self, Tablet, agreed, ask_plainly};

/// The form that makes a practice.
const WELCOME: &str = "practice=Test+practice&time_zone=UTC&name=Test+therapist&login=owner\
                       &password=four+plain+words+here&again=four+plain+words+here";

fn kept(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join("tls").join(file)).expect("a file of the authority")
}

#[test]
fn a_tablet_that_trusts_the_authority_reads_pages_over_tls_1_3_and_1_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    assert!(program.address.starts_with("https://127.0.0.1:"), "{}", program.address);
    let ca = folder.path().join("tls/ca.pem");
    for (version, expected) in [(&TLS13, ProtocolVersion::TLSv1_3), (&TLS12, ProtocolVersion::TLSv1_2)] {
        let tablet = Tablet::speaking(&ca, &[version]);
        let connection = tablet.connect(program.at(), "localhost").expect("a handshake");
        assert_eq!(agreed(&connection), (Some(expected), Some("http/1.1".to_owned())));
        let answer = tablet.get(program.at(), "/welcome").expect("an answer");
        assert_eq!(answer.status(), "200", "{}", answer.head);
        assert!(answer.body.contains("Welcome to Xystra"));
    }
}

#[test]
fn a_tablet_that_does_not_trust_it_is_not_fooled() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = tempfile::tempdir().expect("another folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let _elsewhere = Running::start(other.path(), &["--tls"]);
    let stranger = Tablet::trusting(&other.path().join("tls/ca.pem"));
    let refused = stranger.get(program.at(), "/").expect_err("another authority");
    assert!(refused.to_string().contains("invalid peer certificate"), "{refused}");
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    let refused = tablet.connect(program.at(), "record.example.org").expect_err("another name");
    assert!(refused.to_string().contains("not valid for name"), "{refused}");
}

/// A client's first words, by hand: rustls itself can say nothing older than TLS 1.2. Everything but the version would do.
fn hello(version: [u8; 2]) -> Vec<u8> {
    let suites = [0xc0, 0x2b, 0xc0, 0x09];
    let curves = [0, 10, 0, 4, 0, 2, 0, 23];
    let points = [0, 11, 0, 2, 1, 0];
    let signatures = [0, 13, 0, 4, 0, 2, 4, 3];
    let extensions = [&curves[..], &points, &signatures].concat();
    let (no_session, no_compression) = ([0], [1, 0]);
    let parts: [&[u8]; 8] = [
        &version,
        &[7; 32],
        &no_session,
        &[0, 4],
        &suites,
        &no_compression,
        &[0, u8::try_from(extensions.len()).expect("few extensions")],
        &extensions,
    ];
    let body = parts.concat();
    let length = u8::try_from(body.len()).expect("a short hello");
    let (record, client_hello) = ([0x16, 3, 1, 0, length + 4], [1, 0, 0, length]);
    [&record[..], &client_hello, &body].concat()
}

#[test]
fn versions_before_tls_1_2_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let answer_to = |version| {
        let mut stream = tablet::stream(program.at()).expect("a connection");
        stream.write_all(&hello(version)).expect("a hello");
        let mut answer = [0; 7];
        stream.read_exact(&mut answer).expect("an answer");
        (answer[0], answer[6])
    };
    let (alert, protocol_version, handshake) = (0x15, 70, 0x16);
    assert_eq!(answer_to([3, 1]), (alert, protocol_version), "TLS 1.0");
    assert_eq!(answer_to([3, 2]), (alert, protocol_version), "TLS 1.1");
    assert_eq!(answer_to([3, 3]).0, handshake, "TLS 1.2, by the same words");
}

#[cfg(unix)]
#[test]
fn keys_are_for_the_owner_of_the_program_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let _program = Running::start(folder.path(), &["--tls"]);
    let tls = folder.path().join("tls");
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(&tls), 0o700);
    let mut names = Vec::new();
    for entry in fs::read_dir(&tls).expect("a folder") {
        let entry = entry.expect("an entry");
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        names.push(entry.file_name().into_string().expect("a name"));
    }
    names.sort();
    assert_eq!(names, ["ca.key", "ca.pem", "server.key", "server.pem"]);
}

#[test]
fn a_second_start_changes_nothing_and_a_new_name_only_the_servers_certificate() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = || ["ca.pem", "ca.key", "server.pem", "server.key"].map(|file| kept(folder.path(), file));
    drop(Running::start(folder.path(), &["--tls"]));
    let first = files();
    drop(Running::start(folder.path(), &["--tls"]));
    assert_eq!(files(), first);
    let program = Running::start(folder.path(), &["--tls-name", "front-desk.local"]);
    let renewed = files();
    assert_eq!(renewed[..2], first[..2]);
    assert!(renewed[2] != first[2] && renewed[3] != first[3]);
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    tablet.connect(program.at(), "front-desk.local").expect("the new name");
}

#[test]
fn a_name_that_the_authority_may_not_sign_for_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Running::start(folder.path(), &["--tls"]));
    let folder = folder.path().to_string_lossy().into_owned();
    let refused = xystra(&["serve", "--data", &folder, "--listen", "127.0.0.1:0", "--tls-name", "record.example.org"]);
    assert!(!refused.ok && refused.err.contains("record.example.org: the authority in "), "{}", refused.err);
}

#[test]
fn cookies_travel_under_tls_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    let answer = tablet.post(program.at(), "/welcome", WELCOME).expect("an answer");
    let cookie =
        answer.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap_or_else(|| panic!("{answer:?}"));
    assert!(cookie.starts_with("__Host-xystra="), "{cookie}");
    for word in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.split("; ").any(|part| part == word), "{word}: {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    let answer = tablet.post(program.at(), "/theme", "theme=dark").expect("an answer");
    assert!(answer.head.contains("set-cookie: __Host-theme=dark; Path=/; SameSite=Strict; Secure;"), "{}", answer.head);
}

#[test]
fn the_page_on_trust_comes_unencrypted_too_and_nothing_else_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let line = program.line_with("/trust");
    let at = here(line.trim());
    let fingerprint = program.line_with("    ");
    let page = ask_plainly(at, "/trust").expect("a page");
    assert_eq!(page.status(), "200");
    assert!(page.body.contains(fingerprint.trim().get(..19).expect("four groups")), "{fingerprint}");
    assert!(page.body.contains(&format!("href=\"{}\"", program.address)), "no way to {}", program.address);
    let file = ask_plainly(at, "/trust/ca.crt").expect("a file");
    assert!(file.head.contains("content-type: application/x-x509-ca-cert"), "{}", file.head);
    assert_eq!(file.body, kept(folder.path(), "ca.pem"));
    for path in ["/sign-in", "/welcome", "/clients", "/theme"] {
        assert_eq!(ask_plainly(at, path).expect("an answer").status(), "404", "{path}");
    }
    for path in ["/", "/trust", "/trust/ca.crt", "/static/css/xystra.css", "/sign-in"] {
        let head = ask_plainly(at, path).expect("an answer").head;
        assert!(!head.to_lowercase().contains("set-cookie"), "{path}: {head}");
    }
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    assert_eq!(tablet.get(program.at(), "/trust").expect("a page").status(), "200");
}

#[test]
fn plain_http_where_tls_is_spoken_is_led_to_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let answer = ask_plainly(program.at(), "/clients").expect("an answer");
    assert_eq!(answer.status(), "302");
    assert!(answer.head.contains(&format!("Location: {}clients", program.address)), "{}", answer.head);
}

#[test]
fn a_client_that_says_nothing_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &["--tls"]);
    let silent: Vec<_> = (0..20).map(|_| tablet::stream(program.at()).expect("a connection")).collect();
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    assert_eq!(tablet.get(program.at(), "/welcome").expect("an answer").status(), "200");
    drop(silent);
}

#[test]
fn more_connections_than_eighty_tablets_need_are_turned_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = Running::start(folder.path(), &[]);
    let hold = || {
        let mut stream = tablet::stream(program.at()).expect("a connection");
        stream.write_all(b"GET /static/mark.svg HTTP/1.1\r\nHost: a\r\n\r\n").expect("a request");
        stream.read_exact(&mut [0]).expect("the beginning of an answer");
        stream
    };
    let tablets: Vec<_> = (0..512).map(|_| hold()).collect();
    let turned_away = ask_plainly(program.at(), "/welcome");
    assert!(!turned_away.is_ok_and(|answer| answer.head.starts_with("HTTP")), "it was answered");
    drop(tablets);
    while !ask_plainly(program.at(), "/welcome").is_ok_and(|answer| answer.status() == "200") {
        std::thread::yield_now();
    }
}

#[cfg(unix)]
#[test]
fn a_request_under_way_is_finished_before_the_program_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut program = Running::start(folder.path(), &["--tls"]);
    let at = program.at();
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    let request = tablet::post(at, "/welcome", WELCOME);
    let (begun, rest) = request.split_at(request.len() - 10);
    let mut connection = tablet.connect(at, "127.0.0.1").expect("a handshake");
    connection.write_all(begun.as_bytes()).expect("most of the form");
    connection.flush().expect("sent");
    let id = program.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().expect("kill").success());
    while std::net::TcpStream::connect(at).is_ok() {
        std::thread::yield_now();
    }
    connection.write_all(rest.as_bytes()).expect("the rest of the form");
    connection.flush().expect("sent");
    let answer = tablet::read(&mut connection).expect("an answer");
    assert_eq!(answer.status(), "303", "{}", answer.head);
    assert!(program.child.wait().expect("it ends").success());
}

#[test]
fn beyond_this_machine_it_is_encrypted_unless_told_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    practice(folder.path());
    let program = Running::start_at("0.0.0.0:0", folder.path(), &[]);
    assert!(program.address.starts_with("https://"), "{}", program.address);
    let tablet = Tablet::trusting(&folder.path().join("tls/ca.pem"));
    assert_eq!(tablet.get(program.at(), "/sign-in").expect("an answer").status(), "200");
    drop(program);
    let forced = Running::start_at("0.0.0.0:0", folder.path(), &["--without-tls"]);
    assert!(forced.address.starts_with("http://"), "{}", forced.address);
    assert_eq!(ask_plainly(forced.at(), "/sign-in").expect("an answer").status(), "200");
}

#[test]
fn without_encryption_it_does_not_go_beyond_this_machine_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    practice(folder.path());
    fs::write(folder.path().join("tls"), "a file where the folder should be").expect("a file");
    let data = folder.path().to_string_lossy().into_owned();
    let refused = xystra(&["serve", "--data", &data, "--listen", "0.0.0.0:0"]);
    assert!(!refused.ok && refused.out.is_empty(), "{}", refused.out);
    assert!(refused.err.contains("--without-tls") && refused.err.contains("tls: cannot make"), "{}", refused.err);
}

#[test]
fn nobody_on_the_network_can_make_the_practice_theirs() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_string_lossy().into_owned();
    let refused = xystra(&["serve", "--data", &data, "--listen", "0.0.0.0:0"]);
    assert!(!refused.ok && refused.err.contains("becomes its owner"), "{}", refused.err);
}
