//! The program's own log, on standard error: faults of the program, never what a client's record says.
//!
//! One line an event: the instant in UTC, the level, where in the program, what happened.

use std::io::{self, Write};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Starts the log; `RUST_LOG` says what is told, warnings and errors when it says nothing.
pub(crate) fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Lines(io::stderr)).init();
    std::panic::set_hook(Box::new(|panic| tell(panic.location())));
}

/// A panic's message may quote what somebody typed, so only its place is told.
fn tell(place: Option<&std::panic::Location<'_>>) {
    let place = place.map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, "a fault of the program ended a request: its place says where");
}

/// Writes each event as one line, so that what somebody typed cannot pass for an event of its own.
struct Lines<M>(M);

impl<'a, M: MakeWriter<'a>> MakeWriter<'a> for Lines<M> {
    type Writer = OneLine<M::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        OneLine(self.0.make_writer())
    }
}

/// One event, written at once.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0.write_all(plain(event).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The event with every control character inside it written out.
fn plain(event: &[u8]) -> String {
    let text = String::from_utf8_lossy(event);
    let inside = text.strip_suffix('\n').unwrap_or(&text);
    let mut line: String = inside.chars().map(shown).collect();
    line.push('\n');
    line
}

/// Separators of lines and paragraphs count as control characters too: some viewers break lines at them.
fn shown(sign: char) -> String {
    let breaks = sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}');
    if breaks { sign.escape_unicode().collect() } else { sign.to_string() }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{Lines, Write, io};

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What the log says of an error with this text.
    fn logged(text: &str) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(Lines(move || writer.clone())).finish();
        tracing::subscriber::with_default(log, || tracing::error!(error = %text, "a request failed"));
        String::from_utf8(kept.0.lock().expect("nobody panicked").clone()).expect("text")
    }

    #[test]
    fn an_event_says_when_in_utc_how_grave_where_and_what() {
        let line = logged("the disk is full");
        let mut words = line.split_whitespace();
        let at: jiff::Timestamp = words.next().expect("a first word").parse().expect("an instant");
        assert!(line.contains('Z') && jiff::Timestamp::now().duration_since(at).as_secs().abs() < 60, "{line}");
        assert_eq!(words.next(), Some("ERROR"));
        assert!(line.contains("xystra::log") && line.contains("a request failed") && line.contains("the disk is full"));
    }

    #[test]
    fn what_was_typed_cannot_pass_for_an_event() {
        let line = logged("owner\n2026-11-23T12:00:00Z  INFO forged\r\u{1b}[2J\u{2028}end");
        assert_eq!(line.matches('\n').count(), 1, "{line:?}");
        assert!(line.ends_with('\n') && !line.contains(['\r', '\u{1b}', '\u{2028}']), "{line:?}");
    }
}
