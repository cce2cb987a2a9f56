//! Several tracks become one recording: the rows of the first, and beside each what the others say at its time.

use std::collections::HashMap;

use super::assemble::Layout;
use super::bytes::Bytes;
use super::follow::{Between, Follower};
use super::track::{Block, Track};
use crate::channel::Quantity;
use crate::constants::GAP;
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::samples::Samples;
use crate::source::{Header, Source};

/// A track that follows, with what reports say of it.
pub(super) struct Other {
    pub(super) follower: Follower,
    /// How reports name it.
    pub(super) title: String,
    /// Its usual step, s: how long it may be late or early.
    pub(super) step_s: f64,
}

/// A recording of several tracks.
pub(super) struct Weave {
    header: Header,
    layout: Layout,
    bytes: Bytes,
    lead: Box<dyn Track>,
    others: Vec<Other>,
    /// Where each slot of the layout is found: track (zero for the lead) and column.
    places: Vec<(usize, usize)>,
    /// What was found wrong before the first row.
    known: Vec<Issue>,
    rows: Rows,
}

/// What has happened since the last rewind.
#[derive(Debug, Default)]
struct Rows {
    given: u64,
    zero_s: Option<f64>,
    last_s: f64,
    lost: u64,
    /// From the first to the last row that was left out, s.
    lost_s: Option<(f64, f64)>,
    /// The last usable value of each slot.
    held: HashMap<usize, f64>,
}

impl Weave {
    pub(super) fn new(header: Header, layout: Layout, bytes: Bytes, lead: Box<dyn Track>) -> Self {
        let places = Vec::new();
        Self { header, layout, bytes, lead, others: Vec::new(), places, known: Vec::new(), rows: Rows::default() }
    }

    /// With tracks that follow, and the track and column of each slot.
    pub(super) fn with(mut self, others: Vec<Other>, places: Vec<(usize, usize)>) -> Self {
        (self.others, self.places) = (others, places);
        self
    }

    /// With what is known to be wrong.
    pub(super) fn known(mut self, issues: Vec<Issue>) -> Self {
        self.known = issues;
        self
    }

    /// Leaves out rows whose time or force is not usable, or that run back; sets time to begin at zero.
    fn clean(&mut self, block: &mut Block) {
        let force: Vec<usize> =
            self.columns(|quantity| quantity == Quantity::Force).map(|(_, column)| column).collect();
        let usable = |row: usize| force.iter().all(|column| block.columns[*column][row].is_finite());
        let keep: Vec<bool> = (0..block.len()).map(|row| self.rows.keep(block.time_s[row], usable(row))).collect();
        block.retain(&keep);
        for (slot, column) in self.columns(|quantity| quantity != Quantity::Force).collect::<Vec<_>>() {
            self.rows.hold(slot, &mut block.columns[column]);
        }
    }

    /// Slots of the lead and their columns in it.
    fn columns(&self, is_wanted: impl Fn(Quantity) -> bool) -> impl Iterator<Item = (usize, usize)> {
        let places = self.places.iter().enumerate().filter(|(_, (track, _))| *track == 0);
        let wanted = places.filter(move |(slot, _)| is_wanted(self.layout.slots[*slot].channel.quantity));
        wanted.map(|(slot, (_, column))| (slot, *column))
    }

    fn samples(&mut self, block: Block) -> Result<Samples, Error> {
        let mut tracks = vec![block.columns];
        for other in &mut self.others {
            tracks.push(other.follower.at(&mut self.bytes, &block.time_s)?);
        }
        let zero_s = *self.rows.zero_s.get_or_insert(block.time_s[0]);
        let time_s = block.time_s.iter().map(|time_s| time_s - zero_s).collect();
        let at = |slot: usize| self.places[slot];
        Ok(self.layout.samples(time_s, |slot, row| tracks[at(slot).0][at(slot).1][row]))
    }
}

impl Source for Weave {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_samples(&mut self) -> Result<Option<Samples>, Error> {
        while let Some(mut block) = self.lead.next_block(&mut self.bytes)? {
            self.clean(&mut block);
            if block.len() > 0 {
                return self.samples(block).map(Some);
            }
        }
        self.rows.check().map(|()| None)
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.lead.rewind();
        self.others.iter_mut().for_each(|other| other.follower.rewind());
        self.rows = Rows::default();
        Ok(())
    }

