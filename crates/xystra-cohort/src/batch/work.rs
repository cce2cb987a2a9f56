//! A chunk of clients, one after another in each lane.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use std::ops::Range;

use pulp::{Simd, WithSimd};
use xystra_tissue::remodel::Tolerance;

use super::lanes::{Lanes, MOST};
use super::seat::{Fate, Seat, See};
use super::step::Group;
use super::{Cohort, Person, Watch, control};
use crate::Error;

/// A chunk of clients to be run.
pub(super) struct Work<'a> {
    pub(super) cohort: &'a dyn Cohort,
    pub(super) clients: Range<usize>,
    pub(super) tolerance: Tolerance,
    pub(super) watch: Option<&'a Watch>,
    pub(super) live: &'a [usize],
    pub(super) see: See<'a>,
}

impl WithSimd for Work<'_> {
    type Output = Result<(), Error>;

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) -> Result<(), Error> {
        let mut group = Group::new(simd);
        let person = Person::middle()?;
        let mut seats: [Seat; MOST] = std::array::from_fn(|_| Seat::empty(person.clone()));
        let seats = &mut seats[..S::F64_LANES];
        let mut next = self.clients.start;
        for (lane, seat) in seats.iter_mut().enumerate() {
            self.refill(lane, seat, &mut group, &mut next)?;
        }
        while seats.iter().any(|seat| seat.row.is_some()) {
            let mut lengths = [1.0; MOST];
            for (length, seat) in lengths.iter_mut().zip(seats.iter()) {
                *length = seat.length();
            }
            let errors = group.step(Lanes::of(simd, &lengths), self.tolerance, self.live);
            self.look(seats, &group, errors.as_slice());
            group.go_on(errors, self.live);
            for (lane, seat) in seats.iter_mut().enumerate() {
                self.follow(lane, seat, &mut group, errors.as_slice()[lane], &mut next)?;
            }
        }
        Ok(())
    }
}

impl Work<'_> {
    /// Takes a step over, and what happens at its end.
    #[inline(always)]
    fn follow<S: Simd>(
        &mut self,
        lane: usize,
        seat: &mut Seat,
        group: &mut Group<S>,
        error: f64,
        next: &mut usize,
    ) -> Result<(), Error> {
        let Some(row) = seat.row else { return Ok(()) };
        let arrived = seat.follow(error <= 1.0, control::factor(error));
        if arrived && seat.arrive(lane, group, self.cohort.times_h(), &mut self.see) == Fate::Finished {
            return self.refill(lane, seat, group, next);
        }
        if seat.is_lost() {
            self.see.lose(row);
            return self.refill(lane, seat, group, next);
        }
        Ok(())
    }

    /// Samples within the steps that were good.
    #[inline(always)]
    fn look<S: Simd>(&mut self, seats: &mut [Seat], group: &Group<S>, errors: &[f64]) {
        let times_h = self.cohort.times_h();
        for (lane, seat) in seats.iter_mut().enumerate() {
            let good = errors[lane] <= 1.0;
            if seat.row.is_none() || !good {
                continue;
            }
            let end_h = seat.end_h();
            while seat.sample < times_h.len() && times_h[seat.sample] < end_h {
                let share = (times_h[seat.sample] - seat.at_h) / seat.length();
                let y = group.within(lane, share, self.live);
                seat.look(&y, &mut self.see);
            }
        }
    }

    /// Seats the next client who has anything to live through.
    fn refill<S: Simd>(
        &mut self,
        lane: usize,
        seat: &mut Seat,
        group: &mut Group<S>,
        next: &mut usize,
    ) -> Result<(), Error> {
        self.watch.inspect(|watch| watch.count_steps(seat.tried));
        self.count(seat.row.take())?;
        while *next < self.clients.end && seat.row.is_none() {
            self.cohort.fill(*next, &mut seat.person)?;
            let row = *next - self.clients.start;
            *next += 1;
            if !seat.sit(lane, row, group) {
                self.see.lose(row);
                self.count(seat.row.take())?;
            } else if seat.arrive(lane, group, self.cohort.times_h(), &mut self.see) == Fate::Finished {
                self.count(seat.row.take())?;
            }
        }
        Ok(())
    }

    /// Counts a client as done, and stops when asked to.
    fn count(&self, row: Option<usize>) -> Result<(), Error> {
        let Some(watch) = self.watch else { return Ok(()) };
        watch.count(usize::from(row.is_some()));
        if watch.is_stopped() {
            return Err(Error::Stopped { done: watch.done(), size: self.cohort.size() });
        }
        Ok(())
    }
}
