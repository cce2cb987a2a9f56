//! What goes wrong on purpose, and where.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::chance::{Chance, Stream};
use super::emulation::Emulation;
use super::plan::Plan;
use super::sensor::clip;
use super::table::{Column, Table};
use super::truth::Planted;
use crate::channel::{Axis, Quantity};
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::IssueKind;

/// One thing that goes wrong; where is drawn from the seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// Rows are missing for 0.4 to 1.5 s.
    Gap,
    /// The clock's steps vary by almost half throughout.
    Jitter,
    /// The clock starts again at zero midway.
    ClockReset,
    /// The normal force repeats one value for 0.4 to 0.8 s of a contact.
    Frozen,
    /// The sensor's range ends a tenth below the strongest stroke.
    Saturated,
    /// Five single samples lie far from their neighbours.
    Spikes,
    /// One axis of force across the tool is not written.
    MissingAxis,
    /// One axis of force across the tool always shows the same.
    Silent,
    /// The normal force drifts by 1 N and a tenth of the strokes' force through the recording.
    Drift,
    /// Rows without a force for 0.3 s.
    LostRows,
}

/// Every fault, its word, and what the pipeline calls it.
const FAULTS: [(Fault, &str, IssueKind); 10] = [
    (Fault::Gap, "gap", IssueKind::Gap),
    (Fault::Jitter, "jitter", IssueKind::IrregularClock),
    (Fault::ClockReset, "clock-reset", IssueKind::ClockReset),
    (Fault::Frozen, "frozen", IssueKind::Frozen),
    (Fault::Saturated, "saturated", IssueKind::Saturated),
    (Fault::Spikes, "spikes", IssueKind::Spike),
    (Fault::MissingAxis, "missing-axis", IssueKind::MissingAxis),
    (Fault::Silent, "silent", IssueKind::Silent),
    (Fault::Drift, "drift", IssueKind::Drift),
    (Fault::LostRows, "lost-rows", IssueKind::LostRows),
];

/// How far the normal force drifts, N, and as a share of the strokes' force.
const DRIFT: (f64, f64) = (1.0, 0.1);
/// Share of the strongest stroke that a saturated sensor's range holds.
const IN_RANGE: f64 = 0.9;
/// Single samples that are thrown off.
const SPIKES: u64 = 5;

impl Fault {
    /// All, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        FAULTS.iter().map(|row| row.0)
    }

    /// What the pipeline calls it.
    pub fn kind(self) -> IssueKind {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, IssueKind) {
        FAULTS.iter().find(|row| row.0 == self).expect("every fault has its row")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().1)
    }
}

impl FromStr for Fault {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let known = "gap, jitter, clock-reset, frozen, saturated, spikes, missing-axis, silent, drift, lost-rows";
        let unknown = || Error::UnknownWord { word: word.to_owned(), what: "fault", known };
        Self::all().find(|fault| fault.to_string() == word).ok_or_else(unknown)
    }
}

/// Spoils `table` by the emulation's faults and says where.
pub(super) fn plant(emulation: &Emulation, plan: &Plan, table: &mut Table) -> Vec<Planted> {
    let chance = Chance::new(emulation.seed, Stream::Fault);
    let planter = Planter { emulation, plan, chance };
    // A row that is lost or a clock that jumps moves the samples after it: such faults come last.
    let (late, early): (Vec<Fault>, Vec<Fault>) =
        emulation.faults.iter().partition(|fault| matches!(fault, Fault::Gap | Fault::ClockReset));
    early.into_iter().chain(late).flat_map(|fault| planter.plant(fault, table)).collect()
}

struct Planter<'a> {
    emulation: &'a Emulation,
    plan: &'a Plan,
    chance: Chance,
}

