//! Contact without attraction: pressure where bodies touch, a gap where they do not.
//!
//! Projected conjugate gradients after Polonsky and Keer (1999): one iteration is two convolutions. Grid and kernel are the caller's.

mod pressure;
mod state;
mod strip;

use crate::error::Error;
pub use pressure::Pressure;
pub(crate) use pressure::ends;
use state::{State, Step, dot, fill, touched};
pub use strip::Strip;

/// Iterations after which a contact has not settled.
const ITERATIONS: usize = 20_000;
/// Iterations that begin with smoothed directions. They seldom take 50; a stiff skin over soft layers on a coarse grid may go round in
/// circles, and plain directions, slow but sure, lead out.
const SMOOTH: usize = 100;

/// Rounds in which friction's shear and pressure find each other.
const ROUNDS: usize = 60;

/// What is held while the surfaces meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Hold {
    /// How deep the edge goes, mm.
    Depth(f64),
    /// The sum of all pressures times the area of a point: N/m on a line, mN on a plane.
    Load(f64),
}

/// A rigid body over a surface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Problem<'a> {
    /// Height of the body's surface over its lowest point, mm; infinite where it cannot touch.
    pub gap: &'a [f64],
    /// What a point stands for: mm on a line, mm^2 on a plane.
    pub cell: f64,
    /// What is held.
    pub hold: Hold,
    /// Change of pressure in one iteration, over all pressure, below which it is settled.
    pub tolerance: f64,
}

/// Pressure found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Settled {
    /// Pressure of each point, kPa.
    pub pressure: Vec<f64>,
    /// How deep the body's lowest point went below the surface at rest, mm.
    pub depth: f64,
    /// Iterations that it took.
    pub iterations: usize,
}

/// A surface that yields to pressure.
pub(crate) trait Surface {
    /// Motion down under `pressure`, mm.
    fn motion(&mut self, pressure: &[f64], out: &mut [f64]);

    /// About the pressure that makes a `motion`, kPa: symmetric and positive, or the search goes astray.
    fn pressure(&mut self, motion: &[f64], out: &mut [f64]);

    /// Motion down under `shear` to the right, mm.
    fn drag(&mut self, shear: &[f64], out: &mut [f64]);
}

