//! An inspection as a table to read.

use std::fmt::Write;

use xystra_dose::inspection::{Inspection, Overview};
use xystra_dose::read::StreamContents;

/// Most names shown of one list.
const NAMES: usize = 12;

/// Lines of plain text, aligned.
pub(super) fn of(inspection: &Inspection) -> String {
    let mut text = format!("{}\n", inspection.file);
    if !inspection.streams.is_empty() {
        text += "\nstreams and signals\n";
        inspection.streams.iter().for_each(|stream| text += &of_stream(stream));
    }
    if let Some(recording) = &inspection.recording {
        text += &of_recording(recording);
    }
    if let Some(refusal) = inspection.refusal.as_ref().filter(|_| !inspection.streams.is_empty()) {
        text += "\nno recording as it is: ";
        text += refusal;
        text.push('\n');
    }
    text
}

fn of_stream(stream: &StreamContents) -> String {
    let kind = if stream.kind.is_empty() { String::new() } else { format!(", {}", stream.kind) };
    let mut text = format!("\n{} \"{}\"{kind}\n", stream.number, stream.name);
    line(&mut text, "channels", &format!("{} of {}", stream.channel_count, stream.format));
    line(&mut text, "names", &listed(&stream.channels));
    line(&mut text, "samples", &stream.samples.to_string());
    line(&mut text, "rate", &rate(stream));
    line(
        &mut text,
        "stamps",
        &stream.stamps_s.map_or(String::new(), |(first, last)| format!("{first:.6} to {last:.6} s")),
    );
    line(
        &mut text,
        "common clock",
        &stream.ends_s.map_or(String::new(), |(first, last)| format!("{first:.6} to {last:.6} s")),
    );
    line(&mut text, "clock offsets", &offsets(&stream.clock_offsets_s));
    for (before_s, after_s) in &stream.clock_resets_s {
        line(&mut text, "clock reset", &format!("between {before_s:.6} and {after_s:.6} s of the common clock"));
    }
    text
}

fn rate(stream: &StreamContents) -> String {
    let nominal = match stream.nominal_hz {
        rate if rate > 0.0 => format!("{rate} Hz promised"),
        _ => "any time".to_owned(),
    };
    stream.effective_hz.map_or(nominal.clone(), |rate| format!("{nominal}, {rate:.4} Hz found"))
}

fn offsets(offsets: &[(f64, f64)]) -> String {
    match offsets {
        [] => String::new(),
        [first, .., last] => {
            format!("{}, {:.6} s at {:.3} s to {:.6} s at {:.3} s", offsets.len(), first.1, first.0, last.1, last.0)
        }
        [only] => format!("1, {:.6} s at {:.3} s", only.1, only.0),
    }
}

fn of_recording(recording: &Overview) -> String {
    let mut text = "\nrecording\n".to_owned();
    line(&mut text, "format", &recording.format);
    line(&mut text, "device", recording.device.as_deref().unwrap_or_default());
    line(&mut text, "rows", &recording.rows.to_string());
    line(&mut text, "duration", &format!("{:.3} s", recording.duration_s));
    line(&mut text, "rate", &format!("{:.3} Hz", recording.rate_hz));
    line(&mut text, "longest step", &format!("{:.3} s, {} gaps", recording.longest_step_s, recording.gaps));
    let force = recording.force_n.map(|span| format!("{:.3} to {:.3} N, resultant as recorded", span.low, span.high));
    line(&mut text, "force", &force.unwrap_or_default());
    let attitude = recording.attitude.map(|a| {
        let (pitch, roll) = (a.pitch_deg, a.roll_deg);
        format!("pitch {:.1} to {:.1} deg, roll {:.1} to {:.1} deg", pitch.low, pitch.high, roll.low, roll.high)
    });
    line(&mut text, "attitude", &attitude.unwrap_or_default());
    let roughness =
        recording.roughness_m_s2.map(|size| format!("{size:.4} m/s2, deviation of the acceleration's size"));
    line(&mut text, "roughness", &roughness.unwrap_or_default());
    text += &channels(recording);
    line(&mut text, "not read", &listed(&recording.unread));
    recording.notes.iter().for_each(|note| line(&mut text, "note", note));
    for issue in &recording.issues {
        let channel = issue.channel.as_deref().map_or(String::new(), |channel| format!("{channel}: "));
        let extent = format!("{:.3} to {:.3} s", issue.extent.start_s, issue.extent.end_s);
        line(&mut text, "issue", &format!("{channel}{extent}: {}", issue.consequence));
    }
    text
}

fn channels(recording: &Overview) -> String {
    let meaning = |channel: &xystra_dose::channel::Channel| {
        let axis = channel.axis.map_or(String::new(), |axis| format!(".{axis:?}").to_lowercase());
        format!("{}{axis}", channel.quantity)
    };
    let width = recording.channels.iter().map(|channel| channel.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for channel in &recording.channels {
        line(&mut text, "channel", &format!("{:width$}  {:<18} {}", channel.name, meaning(channel), channel.unit));
    }
    text
}

/// A line with its name, unless there is nothing to say.
fn line(text: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {name:<14} {value}");
    }
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(NAMES);
    let shown = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_shown_line_by_line() {
        let stream = StreamContents {
            number: 2,
            name: "Handle".into(),
            kind: "Force".into(),
            format: "float32".into(),
            channel_count: 1,
            channels: vec!["Fz [N]".into()],
            samples: 30,
            nominal_hz: 100.0,
            effective_hz: Some(99.5),
            clock_offsets_s: vec![(1.0, 0.25), (6.0, 0.5)],
            ..StreamContents::default()
        };
        let inspection =
            Inspection { file: "a.xdf".into(), streams: vec![stream], recording: None, refusal: Some("why".into()) };
        let shown = of(&inspection);
        for line in
            ["2 \"Handle\", Force", "  rate           100 Hz promised, 99.5000 Hz found", "no recording as it is: why"]
        {
            assert!(shown.contains(line), "{shown}");
        }
        assert!(shown.contains("  clock offsets  2, 0.250000 s at 1.000 s to 0.500000 s at 6.000 s"), "{shown}");
    }
}
