//! The program while it serves.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a line may take on a slow machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `xystra serve`; killed when dropped.
pub(crate) struct Running {
    pub(crate) child: Child,
    lines: Receiver<String>,
    /// The address on its first line.
    pub(crate) address: String,
}

impl Running {
    /// Serves a data folder on a free port of this machine, with these words more.
    pub(crate) fn start(folder: &Path, more: &[&str]) -> Self {
        Self::start_at("127.0.0.1:0", folder, more)
    }

    /// The same, listening elsewhere.
    pub(crate) fn start_at(listen: &str, folder: &Path, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xystra"))
            .args(["serve", "--listen", listen, "--data"])
            .arg(folder)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = lines_of(&mut child);
        let first = lines.recv_timeout(PATIENCE).expect("a first line");
        let address =
            first.strip_prefix("listening on ").unwrap_or_else(|| panic!("the first line is {first:?}")).to_owned();
        Self { child, lines, address }
    }

    /// Where to connect on this machine.
    pub(crate) fn at(&self) -> SocketAddr {
        here(&self.address)
    }

    /// Waits for a line that holds `word`.
    pub(crate) fn line_with(&self, word: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("no line with {word:?}"));
            if line.contains(word) {
                return line;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The port of a web address, on this machine.
pub(crate) fn here(address: &str) -> SocketAddr {
    let host = address.split('/').nth(2).expect("a host");
    let port = host.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    SocketAddr::from(([127, 0, 0, 1], port))
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let output = child.stdout.take().expect("standard output is piped");
    let (send, receive) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            send.send(line).ok();
        }
    });
    receive
}
