//! Which columns are read: by what they say, and by what the user says of them.

use super::{Offer, Slot, example};
use crate::channel::{Axis, Channel, Quantity};
use crate::error::Error;
use crate::read::reading::{Meaning, Reading};
use crate::read::{column, unit};

/// A column that may be read.
struct Candidate {
    index: usize,
    name: String,
    meaning: Meaning,
    /// Units that the file states for it, in its name and elsewhere.
    stated: Vec<String>,
    is_mapped: bool,
}

/// What is known of a candidate's unit.
enum Unit {
    Known { text: String, factor: f64 },
    Unknown(String),
    Missing,
}

pub(super) fn slots(offers: &[Offer], how: &Reading) -> Result<Vec<Slot>, Error> {
    let mut slots = Vec::new();
    let mapped = mapped(offers, how)?;
    for quantity in Quantity::all() {
        let mut candidates: Vec<&Candidate> = mapped.iter().filter(|c| c.meaning.quantity == quantity).collect();
        let said = said(offers, quantity);
        if candidates.is_empty() {
            candidates = said.iter().filter(|c| !mapped.iter().any(|taken| taken.index == c.index)).collect();
        }
        slots.extend(of_quantity(quantity, &candidates, how)?);
    }
    let is_turned = slots.iter().any(|slot: &Slot| slot.channel.quantity == Quantity::Orientation);
    slots.retain(|slot| !is_turned || slot.channel.quantity != Quantity::Angle);
    Ok(slots)
}

/// The columns that the user maps.
fn mapped(offers: &[Offer], how: &Reading) -> Result<Vec<Candidate>, Error> {
    let one = |(words, wanted): (&String, &String)| {
        let meaning: Meaning = words.parse()?;
        let index = find(offers, wanted).ok_or_else(|| no_such_column(words, wanted, offers))?;
        let name = &offers[index].name;
        if column::is_label(name) {
            return Err(Error::LabelColumn { column: name.clone() });
        }
        let in_name = column::parse(name).and_then(|said| said.unit);
        let in_name = in_name.or_else(|| column::parted(name).1.map(str::to_owned));
        Ok(Candidate { is_mapped: true, ..candidate(index, &offers[index], meaning, in_name) })
    };
    how.map.iter().map(one).collect()
}

/// The column of that name: as written, or but for case and unit.
fn find(offers: &[Offer], wanted: &str) -> Option<usize> {
    let bare = |name: &str| column::parted(name.trim()).0.to_lowercase();
    let exact = offers.iter().position(|offer| offer.name.trim() == wanted.trim());
    exact.or_else(|| offers.iter().position(|offer| bare(&offer.name) == wanted.trim().to_lowercase()))
}

fn no_such_column(meaning: &str, column: &str, offers: &[Offer]) -> Error {
    let names: Vec<&str> = offers.iter().map(|offer| offer.name.as_str()).collect();
    let columns = names.join(", ").chars().take(super::SHOWN).collect();
    Error::NoSuchColumn { meaning: meaning.to_owned(), column: column.to_owned(), columns }
}

/// The columns whose name says that they are of `quantity`.
fn said(offers: &[Offer], quantity: Quantity) -> Vec<Candidate> {
    let one = |(index, offer): (usize, &Offer)| {
        let said = said_with(offer)?;
        (said.meaning.quantity == quantity).then(|| candidate(index, offer, said.meaning, said.unit))
    };
    offers.iter().enumerate().filter_map(one).collect()
}

/// What a name says; a name that needs its unit to say anything is read with the unit stated elsewhere.
fn said_with(offer: &Offer) -> Option<column::Said> {
    let with_unit = || {
        let said = column::parse(&format!("{} [{}]", offer.name, offer.unit.as_ref()?))?;
        Some(column::Said { unit: None, ..said })
    };
    column::parse(&offer.name).or_else(with_unit)
}

fn candidate(index: usize, offer: &Offer, meaning: Meaning, in_name: Option<String>) -> Candidate {
    let stated = in_name.into_iter().chain(offer.unit.clone()).collect();
    Candidate { index, name: offer.name.clone(), meaning, stated, is_mapped: false }
}

fn of_quantity(quantity: Quantity, candidates: &[&Candidate], how: &Reading) -> Result<Vec<Slot>, Error> {
    let is_needed = matches!(quantity, Quantity::Time | Quantity::Force);
    let (mut clear, mut unclear) = (Vec::new(), Vec::new());
    for candidate in candidates {
        match candidate.unit(how)? {
            Unit::Known { text, factor } => clear.push(candidate.slot(text, factor)),
            Unit::Unknown(text) => unclear.push((candidate, candidate.unknown(&text))),
            Unit::Missing => unclear.push((candidate, candidate.missing())),
        }
    }
    let chosen = match quantity {
        // Several clocks tell the same time: the first will do.
        Quantity::Time => clear.into_iter().take(1).collect(),
        Quantity::Force => match (force(&clear), unclear.iter().position(|(candidate, _)| candidate.may_be_normal())) {
            // The axis that seems to be missing is there, without its unit.
            (Err(Error::MissingNormal { .. }), Some(at)) => return Err(unclear.swap_remove(at).1),
            (force, _) => force?,
        },
        Quantity::Position => some_of(&clear, 2, &[Axis::X, Axis::Y, Axis::Z])?,
        Quantity::Orientation => some_of(&clear, 4, &[Axis::W, Axis::X, Axis::Y, Axis::Z])?,
        Quantity::Angle => some_of(&clear, 3, &[Axis::Yaw, Axis::Pitch, Axis::Roll])?,
        _ => some_of(&clear, 3, &[Axis::X, Axis::Y, Axis::Z])?,
    };
    // A column that is not clear matters when nothing else gives what it would.
    let gives = |axis: Option<Axis>| chosen.iter().any(|slot: &Slot| axis.is_none() || slot.channel.axis == axis);
    let matters = |candidate: &Candidate| (is_needed || candidate.is_mapped) && !gives(candidate.meaning.axis);
    match unclear.into_iter().find(|(candidate, _)| matters(candidate)) {
        Some((_, error)) => Err(error),
        None => Ok(chosen),
    }
}

