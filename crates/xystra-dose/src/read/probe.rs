//! What the first rows of a table say beyond its names: decimal mark, kind of stamps, pattern of blanks.

use super::assemble::{Layout, Offer};
use super::dialect::{Delimiter, is_comment, text};
use super::head::{Head, bare};
use super::reading::Reading;
use super::{column, stamp, unit};
use crate::channel::Quantity;

/// How many rows are looked at.
const ROWS: usize = 500;

/// Ends of the digits before the decimal mark of a stamp since 1970, and the unit that they leave.
const EPOCHS: [(usize, &str); 4] = [(10, "s"), (13, "ms"), (16, "us"), (19, "ns")];

/// The first rows, cell by cell.
pub(super) struct Probe {
    rows: Vec<Vec<String>>,
}

impl Probe {
    /// The first rows of `block`, which begins behind the head.
    pub(super) fn of(block: &[u8], delimiter: Delimiter) -> Self {
        let lines = block.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end);
        let content = lines.filter(|line| !line.trim_ascii().is_empty() && !is_comment(line));
        Self { rows: content.take(ROWS).map(|line| delimiter.texts(&text(line))).collect() }
    }

    /// Cells of a usual row: as many as there are names, unless all rows end with an empty one more or less.
    pub(super) fn width(&self, names: &[String]) -> usize {
        let first = self.rows.first().map_or(names.len(), Vec::len);
        let is_usual = bare(names) <= first && self.rows.first().is_some_and(|row| bare(row) <= names.len());
        if is_usual { first } else { names.len() }
    }

    /// The decimal mark of the cells that are read, when they show one.
    pub(super) fn mark(&self, layout: &Layout, delimiter: Delimiter) -> Option<u8> {
        if delimiter == Delimiter::Mark(b',') {
            return Some(b'.');
        }
        let columns: Vec<usize> = layout.slots.iter().chain(layout.time().ok()).map(|slot| slot.index).collect();
        let cells = self.rows.iter().flat_map(|row| columns.iter().filter_map(|column| row.get(*column)));
        let numbers = cells.filter(|cell| stamp::date_time(cell).is_none());
        numbers.flat_map(|cell| cell.bytes()).find(|byte| matches!(byte, b',' | b'.'))
    }

    /// Gives the clock's columns that do not state their unit the one that their stamps can only have; in words, what was seen.
    pub(super) fn clocks(&self, offers: &mut [Offer], how: &Reading) -> Vec<String> {
        let mapped = how.map.get("time").map(String::as_str);
        let mut seen = Vec::new();
        for (index, offer) in offers.iter_mut().enumerate() {
            let said = column::parse(&offer.name);
            let is_clock = said.as_ref().is_some_and(|said| said.meaning.quantity == Quantity::Time);
            let is_silent = said.and_then(|said| said.unit).is_none() && offer.unit.is_none();
            if !is_clock && mapped != Some(offer.name.as_str()) {
                continue;
            }
            if self.is_dated(index) {
                offer.unit = Some(unit::DATE_TIME.to_owned());
                seen.push("dates and times".to_owned());
            } else if let Some((digits, unit)) =
                self.epoch(index).filter(|_| is_silent && !how.units.contains_key("time"))
            {
                offer.unit = Some(unit.to_owned());
                seen.push(format!("{:?} counts {unit} since 1970 by its {digits} digits", offer.name));
            }
        }
        seen
    }

    /// Do rows without a force only say that motion is recorded more often? Then they all hold motion, and either force comes in a
    /// regular pattern or its rows hold no motion.
    pub(super) fn is_woven(&self, layout: &Layout) -> bool {
        let (force, motion): (Vec<_>, Vec<_>) =
            layout.slots.iter().partition(|slot| slot.channel.quantity == Quantity::Force);
        let has = |row: &Vec<String>, slots: &[&super::assemble::Slot]| {
            slots.iter().any(|slot| row.get(slot.index).is_some_and(|cell| !cell.is_empty()))
        };
        let at: Vec<usize> = (0..self.rows.len()).filter(|row| has(&self.rows[*row], &force)).collect();
        let steps: Vec<usize> = at.windows(2).map(|w| w[1] - w[0]).collect();
        let (Some(least), Some(most)) = (steps.iter().min(), steps.iter().max()) else { return false };
        let others_move = self.rows.iter().all(|row| has(row, &force) || has(row, &motion));
        let is_apart = at.iter().all(|row| !has(&self.rows[*row], &motion));
        others_move && at.len() < self.rows.len() && (*least > 1 && most - least <= 1 || is_apart)
    }

    fn is_dated(&self, column: usize) -> bool {
        let cells: Vec<&String> = self.rows.iter().take(3).filter_map(|row| row.get(column)).collect();
        !cells.is_empty() && cells.iter().all(|cell| stamp::date_time(cell).is_some())
    }

    /// Digits and unit of stamps since 1970 whose steps are those of a recording.
    fn epoch(&self, column: usize) -> Option<(usize, &'static str)> {
        let stamps: Vec<&str> = self.rows.iter().filter_map(|row| row.get(column)).map(String::as_str).collect();
        let digits = |stamp: &str| stamp.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) =
            EPOCHS.into_iter().find(|(count, _)| stamps.first().is_some_and(|stamp| digits(stamp) == *count))?;
        let factor = unit::factor(Quantity::Time, unit)?;
        let whole: Vec<f64> = stamps.iter().filter_map(|stamp| stamp.replace(',', ".").parse().ok()).collect();
        let mut steps: Vec<f64> = whole.windows(2).map(|w| (w[1] - w[0]) * factor).filter(|step| *step > 0.0).collect();
        steps.sort_by(f64::total_cmp);
        let usual_s = steps.get(steps.len() / 2)?;
        (stamps.iter().all(|stamp| digits(stamp) == count) && *usual_s <= 1.0).then_some((count, unit))
    }
}

/// What a table's head offers: names, and the units that stand elsewhere.
pub(super) fn offers(head: &Head, all_units: &[String], units: &[(Quantity, String)]) -> Vec<Offer> {
    let in_order = if all_units.len() == head.names.len() { Some(all_units) } else { None };
    let one = |(index, name): (usize, &String)| {
        let below = head.units.as_deref().or(in_order).and_then(|units| units.get(index));
        let below = below.filter(|unit| !matches!(unit.as_str(), "" | "-")).cloned();
        let said = column::parse(name);
        let of_quantity =
            |quantity: Quantity| units.iter().find(|(of, _)| *of == quantity).map(|(_, unit)| unit.clone());
        let by_quantity = said.and_then(|said| of_quantity(said.meaning.quantity));
        Offer { name: name.clone(), unit: below.or(by_quantity) }
    };
    head.names.iter().enumerate().map(one).collect()
}