impl Problem<'_> {
    /// Finds the pressure while the body slides to the right with a coefficient of `friction`: pressure and the motion that shear adds
    /// are found in turn.
    pub(crate) fn slide(&self, start: Vec<f64>, friction: f64, surface: &mut impl Surface) -> Result<Settled, Error> {
        let mut settled = self.settle(start, surface)?;
        if friction == 0.0 {
            return Ok(settled);
        }
        let mut dragged = vec![0.0; self.gap.len()];
        for _ in 0..ROUNDS {
            let shear: Vec<f64> = settled.pressure.iter().map(|p| friction * p).collect();
            surface.drag(&shear, &mut dragged);
            let gap: Vec<f64> = self.gap.iter().zip(&dragged).map(|(gap, drag)| gap + drag).collect();
            let next = Problem { gap: &gap, ..*self }.settle(settled.pressure.clone(), surface)?;
            let moved: f64 = next.pressure.iter().zip(&settled.pressure).map(|(a, b)| (a - b).abs()).sum();
            settled = next;
            if moved <= 10.0 * self.tolerance * settled.pressure.iter().sum::<f64>() {
                return Ok(settled);
            }
        }
        Err(Error::Unsettled { what: "friction and pressure", steps: ROUNDS })
    }

    /// Finds the pressure without friction; `start` is a guess (any non-negative numbers; zeros will do).
    pub(crate) fn settle(&self, start: Vec<f64>, surface: &mut impl Surface) -> Result<Settled, Error> {
        let mut state = State::new(start);
        self.begin(&mut state, surface);
        surface.motion(&state.pressure, &mut state.sunk);
        let mut before = 0.0;
        for iterations in 1..=ITERATIONS {
            state.depth = self.depth(&state);
            self.open(&mut state);
            before = self.turn(&mut state, surface, before, iterations <= SMOOTH);
            surface.motion(&state.direction, &mut state.answer);
            let step = self.step(&mut state);
            if step.bent {
                surface.motion(&state.pressure, &mut state.sunk);
            }
            if step.change <= self.tolerance {
                return Ok(Settled { pressure: state.pressure, depth: state.depth, iterations });
            }
        }
        Err(Error::Unsettled { what: "the contact pressure", steps: ITERATIONS })
    }

    /// Makes the guess fit what is held.
    fn begin(&self, state: &mut State, surface: &mut impl Surface) {
        for (p, gap) in state.pressure.iter_mut().zip(self.gap) {
            *p = if gap.is_finite() { p.max(0.0) } else { 0.0 };
        }
        let empty = state.pressure.iter().all(|&p| p == 0.0);
        match self.hold {
            Hold::Load(load) => {
                if empty {
                    // All of it where the body is lowest, and a little everywhere else it might touch.
                    let highest = self.gap.iter().copied().filter(|g| g.is_finite()).fold(0.0, f64::max);
                    fill(state, self.gap, |gap| (highest - gap).max(0.0) + 1e-3 * highest + f64::MIN_POSITIVE);
                }
                self.share(&mut state.pressure, load);
            }
            Hold::Depth(depth) => {
                if empty {
                    fill(state, self.gap, |gap| (depth - gap).max(0.0));
                }
                surface.motion(&state.pressure, &mut state.sunk);
                let over = |(p, g): (&f64, &f64)| if *p > 0.0 { p * (depth - g) } else { 0.0 };
                let wanted: f64 = state.pressure.iter().zip(self.gap).map(over).sum();
                let stored: f64 = state.pressure.iter().zip(&state.sunk).map(|(p, u)| p * u).sum();
                let scale = if stored > 0.0 { (wanted / stored).max(1e-6) } else { 1.0 };
                state.pressure.iter_mut().for_each(|p| *p *= scale);
            }
        }
    }

    /// How deep the body is: held, or where it touches on average.
    fn depth(&self, state: &State) -> f64 {
        match self.hold {
            Hold::Depth(depth) => depth,
            Hold::Load(_) => touched(&state.pressure, |i| state.sunk[i] + self.gap[i]),
        }
    }

    /// The gap that is left at each point, mm; negative: the bodies overlap.
    fn open(&self, state: &mut State) {
        for i in 0..self.gap.len() {
            state.open[i] = state.sunk[i] + self.gap[i] - state.depth;
        }
    }

    /// The next direction: down the gap that is left, `smooth`ed to a pressure, and bent by the direction before. Gives the work that
    /// bends the one after.
    fn turn(&self, state: &mut State, surface: &mut impl Surface, before: f64, smooth: bool) -> f64 {
        let State { pressure, open, touching, fall, .. } = state;
        let mut same = true;
        for i in 0..open.len() {
            let meets = pressure[i] > 0.0 || open[i] < 0.0;
            same &= meets == (touching[i] != 0.0);
            touching[i] = if meets { open[i] } else { 0.0 };
        }
        if smooth {
            surface.pressure(touching, fall);
        } else {
            fall.copy_from_slice(touching);
        }
        let mean = if matches!(self.hold, Hold::Load(_)) { touched(touching, |i| fall[i]) } else { 0.0 };
        let mut work = 0.0;
        for (fall, touching) in fall.iter_mut().zip(touching.iter()) {
            *fall = if *touching == 0.0 { 0.0 } else { *fall - mean };
            work += *fall * touching;
        }
        let bend = if same && before > 0.0 { work / before } else { 0.0 };
        for (direction, fall) in state.direction.iter_mut().zip(fall.iter()) {
            *direction = fall + bend * *direction;
        }
        work
    }

    /// Moves along the direction to where the energy is least, keeps pressure positive, adds points that overlap.
    fn step(&self, state: &mut State) -> Step {
        let State { pressure, sunk, open, touching, direction, answer, .. } = state;
        let along = dot(touching, direction);
        let curve = dot(answer, direction);
        let length = if curve > 0.0 { along / curve } else { 0.0 };
        let (mut step, mut old, mut new) = (Step::default(), 0.0, 0.0);
        for i in 0..open.len() {
            let before = pressure[i];
            pressure[i] = before - length * direction[i];
            if pressure[i] < 0.0 {
                (pressure[i], step.bent) = (0.0, true);
            }
            sunk[i] -= length * answer[i];
            (old, new) = (old + before, new + pressure[i]);
            step.change += (pressure[i] - before).abs();
        }
        step.change /= new.max(f64::MIN_POSITIVE);
        if let Hold::Load(load) = self.hold {
            let scale = load / (new * self.cell);
            for value in pressure.iter_mut().chain(sunk) {
                *value *= scale;
            }
        }
        step
    }

    fn share(&self, pressure: &mut [f64], load: f64) {
        let sum: f64 = pressure.iter().sum();
        let scale = load / (sum * self.cell);
        for p in pressure {
            *p *= scale;
        }
    }
}

#[cfg(test)]
mod tests;
