//! When a record begins: the first time of its annotations. Their texts are labels, and are not read.

use super::header::Header;

/// Ends an annotation's onset; begins its duration.
const ENDS: [u8; 2] = [0x14, 0x15];

/// Start of the record, s after the start of the file; none when it does not say.
pub(super) fn start_s(header: &Header, record: &[u8]) -> Option<f64> {
    let signal = header.signals.iter().find(|signal| signal.is_annotations())?;
    let width = header.format.width();
    let at = |sample: u64| usize::try_from(sample * width).ok();
    let texts = record.get(at(signal.offset)?..at(signal.offset + signal.samples)?)?;
    let end = texts.iter().position(|byte| ENDS.contains(byte))?;
    let onset = std::str::from_utf8(&texts[..end]).ok()?;
    onset.parse::<f64>().ok().filter(|start_s| start_s.is_finite())
}