    fn issues(&self) -> Vec<Issue> {
        let zero_s = self.rows.zero_s.unwrap_or(0.0);
        let others = self.others.iter().flat_map(|other| other.issues(zero_s, self.rows.last_s));
        self.known.iter().cloned().chain(self.rows.issue()).chain(others).collect()
    }

    fn progress(&self) -> Option<f64> {
        Some(self.lead.progress(&self.bytes))
    }
}

impl Rows {
    /// Is the next row one to keep?
    fn keep(&mut self, time_s: f64, is_usable: bool) -> bool {
        let is_kept = is_usable && time_s.is_finite() && (self.given == 0 || time_s >= self.last_s);
        if is_kept {
            (self.last_s, self.given) = (time_s, self.given + 1);
        } else {
            let at_s = if time_s.is_finite() { time_s } else { self.last_s };
            self.lost_s = Some(self.lost_s.map_or((at_s, at_s), |(from, to)| (from.min(at_s), to.max(at_s))));
            self.lost += 1;
        }
        is_kept
    }

    /// A recording is one when most of its rows are usable.
    fn check(&self) -> Result<(), Error> {
        let fault = format!("{} of {} rows have no force or run back in time", self.lost, self.lost + self.given);
        match (self.given, self.lost) {
            (0, 0) => Err(Error::Empty),
            (given, lost) if lost > given => {
                Err(Error::Malformed { format: "recording", place: "rows".to_owned(), fault })
            }
            _ => Ok(()),
        }
    }

    /// Puts the last usable value where there is none.
    fn hold(&mut self, slot: usize, values: &mut [f64]) {
        let held = self.held.entry(slot).or_insert(0.0);
        for value in values {
            if value.is_finite() { *held = *value } else { *value = *held }
        }
    }

    fn issue(&self) -> Option<Issue> {
        let (from_s, to_s) = self.lost_s?;
        let zero_s = self.zero_s.unwrap_or(from_s);
        let share = self.lost as f64 / (self.lost + self.given) as f64;
        let consequence =
            format!("{} rows whose force is not a number or whose time runs back were left out", self.lost);
        let extent = Interval::new((from_s - zero_s).max(0.0), (to_s - zero_s).max(0.0));
        Some(Issue { share, ..Issue::whole(IssueKind::LostRows, extent, consequence) })
    }
}

impl Other {
    /// Where the track has nothing to say.
    fn issues(&self, zero_s: f64, last_s: f64) -> Vec<Issue> {
        let outside = self.follower.outside;
        let issue = |rows: u64, from_s: f64, to_s: f64| {
            let consequence = "the track has no samples here: its nearest values are held, and motion is not known";
            let extent = Interval::new(from_s - zero_s, to_s - zero_s);
            let share = rows as f64 / outside.asked as f64;
            let channel = Some(self.title.clone());
            let is_long = extent.duration_s() > GAP.value.max(self.step_s);
            (rows > 0 && is_long).then(|| Issue { channel, share, ..Issue::whole(IssueKind::Gap, extent, consequence) })
        };
        let early = issue(outside.early, zero_s, outside.early_until_s);
        early.into_iter().chain(issue(outside.late, outside.late_from_s, last_s)).collect()
    }
}

/// How a column of a quantity is found between two rows.
pub(super) fn between(quantity: Quantity) -> Between {
    match quantity {
        Quantity::Orientation | Quantity::Angle => Between::Nearest,
        _ => Between::Linear,
    }
}

/// What a track of `own_hz` loses on a clock of `lead_hz`, in words.
pub(super) fn followed(title: &str, own_hz: f64, lead_hz: f64) -> String {
    let lost =
        if own_hz > lead_hz { format!("; what lies above {:.1} Hz is lost", lead_hz / 2.0) } else { String::new() };
    format!("{title} at {own_hz:.1} Hz is interpolated onto the force's clock at {lead_hz:.1} Hz{lost}")
}
