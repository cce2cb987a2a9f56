//! Reads where a child process says that it listens.

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

const PATIENCE: Duration = Duration::from_mins(1);

/// Waits for a line of `child`'s standard output that contains `marker`, and returns the word after it.
///
/// The rest of the output is read and dropped, so that the child never blocks on a full pipe.
pub(crate) fn announced(child: &mut Child, marker: &'static str) -> Result<String> {
    let output = child.stdout.take().context("standard output is not piped")?;
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some(word) = word_after(&line, marker) {
                send.send(word).ok();
            }
        }
    });
    receive.recv_timeout(PATIENCE).with_context(|| format!("no line with \"{marker}\" within {} s", PATIENCE.as_secs()))
}

fn word_after(line: &str, marker: &str) -> Option<String> {
    let (_, rest) = line.split_once(marker)?;
    let word = rest.split_whitespace().next()?;
    Some(word.trim_end_matches('.').to_owned())
}

#[cfg(test)]
mod tests {
    use super::word_after;

    #[test]
    fn the_word_after_the_marker_is_found_without_its_full_stop() {
        let line = "ChromeDriver was started successfully on port 41829.";
        assert_eq!(word_after(line, "on port").as_deref(), Some("41829"));
        assert_eq!(word_after("Starting", "on port"), None);
    }
}