impl Planter<'_> {
    fn plant(&self, fault: Fault, table: &mut Table) -> Vec<Planted> {
        let whole = |kind| vec![Planted::all(kind, 0.0, self.plan.duration_s)];
        match fault {
            Fault::Gap => self.lose(table),
            Fault::Jitter => whole(IssueKind::IrregularClock),
            Fault::ClockReset => self.reset(table),
            Fault::Frozen => self.freeze(table),
            Fault::Saturated => self.saturate(table),
            Fault::Spikes => self.throw(table),
            Fault::MissingAxis => {
                table.columns.retain(|c| c.quantity != Quantity::Force || c.axis != self.across());
                whole(IssueKind::MissingAxis)
            }
            Fault::Silent => self.silence(table),
            Fault::Drift => {
                self.drift(table);
                whole(IssueKind::Drift)
            }
            Fault::LostRows => self.blank(table),
        }
    }

    /// A stretch of `length_s` that begins in the middle four fifths of the recording.
    fn anywhere(&self, number: u64, length_s: f64) -> Interval {
        let start_s = self.chance.between(number, 0.1, 0.9) * (self.plan.duration_s - length_s);
        Interval::new(start_s, start_s + length_s)
    }

    fn lose(&self, table: &mut Table) -> Vec<Planted> {
        let extent = self.anywhere(0, self.chance.between(1, 0.4, 1.5));
        let lost = within(&table.time_s, &extent);
        // The clock shows the gap from the last sample before it to the first one after.
        let gap = Planted::all(IssueKind::Gap, table.time_s[lost.start.saturating_sub(1)], extent.end_s);
        table.lose(|i| lost.contains(&i));
        vec![gap]
    }

    fn reset(&self, table: &mut Table) -> Vec<Planted> {
        let at = within(&table.time_s, &self.anywhere(2, 0.1)).start;
        let reset_s = table.time_s[at];
        table.time_s[at..].iter_mut().for_each(|t| *t -= reset_s);
        vec![Planted::all(IssueKind::ClockReset, reset_s, reset_s)]
    }

    fn freeze(&self, table: &mut Table) -> Vec<Planted> {
        let longest = self.plan.contacts.iter().max_by(|a, b| a.extent.duration_s().total_cmp(&b.extent.duration_s()));
        let Some(contact) = longest else { return Vec::new() };
        let length_s = self.chance.between(3, 0.4, 0.8).min(0.9 * contact.extent.duration_s());
        let start_s = self.chance.between(4, contact.extent.start_s.max(0.1), contact.extent.end_s - length_s);
        let held = within(&table.time_s, &Interval::new(start_s, start_s + length_s));
        let (from_s, to_s) = (table.time_s[held.start], table.time_s[held.end - 1]);
        let normal = self.normal();
        for column in force(table, normal) {
            let value = column[held.start];
            column[held.clone()].fill(value);
        }
        vec![Planted::channel(IssueKind::Frozen, normal, from_s, to_s)]
    }

    /// The end of the range lies on the side to which pressing moves the reading.
    fn saturate(&self, table: &mut Table) -> Vec<Planted> {
        let sensor = &self.emulation.sensor;
        let rest_n = sensor.bias_n[sensor.normal_axis];
        let Table { time_s, columns } = table;
        let normal = columns.iter_mut().find(|c| c.quantity == Quantity::Force && c.axis == self.normal());
        let Some(column) = normal else { return Vec::new() };
        let most = |sign: f64| column.values.iter().map(|value| sign * (value - rest_n)).fold(0.0, f64::max);
        let range_n = if sensor.presses_up {
            (f64::NEG_INFINITY, rest_n + IN_RANGE * most(1.0))
        } else {
            (rest_n - IN_RANGE * most(-1.0), f64::INFINITY)
        };
        clip(column, time_s, range_n)
    }

    fn throw(&self, table: &mut Table) -> Vec<Planted> {
        let (normal, far_n) = (self.normal(), 20.0 + 5.0 * self.emulation.hand.force_n);
        let places: Vec<usize> =
            (0..SPIKES).map(|k| within(&table.time_s, &self.anywhere(10 + k, 0.1)).start).collect();
        let times = places.iter().map(|i| table.time_s[*i]);
        let spikes = times.map(|t| Planted::channel(IssueKind::Spike, normal, t, t)).collect();
        for column in force(table, normal) {
            places.iter().enumerate().for_each(|(k, i)| column[*i] += if k % 2 == 0 { far_n } else { -far_n });
        }
        spikes
    }

    fn silence(&self, table: &mut Table) -> Vec<Planted> {
        let across = self.across();
        force(table, across).for_each(|column| column.fill(0.0));
        vec![Planted::channel(IssueKind::Silent, across, 0.0, self.plan.duration_s)]
    }

    fn drift(&self, table: &mut Table) {
        let far_n = DRIFT.0 + DRIFT.1 * self.emulation.hand.force_n;
        let Table { time_s, columns } = table;
        let normal = columns.iter_mut().find(|c| c.quantity == Quantity::Force && c.axis == self.normal());
        for (value, time_s) in normal.into_iter().flat_map(|column| &mut column.values).zip(time_s) {
            *value += far_n * *time_s / self.plan.duration_s;
        }
    }

    fn blank(&self, table: &mut Table) -> Vec<Planted> {
        let extent = self.anywhere(5, 0.3);
        let lost = within(&table.time_s, &extent);
        for column in table.columns.iter_mut().filter(|column| column.quantity == Quantity::Force) {
            column.values[lost.clone()].fill(f64::NAN);
        }
        vec![Planted::all(IssueKind::LostRows, extent.start_s, extent.end_s)]
    }

    fn normal(&self) -> Axis {
        [Axis::X, Axis::Y, Axis::Z][self.emulation.sensor.normal_axis.min(2)]
    }

    fn across(&self) -> Axis {
        if self.emulation.sensor.normal_axis == 0 { Axis::Z } else { Axis::X }
    }
}

/// The force along `axis`, if it is written.
fn force(table: &mut Table, axis: Axis) -> impl Iterator<Item = &mut [f64]> {
    let is_it = move |column: &&mut Column| column.quantity == Quantity::Force && column.axis == axis;
    table.columns.iter_mut().filter(is_it).map(|column| column.values.as_mut_slice())
}

/// The samples within `extent`, one at least.
fn within(time_s: &[f64], extent: &Interval) -> Range<usize> {
    let first = time_s.partition_point(|t| *t < extent.start_s).min(time_s.len() - 1);
    let last = time_s.partition_point(|t| *t < extent.end_s);
    first..last.max(first + 1)
}
