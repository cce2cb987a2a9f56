//! EDF and BDF, with EDF+ and BDF+: signals in records of equal length, 16 or 24 bits a sample.
//!
//! The clock of the force signals is the recording's clock; signals of another rate are brought onto it. Records that leave
//! gaps (EDF+D) keep them. Of annotations only the start of a record is read: their texts are labels.

mod header;
mod start;
mod track;

use std::rc::Rc;

use self::header::{Header as Fields, Signal, malformed};
use self::track::SignalTrack;
use super::ReadSeek;
use super::assemble::{Layout, Offer};
use super::bytes::Bytes;
use super::contents::StreamContents;
use super::follow::Follower;
use super::reading::Reading;
use super::weave::{Other, Weave, between, followed};
use crate::channel::{Channel, Quantity};
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::source::{Device, Header, Source};

/// Opens an EDF or BDF file.
pub(super) fn open(file: &str, reader: Box<dyn ReadSeek>, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let mut bytes = Bytes::new(reader)?;
    let fields = Rc::new(Fields::read(&mut bytes)?);
    let layout = layout(&fields, how)?;
    let rates = rates(&fields, &layout);
    if rates.contains(&0) || fields.record_s <= 0.0 {
        return Err(malformed(
            fields.format,
            "duration of a data record",
            "there is no time between samples".to_owned(),
        ));
    }
    let places = places(&fields, &layout, &rates);
    let (header, issues) = (header(file, &fields, &layout, &rates), issues(&fields, &bytes));
    let tracks = rates.iter().map(|rate| track(&fields, &layout, &bytes, *rate)).collect::<Result<Vec<_>, _>>()?;
    let mut tracks = tracks.into_iter();
    let lead = tracks.next().ok_or(Error::Empty)?;
    let others = tracks.zip(&rates[1..]).map(|(track, rate)| other(&fields, &layout, track, *rate)).collect();
    Ok(Box::new(Weave::new(header, layout, bytes, lead).with(others, places).known(issues)))
}

/// What the signals of a file are.
pub(super) fn contents(reader: Box<dyn ReadSeek>) -> Result<Vec<StreamContents>, Error> {
    let mut bytes = Bytes::new(reader)?;
    let fields = Fields::read(&mut bytes)?;
    let records = records(&fields, &bytes);
    Ok((1..).zip(&fields.signals).map(|(number, signal)| described(&fields, number, signal, records)).collect())
}

fn described(fields: &Fields, number: u32, signal: &Signal, records: u64) -> StreamContents {
    let rate_hz = if fields.record_s > 0.0 { signal.samples as f64 / fields.record_s } else { 0.0 };
    let unit = if signal.unit.is_empty() { String::new() } else { format!(" [{}]", signal.unit) };
    StreamContents {
        number,
        name: signal.label.clone(),
        kind: signal.transducer.clone(),
        format: format!("int{}", 8 * fields.format.width()),
        channels: vec![format!("{}{unit}", signal.label)],
        channel_count: 1,
        samples: records.saturating_mul(signal.samples),
        nominal_hz: rate_hz,
        ..StreamContents::default()
    }
}

/// Annotations are no columns; all else is.
fn layout(fields: &Fields, how: &Reading) -> Result<Layout, Error> {
    let unit = |signal: &Signal| Some(signal.unit.clone()).filter(|unit| !unit.is_empty());
    let named = |signal: &Signal| Offer { name: signal.label.clone(), unit: unit(signal) };
    let offer = |signal: &Signal| if signal.is_annotations() { Offer::named("annotations") } else { named(signal) };
    let layout = Layout::new(&fields.signals.iter().map(offer).collect::<Vec<_>>(), how)?;
    layout.check()?;
    Ok(layout)
}

/// Samples in a record of the signals that are read: of the force first, or else the fastest.
fn rates(fields: &Fields, layout: &Layout) -> Vec<u64> {
    let rate = |slot: &super::assemble::Slot| fields.signals[slot.index].samples;
    let mut rates: Vec<u64> = layout.slots.iter().map(rate).collect();
    rates.sort_unstable_by(|a, b| b.cmp(a));
    rates.dedup();
    let force = layout.slots.iter().filter(|slot| slot.channel.quantity == Quantity::Force).map(rate).max();
    rates.sort_by_key(|rate| Some(*rate) != force);
    rates
}

