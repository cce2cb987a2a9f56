//! XDF, the file of the Lab Streaming Layer: streams of several devices, each with a clock of its own.
//!
//! The clock of the stream that gives force is the recording's clock. Motion of other streams is brought onto it. Streams of
//! text (markers) are never read. Stamps are made as pyxdf makes them: offsets of the clocks fitted robustly between resets,
//! jitter taken out between breaks; but a part in which samples are missing keeps the stamps it has.

mod choose;
pub(super) mod chunk;
mod clock;
mod even;
mod index;
mod sample;
mod stream;
mod timeline;
mod track;

use self::choose::Choice;
use self::index::{Entry, Index};
use self::timeline::Timeline;
use self::track::StreamTrack;
use super::ReadSeek;
use super::bytes::Bytes;
use super::contents::{Clock, StreamContents, StreamRows};
use super::follow::Follower;
use super::reading::Reading;
use super::track::Track as _;
use super::weave::{self, Other, Weave, between};
use crate::channel::{Channel, Quantity};
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::source::{Device, Header, Source};

/// Opens an XDF file.
pub(super) fn open(file: &str, reader: Box<dyn ReadSeek>, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let mut bytes = Bytes::new(reader)?;
    let (index, timelines) = look(&mut bytes)?;
    let samples: Vec<u64> = timelines.iter().map(|timeline| timeline.samples).collect();
    let choice = choose::choose(&index, &samples, how)?;
    let header = header(file, &index, &timelines, &choice);
    let issues = issues(&index, &timelines, &choice);
    let track = |part: usize| {
        let part = &choice.parts[part];
        Box::new(StreamTrack::new(
            index.streams[part.entry].stream.clone(),
            timelines[part.entry].clone(),
            part.channels.clone(),
        ))
    };
    let other = |part: usize| {
        let of_part = choice.places.iter().zip(&choice.layout.slots).filter(|((of, _), _)| *of == part);
        let columns = of_part.map(|(_, slot)| between(slot.channel.quantity)).collect();
        let entry = choice.parts[part].entry;
        let step_s = timelines[entry].rate_hz.map_or(0.0, |rate_hz| 1.0 / rate_hz);
        Other { follower: Follower::new(track(part), columns), title: index.streams[entry].stream.name.clone(), step_s }
    };
    let others = (1..choice.parts.len()).map(other).collect();
    let lead = track(0);
    Ok(Box::new(Weave::new(header, choice.layout, bytes, lead).with(others, choice.places).known(issues)))
}

/// What the streams of a file are.
pub(super) fn contents(reader: Box<dyn ReadSeek>) -> Result<Vec<StreamContents>, Error> {
    let mut bytes = Bytes::new(reader)?;
    let (index, timelines) = look(&mut bytes)?;
    Ok(index.streams.iter().zip(&timelines).map(|(entry, timeline)| described(entry, timeline)).collect())
}

/// All rows of a stream.
pub(super) fn rows(reader: Box<dyn ReadSeek>, number: u32, clock: Clock) -> Result<StreamRows, Error> {
    let mut bytes = Bytes::new(reader)?;
    let index = Index::read(&mut bytes)?;
    let entry = index.streams.iter().find(|entry| entry.stream.number == number);
    let mut entry = entry.cloned().ok_or_else(|| choose::no_such(&index, &number.to_string()))?;
    if clock == Clock::Own {
        entry.offsets.clear();
    }
    let timeline = Timeline::measure(&mut bytes, &entry)?;
    let channels = if entry.stream.format.width().is_some() { entry.stream.channels } else { 0 };
    let mut rows = StreamRows { time_s: Vec::new(), channels: vec![Vec::new(); channels] };
    let mut track = StreamTrack::new(entry.stream, timeline, (0..channels).collect());
    while let Some(block) = track.next_block(&mut bytes)? {
        rows.time_s.extend(block.time_s);
        rows.channels.iter_mut().zip(block.columns).for_each(|(all, more)| all.extend(more));
    }
    Ok(rows)
}

