//! The header of an EDF or BDF file: fixed fields of ASCII, first of the file, then of all signals.

use super::super::bytes::Bytes;
use crate::error::Error;

/// Bytes of the file's own fields, and of those of each signal.
const OWN: u64 = 256;

/// What the header says. Who was recorded is not read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Header {
    pub(super) format: Format,
    /// Whether records may leave gaps.
    pub(super) is_broken_up: bool,
    /// Equipment, where an EDF+ file names it.
    pub(super) equipment: Option<String>,
    /// Bytes before the first record.
    pub(super) bytes: u64,
    /// Records promised; none when the file was not closed.
    pub(super) promised: Option<u64>,
    /// Length of a record, s.
    pub(super) record_s: f64,
    pub(super) signals: Vec<Signal>,
}

/// Which of the formats, and with it how a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// 16 bits.
    Edf,
    /// 24 bits.
    Bdf,
}

/// A signal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Signal {
    pub(super) label: String,
    pub(super) transducer: String,
    pub(super) unit: String,
    /// Physical minimum and maximum, then digital ones; each as far as it is a number.
    range: [Option<f64>; 4],
    /// Samples in a record.
    pub(super) samples: u64,
    /// Where its samples begin in a record, in samples of all signals.
    pub(super) offset: u64,
}

/// How digital values become physical ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    factor: f64,
    digital: f64,
    physical: f64,
}

/// The fields of the signals: name, width and place of each.
const FIELDS: [(&str, u64); 10] = [
    ("label", 16),
    ("transducer type", 80),
    ("physical dimension", 8),
    ("physical minimum", 8),
    ("physical maximum", 8),
    ("digital minimum", 8),
    ("digital maximum", 8),
    ("prefiltering", 80),
    ("number of samples in a record", 8),
    ("reserved", 32),
];

impl Header {
    /// Reads the header.
    pub(super) fn read(bytes: &mut Bytes) -> Result<Self, Error> {
        let own = bytes.part(0, OWN)?;
        let format = if own.first() == Some(&0xff) { Format::Bdf } else { Format::Edf };
        let field = |start: usize, width: usize| text(own.get(start..start + width).unwrap_or_default());
        let number = |name: &'static str, text: String| whole(format, name, &text);
        let count = number("number of signals", field(252, 4))?;
        let length = number("number of bytes in header", field(184, 8))?;
        if length != OWN * (count + 1) || length > bytes.len() {
            let fault = format!("{length} does not fit {count} signals and a file of {} bytes", bytes.len());
            return Err(malformed(format, "number of bytes in header", fault));
        }
        let duration_s = field(244, 8).parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0);
        let records = field(236, 8);
        Ok(Self {
            format,
            is_broken_up: field(192, 44).get(3..5) == Some("+D"),
            equipment: equipment(&field(88, 80)),
            bytes: length,
            promised: if records == "-1" { None } else { Some(number("number of data records", records)?) },
            record_s: duration_s.ok_or_else(|| not_number(format, "duration of a data record", &field(244, 8)))?,
            signals: signals(bytes, format, count)?,
        })
    }

    /// Samples of all signals in a record.
    pub(super) fn record_samples(&self) -> u64 {
        self.signals.iter().map(|signal| signal.samples).sum()
    }

    /// Bytes of a record.
    pub(super) fn record_bytes(&self) -> u64 {
        self.record_samples() * self.format.width()
    }
}

impl Format {
    /// As reports name it.
    pub(super) fn word(self) -> &'static str {
        if self == Self::Edf { "EDF" } else { "BDF" }
    }

    /// Bytes of a number.
    pub(super) fn width(self) -> u64 {
        if self == Self::Edf { 2 } else { 3 }
    }

    /// The number at a place, in samples.
    pub(super) fn value(self, record: &[u8], at: usize) -> f64 {
        match self {
            Self::Edf => {
                record.get(2 * at..2 * at + 2).map_or(f64::NAN, |b| f64::from(i16::from_le_bytes([b[0], b[1]])))
            }
            Self::Bdf => record
                .get(3 * at..3 * at + 3)
                .map_or(f64::NAN, |b| f64::from(i32::from_le_bytes([0, b[0], b[1], b[2]]) >> 8)),
        }
    }
}

impl Signal {
    /// Whether it holds texts and the starts of records.
    pub(super) fn is_annotations(&self) -> bool {
        matches!(self.label.as_str(), "EDF Annotations" | "BDF Annotations")
    }

    /// From digital to physical values.
    pub(super) fn scale(&self, format: Format) -> Result<Scale, Error> {
        let fault = || {
            malformed(
                format,
                "physical and digital minimum and maximum",
                format!("signal \"{}\" has no range", self.label),
            )
        };
        let [Some(low), Some(high), Some(first), Some(last)] = self.range else { return Err(fault()) };
        let factor = (high - low) / (last - first);
        if !factor.is_finite() || factor == 0.0 || first > last {
            return Err(fault());
        }
        Ok(Scale { factor, digital: first, physical: low })
    }
}

impl Scale {
    pub(super) fn physical(self, digital: f64) -> f64 {
        self.physical + (digital - self.digital) * self.factor
    }
}

/// A fault of a field.
pub(super) fn malformed(format: Format, field: &str, fault: String) -> Error {
    Error::Malformed { format: format.word(), place: format!("field \"{field}\""), fault }
}

fn signals(bytes: &mut Bytes, format: Format, count: u64) -> Result<Vec<Signal>, Error> {
    let all = bytes.part(OWN, OWN * count)?;
    let mut signals: Vec<Signal> = Vec::new();
    for at in 0..count {
        let field = |index: usize| {
            let before: u64 = FIELDS[..index].iter().map(|(_, width)| width * count).sum();
            let start = before + at * FIELDS[index].1;
            let place = |at: u64| usize::try_from(at).ok();
            let part = place(start).zip(place(start + FIELDS[index].1)).and_then(|(start, end)| all.get(start..end));
            part.map(text).unwrap_or_default()
        };
        let number = |index: usize| field(index).parse::<f64>().ok().filter(|number| number.is_finite());
        let samples = whole(format, FIELDS[8].0, &field(8))?;
        let offset = signals.last().map_or(0, |last: &Signal| last.offset + last.samples);
        let range = [3, 4, 5, 6].map(number);
        signals.push(Signal { label: field(0), transducer: field(1), unit: field(2), range, samples, offset });
    }
    Ok(signals)
}

/// Equipment is the fifth word of an EDF+ recording field; the others name people and places.
fn equipment(recording: &str) -> Option<String> {
    let words: Vec<&str> = recording.split_whitespace().collect();
    match words.as_slice() {
        ["Startdate", _, _, _, equipment, ..] if *equipment != "X" => Some(equipment.replace('_', " ")),
        _ => None,
    }
}

/// UTF-8 or Latin-1, without the blanks behind.
fn text(bytes: &[u8]) -> String {
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect(), str::to_owned);
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0').chars().filter(|c| !c.is_control()).collect()
}

fn whole(format: Format, field: &'static str, text: &str) -> Result<u64, Error> {
    text.parse().map_err(|_| not_number(format, field, text))
}

fn not_number(format: Format, field: &str, text: &str) -> Error {
    malformed(format, field, format!("\"{text}\" is not a number that can be"))
}