/// Indices of the signals of one rate, in the layout's order.
fn of_rate(fields: &Fields, layout: &Layout, rate: u64) -> Vec<usize> {
    layout.slots.iter().map(|slot| slot.index).filter(|index| fields.signals[*index].samples == rate).collect()
}

/// Track and column of each slot.
fn places(fields: &Fields, layout: &Layout, rates: &[u64]) -> Vec<(usize, usize)> {
    let place = |index: usize| {
        let track = rates.iter().position(|rate| fields.signals[index].samples == *rate).unwrap_or(0);
        let column = of_rate(fields, layout, rates[track]).iter().position(|other| *other == index);
        (track, column.unwrap_or(0))
    };
    layout.slots.iter().map(|slot| place(slot.index)).collect()
}

fn track(fields: &Rc<Fields>, layout: &Layout, bytes: &Bytes, rate: u64) -> Result<Box<SignalTrack>, Error> {
    let signals = of_rate(fields, layout, rate);
    Ok(Box::new(SignalTrack::new(Rc::clone(fields), records(fields, bytes), rate, &signals)?))
}

fn other(fields: &Fields, layout: &Layout, track: Box<SignalTrack>, rate: u64) -> Other {
    let slots = layout.slots.iter().filter(|slot| fields.signals[slot.index].samples == rate);
    let columns = slots.clone().map(|slot| between(slot.channel.quantity)).collect();
    let step_s = fields.record_s / rate as f64;
    Other { follower: Follower::new(track, columns), title: title(fields, layout, rate), step_s }
}

/// Names of the signals of one rate.
fn title(fields: &Fields, layout: &Layout, rate: u64) -> String {
    let names: Vec<&str> =
        of_rate(fields, layout, rate).into_iter().map(|index| fields.signals[index].label.as_str()).collect();
    names.join(", ")
}

fn header(file: &str, fields: &Fields, layout: &Layout, rates: &[u64]) -> Header {
    let hertz = |rate: u64| rate as f64 / fields.record_s;
    let time = Channel { name: "record".to_owned(), quantity: Quantity::Time, axis: None, unit: "s".to_owned() };
    let gaps = if fields.is_broken_up { ", with gaps" } else { "" };
    Header {
        file: file.to_owned(),
        format: format!("{}, records of {} s{gaps}", fields.format.word(), fields.record_s),
        channels: std::iter::once(time).chain(layout.channels()).collect(),
        unread: layout.unread(),
        notes: rates[1..]
            .iter()
            .map(|rate| followed(&title(fields, layout, *rate), hertz(*rate), hertz(rates[0])))
            .collect(),
        device: Device { name: fields.equipment.clone(), ..Device::default() },
    }
}

/// Whole records that are there.
fn records(fields: &Fields, bytes: &Bytes) -> u64 {
    let found = (bytes.len() - fields.bytes).checked_div(fields.record_bytes()).unwrap_or(0);
    fields.promised.map_or(found, |promised| promised.min(found))
}

fn issues(fields: &Fields, bytes: &Bytes) -> Vec<Issue> {
    let found = records(fields, bytes);
    let rest = (bytes.len() - fields.bytes).checked_rem(fields.record_bytes()).unwrap_or(0);
    let consequence = match fields.promised {
        Some(promised) if found < promised => format!("the file holds {found} of the {promised} records it promises"),
        None if rest > 0 => format!("the file ends within record {}, which was left out", found + 1),
        _ => return Vec::new(),
    };
    let end_s = found as f64 * fields.record_s;
    let lost = fields.promised.map_or(1, |promised| promised - found) as f64;
    let share = lost / (lost + found as f64);
    let at_end = Interval::new(end_s, end_s);
    vec![Issue { share, ..Issue::whole(IssueKind::LostRows, at_end, consequence) }]
}
