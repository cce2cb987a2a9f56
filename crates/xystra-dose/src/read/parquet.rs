//! Parquet: one column for each channel, read some thousands of rows at a time.
//!
//! Units stand in the names, in the metadata of the column (`unit`), or in that of the file (`Force_unit`, or `units` with an
//! object in JSON). A time type brings its own.

mod column;
mod file;
mod track;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_schema::Fields;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::errors::ParquetError;

use self::column::Leaf;
use self::file::File;
use self::track::Columns;
use super::ReadSeek;
use super::assemble::{Layout, Offer};
use super::bytes::Bytes;
use super::reading::Reading;
use super::weave::Weave;
use crate::channel::Quantity;
use crate::error::Error;
use crate::source::{Device, Header, Source};

/// Opens a Parquet file.
pub(super) fn open(file: &str, reader: Box<dyn ReadSeek>, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let reader = File::new(reader)?;
    let metadata = guarded(|| ArrowReaderMetadata::load(&reader, ArrowReaderOptions::new()))?;
    let leaves = column::leaves(metadata.schema().fields());
    let said = said(&metadata);
    let offers: Vec<Offer> = leaves.iter().map(|leaf| offer(leaf, &said)).collect();
    let layout = Layout::new(&offers, &with_clock(how, metadata.schema().fields(), &leaves))?;
    layout.check()?;
    let header = header(file, &metadata, &layout, &said);
    let time = layout.time()?;
    let columns = Columns {
        file: reader,
        time: leaves[time.index].clone(),
        second: time.factor,
        leaves: layout.slots.iter().map(|slot| leaves[slot.index].clone()).collect(),
        reader: None,
        zero: None,
        rows: 0,
        metadata,
    };
    let places = (0..layout.slots.len()).map(|column| (0, column)).collect();
    let nothing = Bytes::new(Box::new(std::io::Cursor::new(Vec::new())))?;
    Ok(Box::new(Weave::new(header, layout, nothing, Box::new(columns)).with(Vec::new(), places)))
}

/// Runs work of the parquet crate, which panics at some damaged files (found by fuzzing): that is an error too.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, Error> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| malformed(&error)),
        Err(_) => Err(malformed(&"the file is damaged")),
    }
}

/// The parquet crate's own complaint.
fn malformed(error: &impl Display) -> Error {
    Error::Malformed { format: "Parquet", place: "reading".to_owned(), fault: error.to_string() }
}

/// What the file's metadata says, in words.
fn said(metadata: &ArrowReaderMetadata) -> BTreeMap<String, String> {
    let pairs = metadata.metadata().file_metadata().key_value_metadata().into_iter().flatten();
    let pairs = pairs.filter(|pair| pair.key != "ARROW:schema" && pair.key != "pandas");
    let mut said: BTreeMap<String, String> =
        pairs.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect();
    let listed = said.get("units").and_then(|units| serde_json::from_str::<BTreeMap<String, String>>(units).ok());
    said.extend(listed.into_iter().flatten().map(|(name, unit)| (format!("{name}_unit"), unit)));
    said
}

/// A column as it is offered; one that holds no numbers has no name that means anything.
fn offer(leaf: &Leaf, said: &BTreeMap<String, String>) -> Offer {
    let unit = leaf.unit.clone().or_else(|| said.get(&format!("{}_unit", leaf.name)).cloned());
    if leaf.is_number { Offer { name: leaf.name.clone(), unit } } else { Offer::named(&format!("label {}", leaf.name)) }
}

/// With the first column whose type is a time as the clock, when no name says that it is one.
fn with_clock(how: &Reading, fields: &Fields, leaves: &[Leaf]) -> Reading {
    let is_time =
        |leaf: &&Leaf| super::column::parse(&leaf.name).is_some_and(|said| said.meaning.quantity == Quantity::Time);
    let stamp = leaves.iter().find(|leaf| column::is_stamp(fields, leaf));
    let mut how = how.clone();
    if let Some(stamp) = stamp.filter(|_| !leaves.iter().any(|leaf| is_time(&leaf)) && !how.map.contains_key("time")) {
        how.map.insert("time".to_owned(), stamp.name.clone());
    }
    how
}

fn header(file: &str, metadata: &ArrowReaderMetadata, layout: &Layout, said: &BTreeMap<String, String>) -> Header {
    let groups = metadata.metadata().num_row_groups();
    let notes = ["synthetic", "note", "notes", "comment"].iter().filter_map(|key| said.get(*key).cloned());
    let unread = layout.unread().into_iter().map(|name| name.strip_prefix("label ").unwrap_or(&name).to_owned());
    Header {
        file: file.to_owned(),
        format: format!("Parquet, {groups} row group{}", if groups == 1 { "" } else { "s" }),
        channels: layout.channels(),
        unread: unread.collect(),
        notes: notes.collect(),
        device: Device { name: said.get("device").cloned(), ..Device::default() },
    }
}
