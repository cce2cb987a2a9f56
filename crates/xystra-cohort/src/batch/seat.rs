//! A lane of the vectors, and the client who sits there.

use pulp::Simd;
use xystra_tissue::remodel::equations::{self, CONSTANTS};
use xystra_tissue::remodel::{EVENTS, INPUTS, OUTPUTS, STATES};

use super::Person;
use super::step::Group;

/// The step that is tried first after the first event of its kind, h.
const FIRST_H: f64 = 1e-4;

/// Steps tried before giving a client up, and the shortest step by the time.
const MOST_STEPS: usize = 50_000;
const SHORTEST: f64 = 1e-14;

/// A client under way in one lane.
pub(super) struct Seat {
    /// The client's row among those of the chunk; nobody when the lane is idle.
    pub(super) row: Option<usize>,
    pub(super) person: Person,
    constants: [f64; CONSTANTS],
    inputs: [f64; INPUTS.len()],
    /// The next jump and the next sample.
    jump: usize,
    pub(super) sample: usize,
    pub(super) at_h: f64,
    /// When the next jump comes, or the end.
    until_h: f64,
    /// The step to try.
    length_h: f64,
    pub(super) tried: usize,
    /// What the first step after each kind of event could have been the last time; the last place is for the start.
    first_h: [f64; EVENTS.len() + 1],
    /// The kind of event that the next step follows.
    after: Option<usize>,
}

/// What a client's arrival at a time led to.
#[derive(PartialEq)]
pub(super) enum Fate {
    UnderWay,
    Finished,
}

impl Seat {
    pub(super) fn empty(person: Person) -> Self {
        Self {
            row: None,
            person,
            constants: [0.0; CONSTANTS],
            inputs: [0.0; INPUTS.len()],
            jump: 0,
            sample: 0,
            at_h: 0.0,
            until_h: 0.0,
            length_h: 1.0,
            tried: 0,
            first_h: [FIRST_H; EVENTS.len() + 1],
            after: None,
        }
    }

    /// Seats the person that was filled in; false when something happens to them at no time that there is.
    pub(super) fn sit<S: Simd>(&mut self, lane: usize, row: usize, group: &mut Group<S>) -> bool {
        let jumps = &mut self.person.jumps;
        if !jumps.is_sorted_by(|a, b| a.at_h <= b.at_h) {
            jumps.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
        }
        let timely = jumps.iter().all(|jump| jump.at_h >= 0.0 && jump.at_h.is_finite());
        self.constants = equations::constants(self.person.parameters.values());
        self.inputs = self.person.start.inputs;
        (self.row, self.jump, self.sample, self.tried) = (Some(row), 0, 0, 0);
        (self.at_h, self.until_h) = (0.0, 0.0);
        self.first_h = [FIRST_H; EVENTS.len() + 1];
        self.length_h = FIRST_H;
        self.after = Some(EVENTS.len());
        for (to, from) in group.parameters.iter_mut().zip(self.person.parameters.values()) {
            to.as_mut()[lane] = *from;
        }
        for (to, from) in group.constants.iter_mut().zip(&self.constants) {
            to.as_mut()[lane] = *from;
        }
        for (to, from) in group.start.iter_mut().zip(&self.person.start.values) {
            to.as_mut()[lane] = *from;
        }
        self.write_inputs(lane, group);
        timely
    }

    fn write_inputs<S: Simd>(&self, lane: usize, group: &mut Group<S>) {
        for (to, from) in group.inputs.iter_mut().zip(&self.inputs) {
            to.as_mut()[lane] = *from;
        }
    }

    /// The length of the next step.
    pub(super) fn length(&self) -> f64 {
        if self.is_last() { self.until_h - self.at_h } else { self.length_h }
    }

    fn is_last(&self) -> bool {
        self.at_h + self.length_h * 1.000_001 >= self.until_h
    }

    /// Whether the client is lost: its steps are too short or too many.
    pub(super) fn is_lost(&self) -> bool {
        // What is no number is not long enough either.
        let long_enough = self.length_h >= SHORTEST * (1.0 + self.at_h);
        self.tried > MOST_STEPS || !long_enough
    }

    /// Where the step ends, when it was good.
    pub(super) fn end_h(&self) -> f64 {
        if self.is_last() { self.until_h } else { self.at_h + self.length_h }
    }

    /// Takes over a step that was tried: `factor` is how much longer the next one may be.
    pub(super) fn follow(&mut self, good: bool, factor: f64) -> bool {
        self.tried += 1;
        let (last, length, end) = (self.is_last(), self.length(), self.end_h());
        if good {
            if let Some(kind) = self.after.take() {
                self.first_h[kind] = if last { self.first_h[kind].max(length) } else { length * factor };
            }
            self.at_h = end;
        }
        self.length_h = length * factor;
        good && last
    }

    /// Lets all happen that happens now, and samples what is to be seen now and after it; `values` are those of the client.
    pub(super) fn arrive<S: Simd>(
        &mut self,
        lane: usize,
        group: &mut Group<S>,
        times_h: &[f64],
        see: &mut See<'_>,
    ) -> Fate {
        let end_h = times_h.last().copied().unwrap_or(0.0);
        let mut y: [f64; STATES.len()] = std::array::from_fn(|k| group.start[k].as_slice()[lane]);
        while let Some(jump) = self.person.jumps.get(self.jump).filter(|jump| jump.at_h <= self.at_h) {
            equations::happen(jump.event, self.person.parameters.values(), &jump.variables, &mut self.inputs, &mut y);
            (self.after, self.length_h) = (Some(jump.event), self.first_h[jump.event]);
            self.jump += 1;
        }
        if self.after.is_some() {
            for (to, from) in group.start.iter_mut().zip(&y) {
                to.as_mut()[lane] = *from;
            }
            self.write_inputs(lane, group);
        }
        while self.sample < times_h.len() && times_h[self.sample] <= self.at_h {
            self.look(&y, see);
        }
        if self.sample == times_h.len() {
            return Fate::Finished;
        }
        self.until_h = self.person.jumps.get(self.jump).map_or(end_h, |jump| jump.at_h.min(end_h));
        Fate::UnderWay
    }

    /// Samples what is asked for at `y`.
    pub(super) fn look(&mut self, y: &[f64; STATES.len()], see: &mut See<'_>) {
        let outputs: [f64; OUTPUTS.len()] =
            equations::outputs(self.person.parameters.values(), &self.constants, &self.inputs, y);
        let row = self.row.unwrap_or_default();
        let width = see.places.len();
        let from = (row * see.times + self.sample) * width;
        for (to, place) in see.values[from..from + width].iter_mut().zip(see.places) {
            *to = outputs[*place];
        }
        self.sample += 1;
    }
}

/// Where samples go: by client of the chunk, time and output.
pub(super) struct See<'a> {
    pub(super) places: &'a [usize],
    pub(super) times: usize,
    pub(super) values: &'a mut [f64],
}

impl See<'_> {
    /// Takes a client's samples back.
    pub(super) fn lose(&mut self, row: usize) {
        let each = self.times * self.places.len();
        self.values[row * each..(row + 1) * each].fill(f64::NAN);
    }
}