fn described(entry: &Entry, timeline: &Timeline) -> StreamContents {
    let stream = &entry.stream;
    let channel = |channel: usize| match stream.label(channel).unit {
        unit if unit.is_empty() => choose::name(stream, channel),
        unit => format!("{} [{unit}]", choose::name(stream, channel)),
    };
    StreamContents {
        number: stream.number,
        name: stream.name.clone(),
        kind: stream.kind.clone(),
        format: stream.format.word().to_owned(),
        channels: (0..stream.channels.min(stream.labels.len())).map(channel).collect(),
        channel_count: stream.channels,
        samples: timeline.samples,
        nominal_hz: stream.rate_hz,
        effective_hz: timeline.rate_hz,
        stamps_s: timeline.stamps_s,
        ends_s: timeline.ends_s,
        clock_offsets_s: entry.offsets.iter().map(|offset| (offset.time_s, offset.value_s)).collect(),
        clock_resets_s: timeline.resets_s.clone(),
    }
}

fn look(bytes: &mut Bytes) -> Result<(Index, Vec<Timeline>), Error> {
    let index = Index::read(bytes)?;
    let timelines = index.streams.iter().map(|entry| Timeline::measure(bytes, entry)).collect::<Result<_, _>>()?;
    Ok((index, timelines))
}

fn header(file: &str, index: &Index, timelines: &[Timeline], choice: &Choice) -> Header {
    let lead = &index.streams[choice.parts[0].entry].stream;
    let time = Channel { name: "stamp".to_owned(), quantity: Quantity::Time, axis: None, unit: "s".to_owned() };
    let channels = choice.layout.slots.iter().map(|slot| slot.channel.clone());
    Header {
        file: file.to_owned(),
        format: format!("XDF, stream {}", lead.title()),
        channels: std::iter::once(time).chain(channels).collect(),
        unread: choice.unread.clone(),
        notes: (1..choice.parts.len()).map(|part| followed(index, timelines, choice, part)).collect(),
        device: Device { name: lead.device.clone().or_else(|| Some(lead.name.clone())), ..Device::default() },
    }
}

/// What following the lead's clock costs a stream.
fn followed(index: &Index, timelines: &[Timeline], choice: &Choice, part: usize) -> String {
    let rate = |part: usize| timelines[choice.parts[part].entry].rate_hz.unwrap_or(0.0);
    let title = index.streams[choice.parts[part].entry].stream.title();
    weave::followed(&title, rate(part), rate(0))
}

fn issues(index: &Index, timelines: &[Timeline], choice: &Choice) -> Vec<Issue> {
    let (zero_s, end_s) = timelines[choice.parts[0].entry].ends_s.unwrap_or_default();
    let mut issues = Vec::new();
    for part in &choice.parts {
        let (stream, timeline) = (&index.streams[part.entry].stream, &timelines[part.entry]);
        issues.extend(timeline.resets_s.iter().map(|(from_s, to_s)| {
            let extent = Interval::new(from_s - zero_s, to_s - zero_s);
            let share = (extent.duration_s() / (end_s - zero_s)).clamp(0.0, 1.0);
            let consequence =
                "the clock was set anew: what lies between is unknown, and its length is as measured afterwards";
            let channel = Some(stream.name.clone());
            Issue { channel, share, ..Issue::whole(IssueKind::ClockReset, extent, consequence) }
        }));
    }
    issues.extend(damaged(index, timelines, choice).map(|consequence| {
        let extent = Interval::new(0.0, end_s - zero_s);
        Issue { share: 0.0, ..Issue::whole(IssueKind::LostRows, extent, consequence) }
    }));
    issues
}

/// What is missing of the file, in words.
fn damaged(index: &Index, timelines: &[Timeline], choice: &Choice) -> Option<String> {
    let short = |part: &choose::Part| {
        let (promised, found) = (index.streams[part.entry].promised?, timelines[part.entry].samples);
        (found < promised)
            .then(|| format!(": {} has {found} of {promised} samples", index.streams[part.entry].stream.title()))
    };
    let short: String = choice.parts.iter().filter_map(short).collect();
    let is_broken = choice.parts.iter().any(|part| timelines[part.entry].is_broken);
    match index.broken_at {
        Some(byte) => Some(format!("the file is damaged or cut at byte {byte}; what could be read was read{short}")),
        None if is_broken || !short.is_empty() => Some(format!("samples of the file could not be read{short}")),
        None => None,
    }
}
