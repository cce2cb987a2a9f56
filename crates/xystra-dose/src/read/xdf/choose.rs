//! Which stream gives force, which others give motion, and by which channels.

use super::index::Index;
use super::stream::Stream;
use crate::channel::Quantity;
use crate::error::Error;
use crate::read::assemble::{Layout, Offer};
use crate::read::column;
use crate::read::reading::Reading;

/// The channels to read of a stream: its place in the index, and the channels as columns.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    pub(super) entry: usize,
    pub(super) channels: Vec<usize>,
}

/// What is read: the stream whose clock counts first.
pub(super) struct Choice {
    pub(super) parts: Vec<Part>,
    pub(super) layout: Layout,
    /// Part and column of each slot of the layout.
    pub(super) places: Vec<(usize, usize)>,
    /// Channels and streams that are left alone.
    pub(super) unread: Vec<String>,
}

/// Chooses among the streams, `samples` of which are known to exist in each.
pub(super) fn choose(index: &Index, samples: &[u64], how: &Reading) -> Result<Choice, Error> {
    let usable = |at: &usize| samples[*at] > 0 && index.streams[*at].stream.format.width().is_some();
    let entries: Vec<usize> = (0..index.streams.len()).filter(usable).collect();
    let lead = lead(index, &entries, how)?;
    let mut given = quantities(&index.streams[lead].stream, how)?;
    let mut chosen = vec![(lead, None)];
    for entry in entries.into_iter().filter(|entry| *entry != lead) {
        let new: Vec<Quantity> =
            motion(&index.streams[entry].stream, how).into_iter().filter(|q| !given.contains(q)).collect();
        if !new.is_empty() {
            given.extend(&new);
            chosen.push((entry, Some(new)));
        }
    }
    combined(index, &chosen, how)
}

/// The stream that is named, or the only one that gives force, or without any the first that gives motion.
fn lead(index: &Index, entries: &[usize], how: &Reading) -> Result<usize, Error> {
    let stream = |entry: &usize| &index.streams[*entry].stream;
    if let Some(wanted) = &how.stream {
        let is_it = |entry: &&usize| stream(entry).name == *wanted || stream(entry).number.to_string() == *wanted;
        return entries.iter().find(is_it).copied().ok_or_else(|| no_such(index, wanted));
    }
    let force: Vec<usize> = entries.iter().filter(|entry| gives_force(stream(entry), how)).copied().collect();
    match force.as_slice() {
        [only] => Ok(*only),
        [] => {
            let moving = entries.iter().find(|entry| !motion(stream(entry), how).is_empty()).copied();
            moving.ok_or_else(|| none(index))
        }
        several => Err(ambiguous(several.iter().map(stream))),
    }
}

/// Whether the stream gives force, or would if its unit were known.
fn gives_force(stream: &Stream, how: &Reading) -> bool {
    match quantities(stream, how) {
        Ok(found) => found.contains(&Quantity::Force),
        Err(Error::MissingUnit { quantity, .. } | Error::UnknownUnit { quantity, .. }) => {
            quantity == Quantity::Force.word()
        }
        Err(_) => true,
    }
}

/// The quantities other than force that a stream gives.
fn motion(stream: &Stream, how: &Reading) -> Vec<Quantity> {
    let how = Reading { units: how.units.clone(), ..own_map(stream, how) };
    let found = quantities(stream, &how).unwrap_or_default();
    found.into_iter().filter(|quantity| *quantity != Quantity::Force).collect()
}

fn quantities(stream: &Stream, how: &Reading) -> Result<Vec<Quantity>, Error> {
    let layout = Layout::new(&offers(stream, None), &own_map(stream, how))?;
    let mut found: Vec<Quantity> = layout.slots.iter().map(|slot| slot.channel.quantity).collect();
    found.dedup();
    Ok(found)
}

/// What is said of columns that this stream has.
fn own_map(stream: &Stream, how: &Reading) -> Reading {
    let names: Vec<String> = (0..stream.channels).map(|channel| name(stream, channel).to_lowercase()).collect();
    let is_own = |wanted: &String| names.contains(&wanted.trim().to_lowercase());
    let map = how.map.iter().filter(|(_, wanted)| is_own(wanted)).map(|(m, c)| (m.clone(), c.clone())).collect();
    Reading { map, ..how.clone() }
}

