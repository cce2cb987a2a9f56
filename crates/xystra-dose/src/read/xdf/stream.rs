//! What a stream says of itself: the XML of its header.

use roxmltree::{Document, Node};

use crate::error::Error;

/// Most channels of a stream: far more than any device has, few enough to name.
const MAX_CHANNELS: usize = 1 << 16;

/// The header of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stream {
    /// Its number in the file.
    pub(super) number: u32,
    pub(super) name: String,
    /// What it says it holds: `EEG`, `Force`, `Markers`.
    pub(super) kind: String,
    pub(super) format: Format,
    /// Samples per second as promised, Hz; zero for samples at any time.
    pub(super) rate_hz: f64,
    pub(super) channels: usize,
    /// What is said of the channels, which may be fewer or none.
    pub(super) labels: Vec<Label>,
    /// Whether the device leaves out samples it is late for: then its samples are not evenly spaced.
    pub(super) drops_samples: bool,
    /// Maker and model, as written.
    pub(super) device: Option<String>,
}

/// What is said of a channel; empty where nothing is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Label {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) kind: String,
}

/// How the values of a stream are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Int8,
    Int16,
    Int32,
    Int64,
    Float32,
    Double64,
    Text,
}

impl Stream {
    /// From the content of a stream header.
    pub(super) fn parse(number: u32, xml: &[u8]) -> Result<Self, Error> {
        let broken = |fault: String| malformed(number, fault);
        let text = String::from_utf8_lossy(xml);
        let document = Document::parse(&text).map_err(|error| broken(format!("its header is not XML: {error}")))?;
        let info = document.root_element();
        let word = |name: &str| child(info, name).unwrap_or_default();
        let format = Format::parse(&word("channel_format"))
            .ok_or_else(|| broken(format!("its format \"{}\" is not known", short(&word("channel_format")))))?;
        let channels = word("channel_count").parse().ok().filter(|count| *count <= MAX_CHANNELS);
        let rate_hz = word("nominal_srate").parse::<f64>().ok().filter(|rate| rate.is_finite() && *rate >= 0.0);
        Ok(Self {
            number,
            name: short(&word("name")),
            kind: short(&word("type")),
            format,
            rate_hz: rate_hz.ok_or_else(|| broken(not_number("nominal_srate", &word("nominal_srate"))))?,
            channels: channels.ok_or_else(|| broken(not_number("channel_count", &word("channel_count"))))?,
            labels: labels(info),
            drops_samples: deep(info, &["desc", "synchronization", "can_drop_samples"])
                .is_some_and(|word| word.eq_ignore_ascii_case("true")),
            device: device(info),
        })
    }

    /// `"IMU" (stream 2)`, for messages.
    pub(super) fn title(&self) -> String {
        format!("\"{}\" (stream {})", self.name, self.number)
    }

    /// What is said of a channel.
    pub(super) fn label(&self, channel: usize) -> Label {
        self.labels.get(channel).cloned().unwrap_or_default()
    }
}

impl Format {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "int8" => Self::Int8,
            "int16" => Self::Int16,
            "int32" => Self::Int32,
            "int64" => Self::Int64,
            "float32" => Self::Float32,
            "double64" => Self::Double64,
            "string" => Self::Text,
            _ => return None,
        })
    }

    /// As the header writes it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Float32 => "float32",
            Self::Double64 => "double64",
            Self::Text => "string",
        }
    }

    /// Bytes of a value; none for text.
    pub(super) fn width(self) -> Option<usize> {
        match self {
            Self::Int8 => Some(1),
            Self::Int16 => Some(2),
            Self::Int32 | Self::Float32 => Some(4),
            Self::Int64 | Self::Double64 => Some(8),
            Self::Text => None,
        }
    }

    /// The value of a channel within a sample's bytes; not a number for text.
    pub(super) fn value(self, sample: &[u8], channel: usize) -> f64 {
        match self {
            Self::Int8 => f64::from(i8::from_le_bytes(part(sample, channel))),
            Self::Int16 => f64::from(i16::from_le_bytes(part(sample, channel))),
            Self::Int32 => f64::from(i32::from_le_bytes(part(sample, channel))),
            Self::Int64 => i64::from_le_bytes(part(sample, channel)) as f64,
            Self::Float32 => f64::from(f32::from_le_bytes(part(sample, channel))),
            Self::Double64 => f64::from_le_bytes(part(sample, channel)),
            Self::Text => f64::NAN,
        }
    }
}

/// A fault of a stream.
pub(super) fn malformed(number: u32, fault: String) -> Error {
    Error::Malformed { format: "XDF", place: format!("stream {number}"), fault }
}

fn part<const N: usize>(sample: &[u8], channel: usize) -> [u8; N] {
    let mut bytes = [0; N];
    if let Some(found) = sample.get(channel * N..(channel + 1) * N) {
        bytes.copy_from_slice(found);
    }
    bytes
}

fn labels(info: Node<'_, '_>) -> Vec<Label> {
    let channels = element(info, "desc").and_then(|desc| element(desc, "channels"));
    let channels = channels.into_iter().flat_map(|list| list.children().filter(|n| n.has_tag_name("channel")));
    let word = |channel, name| child(channel, name).map(|word| short(&word)).unwrap_or_default();
    let label = |c| Label { name: word(c, "label"), unit: word(c, "unit"), kind: word(c, "type") };
    channels.take(MAX_CHANNELS).map(label).collect()
}

fn device(info: Node<'_, '_>) -> Option<String> {
    let acquisition = |name| deep(info, &["desc", "acquisition", name]);
    let maker = acquisition("manufacturer").or_else(|| deep(info, &["desc", "manufacturer"]));
    let words: Vec<String> = [maker, acquisition("model")].into_iter().flatten().map(|word| short(&word)).collect();
    Some(words.join(" ")).filter(|words| !words.is_empty())
}

fn element<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

fn child(node: Node<'_, '_>, name: &str) -> Option<String> {
    element(node, name)?.text().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn deep(node: Node<'_, '_>, path: &[&str]) -> Option<String> {
    let (last, way) = path.split_last()?;
    child(way.iter().try_fold(node, |node, name| element(node, name))?, last)
}

fn not_number(field: &str, found: &str) -> String {
    format!("its {field} \"{}\" is not a number that can be", short(found))
}

/// Words of a file as reports show them.
fn short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(80).collect()
}