/// The force columns: z at least, with x and y if there are any, or else the only one there is.
fn force(clear: &[Slot]) -> Result<Vec<Slot>, Error> {
    let axes = some_of(clear, 1, &[Axis::X, Axis::Y, Axis::Z])?;
    let has_z = axes.iter().any(|slot| slot.channel.axis == Some(Axis::Z));
    match (has_z, clear) {
        (true, _) => Ok(axes),
        (false, [only]) => Ok(vec![only.clone()]),
        (false, []) => Ok(Vec::new()),
        (false, [first, second, ..]) => match (first.channel.axis, second.channel.axis) {
            (None, None) => Err(double(first, second)),
            _ => Err(Error::MissingNormal { first: first.channel.name.clone(), second: second.channel.name.clone() }),
        },
    }
}

/// The columns along `axes`; nothing when fewer than `needed` of them exist.
fn some_of(clear: &[Slot], needed: usize, axes: &[Axis]) -> Result<Vec<Slot>, Error> {
    let mut found = Vec::new();
    for axis in axes {
        let mut of_axis = clear.iter().filter(|slot| slot.channel.axis == Some(*axis));
        match (of_axis.next(), of_axis.next()) {
            (Some(first), Some(second)) => return Err(double(first, second)),
            (Some(only), None) => found.push(only.clone()),
            (None, _) => {}
        }
    }
    Ok(if found.len() < needed { Vec::new() } else { found })
}

fn double(first: &Slot, second: &Slot) -> Error {
    let (quantity, axis) = (second.channel.quantity, second.channel.axis);
    let axis = axis.map_or(String::new(), |axis| format!(".{axis:?}").to_lowercase());
    Error::DuplicateColumn {
        first: first.channel.name.clone(),
        second: second.channel.name.clone(),
        what: format!("{quantity}{axis}"),
    }
}

impl Candidate {
    fn may_be_normal(&self) -> bool {
        matches!(self.meaning.axis, None | Some(Axis::Z))
    }

    fn unit(&self, how: &Reading) -> Result<Unit, Error> {
        let quantity = self.meaning.quantity;
        if quantity == Quantity::Orientation && self.stated.is_empty() {
            return Ok(Unit::Known { text: quantity.si().to_owned(), factor: 1.0 });
        }
        let said = how.units.get(quantity.word());
        if let Some(said) = said.filter(|said| unit::factor(quantity, said).is_none()) {
            return Err(self.unknown(said));
        }
        let all: Vec<&String> = self.stated.iter().chain(said).collect();
        let known = all.iter().filter_map(|text| Some(((*text).clone(), unit::factor(quantity, text)?)));
        let known: Vec<(String, f64)> = known.collect();
        if let Some((other, _)) = known.iter().find(|(_, factor)| (factor / known[0].1 - 1.0).abs() > 1e-9) {
            return Err(self.conflict(&known[0].0, other));
        }
        Ok(match (known.into_iter().next(), self.stated.first()) {
            (Some((text, factor)), _) => Unit::Known { text, factor },
            (None, Some(text)) if !text.is_empty() => Unit::Unknown(text.clone()),
            (None, _) => Unit::Missing,
        })
    }

    fn slot(&self, unit: String, factor: f64) -> Slot {
        let Meaning { quantity, axis } = self.meaning;
        Slot { index: self.index, channel: Channel { name: self.name.clone(), quantity, axis, unit }, factor }
    }

    fn unknown(&self, text: &str) -> Error {
        let quantity = self.meaning.quantity;
        Error::UnknownUnit {
            column: self.name.clone(),
            unit: text.to_owned(),
            quantity: quantity.word(),
            known: quantity.known_units(),
            hint: unit::hint(quantity),
        }
    }

    fn missing(&self) -> Error {
        let quantity = self.meaning.quantity;
        Error::MissingUnit {
            column: self.name.clone(),
            quantity: quantity.word(),
            hint: unit::hint(quantity),
            example: example(quantity),
        }
    }

    fn conflict(&self, first: &str, second: &str) -> Error {
        Error::UnitConflict { column: self.name.clone(), first: first.to_owned(), second: second.to_owned() }
    }
}
