//! A track on the clock of another.

use super::bytes::Bytes;
use super::track::{Block, Track};
use crate::error::Error;

/// How a column is found between two rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// On the straight line between them.
    Linear,
    /// As in the nearer one: angles jump by a full turn, and a quaternion and its negative are the same.
    Nearest,
}

/// Gives the rows of a track at the times of another.
pub(super) struct Follower {
    track: Box<dyn Track>,
    between: Vec<Between>,
    block: Block,
    /// The next row in `block`.
    next: usize,
    /// The last row at or before the time asked for.
    before: Option<(f64, Vec<f64>)>,
    /// Times asked for before the first row or after the last.
    pub(super) outside: Outside,
}

/// For how much of the other clock a track has nothing to say.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Outside {
    /// Times asked for.
    pub(super) asked: u64,
    /// Times before the first row, and where the last of them lies, s.
    pub(super) early: u64,
    pub(super) early_until_s: f64,
    /// Times after the last row, and where the first of them lies, s.
    pub(super) late: u64,
    pub(super) late_from_s: f64,
}

impl Follower {
    pub(super) fn new(track: Box<dyn Track>, between: Vec<Between>) -> Self {
        Self { track, between, block: Block::default(), next: 0, before: None, outside: Outside::default() }
    }

    /// The columns at ascending times (s). Before the first row and after the last the values stand still.
    pub(super) fn at(&mut self, bytes: &mut Bytes, times_s: &[f64]) -> Result<Vec<Vec<f64>>, Error> {
        let mut columns = vec![Vec::with_capacity(times_s.len()); self.between.len()];
        for time_s in times_s {
            self.advance(bytes, *time_s)?;
            self.count(*time_s);
            for (index, column) in columns.iter_mut().enumerate() {
                column.push(self.value(index, *time_s));
            }
        }
        Ok(columns)
    }

    pub(super) fn rewind(&mut self) {
        self.track.rewind();
        (self.block, self.next, self.before, self.outside) = (Block::default(), 0, None, Outside::default());
    }

    /// Goes on until the next row lies after the time, or there is none.
    fn advance(&mut self, bytes: &mut Bytes, time_s: f64) -> Result<(), Error> {
        loop {
            while let Some(next_s) = self.block.time_s.get(self.next) {
                if *next_s > time_s {
                    return Ok(());
                }
                if self.before.as_ref().is_none_or(|(before_s, _)| next_s >= before_s) {
                    self.before = Some((*next_s, self.block.columns.iter().map(|c| c[self.next]).collect()));
                }
                self.next += 1;
            }
            match self.track.next_block(bytes)? {
                Some(mut block) => {
                    let is_usable = |row: usize| block.columns.iter().all(|column| column[row].is_finite());
                    let keep =
                        (0..block.len()).map(|row| block.time_s[row].is_finite() && is_usable(row)).collect::<Vec<_>>();
                    block.retain(&keep);
                    (self.block, self.next) = (block, 0);
                }
                None => return Ok(()),
            }
        }
    }

    fn count(&mut self, time_s: f64) {
        self.outside.asked += 1;
        let is_exact = self.before.as_ref().is_some_and(|(before_s, _)| *before_s >= time_s);
        match (&self.before, self.block.time_s.get(self.next)) {
            (None, _) => {
                self.outside.early += 1;
                self.outside.early_until_s = time_s;
            }
            (Some(_), None) if !is_exact => {
                if self.outside.late == 0 {
                    self.outside.late_from_s = time_s;
                }
                self.outside.late += 1;
            }
            _ => {}
        }
    }

    /// Zero when the track has no usable row at all.
    fn value(&self, column: usize, time_s: f64) -> f64 {
        let next = self.block.time_s.get(self.next).map(|next_s| (*next_s, self.block.columns[column][self.next]));
        match (&self.before, next) {
            (Some((before_s, before)), Some((next_s, next))) => {
                let share = (time_s - before_s) / (next_s - before_s);
                match self.between[column] {
                    Between::Linear => before[column] + share * (next - before[column]),
                    Between::Nearest if share < 0.5 => before[column],
                    Between::Nearest => next,
                }
            }
            (Some((_, before)), None) => before[column],
            (None, Some((_, next))) => next,
            (None, None) => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Rows at 0, 1, 2 .. s with the values 0, 10, 20 .. , two rows in a block.
    struct Tens(u32);

    impl Track for Tens {
        fn next_block(&mut self, _: &mut Bytes) -> Result<Option<Block>, Error> {
            let rows = [self.0, self.0 + 1].map(f64::from);
            self.0 += 2;
            let columns = vec![rows.map(|row| row * 10.0).to_vec(), rows.map(|row| row * 10.0).to_vec()];
            Ok((self.0 <= 10).then(|| Block { time_s: rows.to_vec(), columns }))
        }

        fn rewind(&mut self) {
            self.0 = 0;
        }

        fn progress(&self, _: &Bytes) -> f64 {
            0.0
        }
    }

    #[test]
    fn values_lie_between_their_neighbours() {
        let mut bytes = Bytes::new(Box::new(Cursor::new(Vec::new()))).unwrap();
        let mut follower = Follower::new(Box::new(Tens(0)), vec![Between::Linear, Between::Nearest]);
        for _ in 0..2 {
            let columns = follower.at(&mut bytes, &[-1.0, 0.0, 0.25, 1.75, 2.0, 8.5]).unwrap();
            assert_eq!(columns[0], [0.0, 0.0, 2.5, 17.5, 20.0, 85.0]);
            assert_eq!(columns[1], [0.0, 0.0, 0.0, 20.0, 20.0, 90.0]);
            assert_eq!(follower.at(&mut bytes, &[9.0, 12.0, 13.0]).unwrap()[0], [90.0; 3]);
            let outside = follower.outside;
            assert_eq!((outside.asked, outside.early, outside.late), (9, 1, 2));
            assert!((outside.early_until_s + 1.0).abs() + (outside.late_from_s - 12.0).abs() < 1e-12);
            follower.rewind();
        }
    }
}