/// All channels of a stream as columns; of a stream that follows, those of some quantities alone.
fn offers(stream: &Stream, only: Option<&Vec<Quantity>>) -> Vec<Offer> {
    (0..stream.channels).map(|channel| offer(stream, channel, only)).collect()
}

/// A channel as a column. Without a label that says what it measures, its type or its stream's type says it.
fn offer(stream: &Stream, channel: usize, only: Option<&Vec<Quantity>>) -> Offer {
    let label = stream.label(channel);
    let unit = Some(label.unit.clone()).filter(|unit| !unit.is_empty());
    let axis = if label.name.is_empty() { String::new() } else { format!(" {}", label.name) };
    let names = [name(stream, channel), format!("{}{axis}", label.kind), format!("{}{axis}", stream.kind)];
    let said = |name: &String| column::parse(&format!("{name} [{}]", label.unit)).or_else(|| column::parse(name));
    let meaning = |name: &String| said(name).map(|said| said.meaning.quantity).filter(|q| *q != Quantity::Time);
    let is_wanted = |name: &&String| meaning(name).is_some_and(|q| only.is_none_or(|only| only.contains(&q)));
    match names.iter().find(is_wanted) {
        Some(name) => Offer { name: name.clone(), unit },
        None if meaning(&names[0]).is_none() && only.is_none() && !is_time(&names[0]) => {
            Offer { name: names[0].clone(), unit }
        }
        None => Offer::default(),
    }
}

fn is_time(name: &str) -> bool {
    column::parse(name).is_some_and(|said| said.meaning.quantity == Quantity::Time)
}

/// What a channel is called: its label, or its number.
pub(super) fn name(stream: &Stream, channel: usize) -> String {
    let label = stream.label(channel).name;
    if label.is_empty() { format!("channel {}", channel + 1) } else { label }
}

/// One table of all chosen streams, side by side.
fn combined(index: &Index, chosen: &[(usize, Option<Vec<Quantity>>)], how: &Reading) -> Result<Choice, Error> {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let mut table = Vec::new();
    for (part, (entry, only)) in chosen.iter().enumerate() {
        let stream = &index.streams[*entry].stream;
        columns.extend((0..stream.channels).map(|channel| (part, channel)));
        table.extend(offers(stream, only.as_ref()));
    }
    let layout = Layout::new(&table, how)?;
    layout.check()?;
    let mut parts: Vec<Part> = chosen.iter().map(|(entry, _)| Part { entry: *entry, channels: Vec::new() }).collect();
    let places = layout.slots.iter().map(|slot| {
        let (part, channel) = columns[slot.index];
        parts[part].channels.push(channel);
        (part, parts[part].channels.len() - 1)
    });
    let places = places.collect();
    let unread = unread(index, &parts);
    Ok(Choice { parts, layout, places, unread })
}

/// Streams that are not read, and channels of those that are.
fn unread(index: &Index, parts: &[Part]) -> Vec<String> {
    let mut names = Vec::new();
    for (entry, stream) in index.streams.iter().map(|entry| &entry.stream).enumerate() {
        match parts.iter().find(|part| part.entry == entry && !part.channels.is_empty()) {
            Some(part) => {
                let left = (0..stream.channels).filter(|channel| !part.channels.contains(channel));
                names.extend(left.map(|channel| format!("{}: {}", stream.name, name(stream, channel))));
            }
            None => names.push(stream.title()),
        }
    }
    names
}

fn ambiguous<'a>(streams: impl Iterator<Item = &'a Stream>) -> Error {
    let streams: Vec<String> = streams.map(Stream::title).collect();
    Error::WhichStream { fault: "several streams give force".to_owned(), streams: streams.join(", ") }
}

fn none(index: &Index) -> Error {
    Error::WhichStream { fault: "no stream says that it gives force or motion".to_owned(), streams: listed(index) }
}

pub(super) fn no_such(index: &Index, wanted: &str) -> Error {
    let fault = format!("no stream of numbers with samples is called \"{wanted}\"");
    Error::WhichStream { fault, streams: listed(index) }
}

fn listed(index: &Index) -> String {
    let title =
        |stream: &Stream| format!("{}, {} channels of {}", stream.title(), stream.channels, stream.format.word());
    let all: Vec<String> = index.streams.iter().map(|entry| title(&entry.stream)).collect();
    all.join("; ").chars().take(1000).collect()
}
