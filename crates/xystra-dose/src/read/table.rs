//! Tables of text, read block by block.

use super::Reading;
use super::assemble::{Layout, Offer};
use super::dialect::Delimiter;
use super::facts::{self, Facts};
use super::head::Head;
use super::holes::Holes;
use super::lines::Lines;
use super::lost::Lost;
use super::probe::{Probe, offers};
use super::row::{Line, Plan, Rows};
use super::svc::{self, Count};
use super::timeline::Timeline;
use crate::error::Error;
use crate::quality::{Issue, IssueKind};
use crate::samples::Samples;
use crate::source::{Header, Source};

/// How many samples are given at once.
const SAMPLES: usize = 8192;

/// Names of columns that count samples.
const COUNTERS: [&str; 8] = ["sample", "samples", "index", "sampleindex", "samplenumber", "sampleno", "n", "i"];

/// A table of text as a source.
struct Table {
    header: Header,
    layout: Layout,
    plan: Plan,
    timeline: Timeline,
    lines: Lines,
    /// Where the rows begin.
    head: (usize, u64),
    rows: Rows,
    holes: Holes,
    lost: Lost,
    /// Rows without a force are no fault: motion is recorded at other times.
    is_woven: bool,
    /// The last line, which the end of the file cuts.
    cut: Lost,
    /// What a pen's file says of its rows.
    count: Option<Count>,
    is_given: bool,
}

/// Opens a table: reads its head, and what the first rows say.
///
/// # Errors
/// Those of the head, the names and the units.
pub(super) fn open(file: &str, mut lines: Lines, how: &Reading) -> Result<Box<dyn Source>, Error> {
    lines.more()?;
    let (block, length) = lines.at_hand();
    let head = Head::of(&block[..length], how)?;
    let how = if head.pen_rows.is_some() { &svc::reading(how)? } else { how };
    let facts = facts::of(&head.notes);
    let mut offers = offers(&head, &facts.all_units, &facts.units);
    let probe = Probe::of(&block[head.bytes..length], head.delimiter);
    let mut seen = probe.clocks(&mut offers, how);
    let (layout, timeline) = clocked(&mut offers, how, &facts, &mut seen)?;
    layout.check()?;
    let mark = probe.mark(&layout, head.delimiter);
    let plan = Plan::new(head.delimiter, &head.names, probe.width(&head.names), &layout, mark);
    let is_woven = probe.is_woven(&layout);
    let header = header(file, &head, &layout, facts, &words(&head, mark, &seen), is_woven);
    let mut table = Table {
        header,
        plan,
        timeline,
        head: (head.bytes, head.lines),
        rows: Rows::default(),
        holes: Holes::new(&layout),
        lost: Lost::new(IssueKind::LostRows, "rows without a force were left out: what was pressed there is not known"),
        is_woven,
        cut: Lost::new(IssueKind::LostRows, "row was left out: the file ends in the middle of it"),
        count: head.pen_rows.map(Count::new),
        is_given: false,
        layout,
        lines,
    };
    table.rewind()?;
    Ok(Box::new(table))
}

/// The layout with its clock: a column of time, or else of sample numbers or the rows themselves at a stated rate.
fn clocked(
    offers: &mut [Offer],
    how: &Reading,
    facts: &Facts,
    seen: &mut Vec<String>,
) -> Result<(Layout, Timeline), Error> {
    let layout = Layout::new(offers, how)?;
    let missing = match (layout.time(), facts.rate_hz) {
        (Ok(time), _) => {
            let timeline = Timeline::new(&time.channel.name, time.factor);
            return Ok((layout, timeline));
        }
        (Err(missing), None) => return Err(missing),
        (Err(_), Some(rate_hz)) => rate_hz,
    };
    seen.push(format!("clock by the stated rate of {missing} Hz"));
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let Some(counter) = offers.iter_mut().find(|offer| COUNTERS.contains(&plain(&offer.name).as_str())) else {
        return Ok((layout, Timeline::new("row", 1.0 / missing)));
    };
    counter.unit = Some(format!("{:.12}s", 1.0 / missing));
    let mut how = how.clone();
    how.map.insert("time".to_owned(), counter.name.clone());
    let name = counter.name.clone();
    Ok((Layout::new(offers, &how)?, Timeline::new(&name, 1.0 / missing)))
}

