//! The shipped program starts and answers.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

const PATIENCE: Duration = Duration::from_mins(1);

/// Starts `command`, waits for its first line `listening on http://...`, and asks for that page once.
pub(crate) fn answers(command: &mut Command) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let answered = first_line(&mut child).and_then(|line| page_comes(&line));
    child.kill()?;
    child.wait()?;
    answered
}

/// Keeps the pipe open until the child is gone, so that its later words do not end it.
fn first_line(child: &mut Child) -> Result<String> {
    let output = child.stdout.take().context("standard output is not piped")?;
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            send.send(line).ok();
        }
    });
    receive.recv_timeout(PATIENCE).with_context(|| format!("nothing printed within {} s", PATIENCE.as_secs()))
}

fn page_comes(line: &str) -> Result<()> {
    let (host, path) =
        address(line).with_context(|| format!("the first line is \"{line}\", not \"listening on http://...\""))?;
    let status = status(&host, &path)?;
    println!("{line}: {status}");
    let fine = ["200", "303"].iter().any(|code| status.contains(code));
    ensure!(fine, "GET {path} answered \"{status}\", not 200 or 303");
    Ok(())
}

/// Host with port, and path.
fn address(line: &str) -> Option<(String, String)> {
    let url = line.strip_prefix("listening on http://")?;
    let url = url.split_whitespace().next()?;
    let (host, path) = url.split_once('/').unwrap_or((url, ""));
    Some((host.to_owned(), format!("/{path}")))
}

/// The status line.
fn status(host: &str, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let answer = String::from_utf8_lossy(&answer);
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{address, answers};

    #[test]
    fn the_address_is_taken_from_the_first_line() {
        let (host, path) = address("listening on http://127.0.0.1:4000/enter?key=1").unwrap();
        assert_eq!((host.as_str(), path.as_str()), ("127.0.0.1:4000", "/enter?key=1"));
        assert_eq!(address("error: address in use"), None);
    }

    #[test]
    fn a_program_that_listens_nowhere_fails() {
        assert!(answers(Command::new("echo").arg("hello")).is_err());
        assert!(answers(Command::new("echo").arg("listening on http://127.0.0.1:1/")).is_err());
    }
}
