//! What the running program tells on standard error.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use crate::running::here;
use crate::tablet;

/// A word that is typed everywhere, and must be told nowhere.
const MARK: &str = "quicksilver";

/// The log of a program that served while `work` was done at its address. It tells as much as it can.
fn log_of(folder: &Path, level: &str, work: impl FnOnce(SocketAddr)) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xystra"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder)
        .env("RUST_LOG", level)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let log = gather(child.stderr.take().expect("standard error is piped"));
    let mut lines = BufReader::new(child.stdout.take().expect("standard output is piped")).lines();
    let first = lines.next().expect("a first line").expect("text");
    work(here(first.strip_prefix("listening on ").expect("an address")));
    child.kill().expect("it stops");
    child.wait().expect("it stopped");
    log.recv().expect("the whole log")
}

fn gather(mut error: impl Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        error.read_to_end(&mut bytes).ok();
        send.send(String::from_utf8_lossy(&bytes).into_owned()).ok();
    });
    receive
}

/// Asks with a request written out, and reads the answer.
fn ask(at: SocketAddr, request: &str) -> tablet::Answer {
    use std::io::Write;
    let mut stream = tablet::stream(at).expect("a connection");
    stream.write_all(request.as_bytes()).expect("sent");
    tablet::read(&mut stream).expect("an answer")
}

/// Types the mark wherever a stranger or an owner can type.
fn type_everywhere(at: SocketAddr) {
    let password = format!("{MARK}-zeppelin-orchard");
    let welcome = format!(
        "practice={MARK}&time_zone=UTC&name={MARK}+therapist&login={MARK}&password={password}&again={password}"
    );
    ask(at, &tablet::post(at, "/welcome", &welcome));
    ask(at, &tablet::post(at, "/sign-in", &format!("login={MARK}%0A%1b%5b2J&password={MARK}")));
    let got = ask(at, &tablet::post(at, "/sign-in", &format!("login=owner&password={MARK}")));
    assert_eq!(got.status(), "422", "{}", got.head);
    for path in
        [format!("/clients/{MARK}"), format!("/clients?find={MARK}"), format!("/join/{MARK}"), format!("/c/{MARK}")]
    {
        ask(at, &format!("GET {path} HTTP/1.1\r\nHost: {at}\r\nCookie: xystra={MARK}\r\nConnection: close\r\n\r\n"));
    }
}

#[test]
fn nothing_that_was_typed_is_told_at_any_level_that_somebody_may_choose() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = log_of(folder.path(), "debug", type_everywhere);
    assert!(log.lines().count() > 3, "this log tells nothing, so the test tells nothing either: {log}");
    let told: Vec<&str> = log.lines().filter(|line| line.to_lowercase().contains(MARK)).collect();
    assert_eq!(told, [""; 0]);
}

#[test]
fn every_line_says_when_in_utc_and_how_grave() {
    let folder = tempfile::tempdir().expect("a folder");
    let log = log_of(folder.path(), "debug", type_everywhere);
    let events: Vec<&str> = log.lines().filter(|line| line.starts_with("20")).collect();
    assert!(events.len() > 3, "{log}");
    for line in events {
        let mut words = line.split_whitespace();
        let at = words.next().expect("an instant");
        assert!(at.ends_with('Z') && at.parse::<jiff::Timestamp>().is_ok(), "{line}");
        assert!(["ERROR", "WARN", "INFO", "DEBUG"].contains(&words.next().expect("a level")), "{line}");
    }
}