/// The dialect in words.
fn words(head: &Head, mark: Option<u8>, seen: &[String]) -> String {
    let kind = match (head.pen_rows, head.delimiter) {
        (Some(_), _) => "pen recording (.svc)",
        (_, Delimiter::Mark(b'\t')) => "TSV",
        (_, Delimiter::Blanks) => "text",
        _ => "CSV",
    };
    let mut words = vec![kind.to_owned(), head.delimiter.name().to_owned()];
    words.extend((mark == Some(b',')).then(|| "decimal comma".to_owned()));
    words.extend(head.units.is_some().then(|| "units below the names".to_owned()));
    words.extend(seen.iter().cloned());
    words.join(", ")
}

fn header(file: &str, head: &Head, layout: &Layout, facts: Facts, format: &str, is_woven: bool) -> Header {
    let mut notes = head.notes.clone();
    if is_woven {
        notes.push("motion is recorded at other times than force: it is given at the times of force".to_owned());
    }
    Header {
        file: file.to_owned(),
        format: format.to_owned(),
        channels: layout.channels(),
        unread: layout.unread(),
        notes,
        device: facts.device,
    }
}

impl Table {
    /// Reads lines until `wanted` rows are there or the file is over; tells which.
    fn fill(&mut self, wanted: usize) -> Result<bool, Error> {
        while self.rows.time_s.len() < wanted {
            if !self.lines.more()? {
                return Ok(false);
            }
            let (at_hand, length) = self.lines.at_hand();
            let (mut at, mut line) = (0, self.lines.line());
            while at < length && self.rows.time_s.len() < wanted {
                if let Some(end) = self.plan.fast(&at_hand[at..], &mut self.timeline, &mut self.rows) {
                    self.rows.lines.push(line);
                    at += end;
                } else {
                    let end = at + memchr::memchr(b'\n', &at_hand[at..length]).unwrap_or(length - at - 1);
                    let is_last = self.lines.is_cut() && end + 1 == length;
                    let row =
                        self.plan.careful(at_hand[at..end].trim_ascii_end(), line, &mut self.timeline, &mut self.rows);
                    match row {
                        Ok(Line::Row) => self.rows.lines.push(line),
                        Ok(Line::Empty) => {}
                        Ok(Line::Lost) if self.is_woven => {}
                        Ok(Line::Lost) => self.lost.add(self.rows.time_s.len(), 1),
                        Err(Error::Ragged { .. }) if is_last => self.cut.add(self.rows.time_s.len(), 1),
                        Err(error) => return Err(error),
                    }
                    at = end + 1;
                }
                line += 1;
            }
            let lines = line - self.lines.line();
            self.lines.take(at, lines);
        }
        Ok(true)
    }

    /// Takes the first `count` rows, which are settled.
    fn give(&mut self, count: usize, is_end: bool) -> Samples {
        let stride = self.layout.slots.len();
        let time_s: Vec<f64> = self.rows.time_s.drain(..count).collect();
        self.rows.lines.drain(..count);
        let mut values: Vec<f64> = self.rows.values.drain(..count * stride).collect();
        if self.rows.has_holes {
            self.holes.fill(&mut values, stride);
        }
        if let Some(count) = &mut self.count {
            count.add(&time_s);
        }
        for lost in [&mut self.lost, &mut self.cut] {
            lost.settle(&time_s, is_end);
        }
        self.layout.samples(time_s, |slot, row| values[row * stride + slot])
    }
}

impl Source for Table {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_samples(&mut self) -> Result<Option<Samples>, Error> {
        let mut wanted = SAMPLES;
        loop {
            let is_more = self.fill(wanted)?;
            let settled = self.timeline.settle(&mut self.rows.time_s, &self.rows.lines, !is_more)?;
            if settled > 0 {
                self.is_given = true;
                return Ok(Some(self.give(settled, !is_more)));
            }
            if !is_more {
                self.count.iter_mut().for_each(Count::end);
                return if self.is_given { Ok(None) } else { Err(Error::Empty) };
            }
            wanted += SAMPLES;
        }
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.lines.rewind()?;
        self.lines.take(self.head.0, self.head.1);
        self.rows = Rows::default();
        self.plan.rewind();
        self.timeline.rewind();
        self.holes.rewind();
        self.lost.rewind();
        self.cut.rewind();
        self.count.iter_mut().for_each(Count::rewind);
        self.is_given = false;
        Ok(())
    }

    fn issues(&self) -> Vec<Issue> {
        self.timeline
            .issues()
            .into_iter()
            .chain(self.lost.issues())
            .chain(self.cut.issues())
            .chain(self.count.as_ref().and_then(Count::issue))
            .collect()
    }

    fn progress(&self) -> Option<f64> {
        Some(self.lines.progress())
    }
}
