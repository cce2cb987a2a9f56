//! An edge of finite length, or one that is round along its length, on layers.

mod print;

use super::kernel::{Plane, PlaneKernel, whole};
use super::layered::Layered;
use super::profile::Profile;
use super::solve::{Hold, Problem, Settled, Surface, ends};
use super::{Control, Edge};
use crate::error::Error;
use crate::stack::Stack;
pub use print::Print;

/// Points across and along while the windows are looked for.
const COARSE: [usize; 2] = [64, 32];
const FINE: Fineness = Fineness { across: 16.0, least: [256, 128], most: 1024 };
/// Windows that are tried before the search is given up.
const WINDOWS: usize = 60;
/// How many times wider than the contact's reach to one side a window is made.
const MARGIN: f64 = 5.0;
/// How many times longer than wide a window may be: the long waves of a narrow one would be too short for the distance of rows.
const STRETCH: f64 = 5.0;
/// Change of pressure in one iteration below which it is settled, over all pressure: while windows are looked for, and then.
const ROUGH: f64 = 1e-4;
const TOLERANCE: f64 = 1e-7;
/// How much of a row's distance a row of points at a square end falls short of it: a punch of n points acts like one `n - 2 SHORT` points
/// long (the band-limited logarithmic kernel, solved for 11 to 411 points: 0.188 to 0.190).
const SHORT: f64 = 0.19;

/// How many points a grid takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fineness {
    /// Points across the contact's half-width at least.
    pub across: f64,
    /// Points across and along at least.
    pub least: [usize; 2],
    /// The most points across that this may take.
    pub most: usize,
}

/// A footprint over layers with its grid and kernel, to be pressed as often as wanted.
#[derive(Debug, Clone)]
pub struct Footprint {
    plane: Plane,
    kernel: PlaneKernel,
    profile: Profile,
    edge: Edge,
    gap: Vec<f64>,
    last: Vec<f64>,
}

impl Footprint {
    /// Chooses the grid so that the contact under `control` is resolved.
    pub fn fit(stack: &Stack, edge: &Edge, control: Control) -> Result<Self, Error> {
        Self::fitted(stack, edge, control, FINE)
    }

    /// The same with other points.
    pub(crate) fn fitted(stack: &Stack, edge: &Edge, control: Control, fineness: Fineness) -> Result<Self, Error> {
        control.check(edge)?;
        let profile = Profile::of(edge)?;
        let layers = Layered::of(stack);
        let depth = match control {
            Control::DepthMm(depth) => depth,
            _ => edge.radius_mm,
        };
        let along = edge.along_mm.map_or(f64::INFINITY, |radius| (2.0 * radius * depth).sqrt());
        let half = edge.length_mm.map_or(f64::INFINITY, |length| 0.5 * length);
        let mut window = widened([MARGIN * profile.width(depth), MARGIN * along.min(half)]);
        for _ in 0..WINDOWS {
            let mut coarse = Self::with(&layers, profile, edge, COARSE, window);
            let found = coarse.settle(control, ROUGH)?;
            let mut good = true;
            for (axis, reach) in [found.reach(0), found.reach(1)].into_iter().enumerate() {
                let ended = axis == 1 && reach > 0.5 * half;
                if ended {
                    window[1] = MARGIN * half;
                } else if reach > 0.23 * coarse.window(axis) {
                    (window[axis], good) = (3.0 * coarse.window(axis), false);
                } else {
                    good &= reach > window[axis] / 16.0 || (axis == 0 && window[0] * STRETCH < 1.01 * window[1]);
                    window[axis] = MARGIN * reach.max(coarse.plane.spacing[axis]);
                }
            }
            window = widened(window);
            if good {
                let across = whole(window[0] / found.reach(0) * fineness.across);
                let count = [across.next_power_of_two().clamp(fineness.least[0], fineness.most), fineness.least[1]];
                return Ok(coarse.refined(&layers, count, window));
            }
        }
        Err(Error::Unsettled { what: "the size of the contact", steps: WINDOWS })
    }

    /// A grid of `count` points over `window_mm`, both across and along; the contact must stay within a quarter of it to each side.
    pub fn on(stack: &Stack, edge: &Edge, count: [usize; 2], window_mm: [f64; 2]) -> Result<Self, Error> {
        Ok(Self::with(&Layered::of(stack), Profile::of(edge)?, edge, count, window_mm))
    }

    /// Takes other layers on the same grid; the pressure found before is where the next search begins.
    pub fn relayer(&mut self, stack: &Stack) {
        self.kernel = self.plane.kernel(&Layered::of(stack));
    }

    /// Presses.
    pub fn press(&mut self, control: Control) -> Result<Print, Error> {
        self.settle(control, TOLERANCE)
    }

    pub(crate) fn settle(&mut self, control: Control, tolerance: f64) -> Result<Print, Error> {
        control.check(&self.edge)?;
        let hold = match control {
            Control::DepthMm(depth) => Hold::Depth(depth),
            Control::ForceN(force) => Hold::Load(1e3 * force),
            Control::ForceNPerM(force) => Hold::Load(force * self.edge.length_mm.unwrap_or(1.0)),
        };
        let cell = self.plane.spacing[0] * self.plane.spacing[1];
        let problem = Problem { gap: &self.gap, cell, hold, tolerance };
        let mut skin = Skin { plane: &mut self.plane, kernel: &self.kernel };
        let settled = problem.slide(self.last.clone(), self.edge.friction, &mut skin)?;
        self.last.clone_from(&settled.pressure);
        Ok(self.found(settled))
    }

    fn with(layers: &Layered, profile: Profile, edge: &Edge, count: [usize; 2], window: [f64; 2]) -> Self {
        let thickness = layers.sheets.iter().map(|sheet| sheet.thickness).sum();
        let spacing = [window[0] / count[0] as f64, along(edge, count[1], window[1])];
        let mut plane = Plane::new(count, spacing, thickness, edge.friction > 0.0);
        let kernel = plane.kernel(layers);
        let gap: Vec<f64> = (0..plane.points()).map(|i| height(&plane, profile, edge, plane.at(i))).collect();
        let last = vec![0.0; gap.len()];
        Self { plane, kernel, profile, edge: *edge, gap, last }
    }

    /// The same on another grid, starting from the pressure found on this one.
    fn refined(&self, layers: &Layered, count: [usize; 2], window: [f64; 2]) -> Self {
        let mut fine = Self::with(layers, self.profile, &self.edge, count, window);
        let near = |axis: usize, x: f64| {
            let place = (x / self.plane.spacing[axis]).round() + (self.plane.count[axis] / 2) as f64;
            whole(place).min(self.plane.count[axis] - 1)
        };
        let start = |i: usize| {
            let [x, y] = fine.plane.at(i);
            self.last[near(1, y) * self.plane.count[0] + near(0, x)]
        };
        fine.last = (0..fine.gap.len()).map(start).collect();
        fine
    }

    fn window(&self, axis: usize) -> f64 {
        self.plane.spacing[axis] * self.plane.count[axis] as f64
    }

    fn found(&self, settled: Settled) -> Print {
        let [columns, rows] = self.plane.count;
        let [dx, dy] = self.plane.spacing;
        let end = self.edge.length_mm.map_or(f64::INFINITY, |length| 0.5 * length);
        let middle = &settled.pressure[rows / 2 * columns..(rows / 2 + 1) * columns];
        let lengthwise: Vec<f64> = settled.pressure.chunks_exact(columns).map(|row| row[columns / 2]).collect();
        Print {
            count: self.plane.count,
            spacing_mm: self.plane.spacing,
            across_mm: ends(middle, dx),
            along_mm: ends(&lengthwise, dy).map(|y| y.clamp(-end, end)),
            pressure_kpa: settled.pressure,
            friction: self.edge.friction,
            depth_mm: settled.depth,
            iterations: settled.iterations,
        }
    }
}

/// The surface under the grid.
struct Skin<'a> {
    plane: &'a mut Plane,
    kernel: &'a PlaneKernel,
}

impl Surface for Skin<'_> {
    fn motion(&mut self, pressure: &[f64], out: &mut [f64]) {
        self.plane.press(self.kernel, pressure, out);
    }

    fn pressure(&mut self, motion: &[f64], out: &mut [f64]) {
        self.plane.lift(self.kernel, motion, out);
    }

    fn drag(&mut self, shear: &[f64], out: &mut [f64]) {
        self.plane.drag(self.kernel, shear, out);
    }
}

/// Windows that are not too unlike.
fn widened([across, along]: [f64; 2]) -> [f64; 2] {
    [across.max(along / STRETCH), along.max(across / STRETCH)]
}

/// Distance of rows in a window: an odd number of them makes the length, so that the ends lie between rows.
fn along(edge: &Edge, rows: usize, window: f64) -> f64 {
    let spacing = window / rows as f64;
    let Some(length) = edge.length_mm.filter(|length| 2.0 * length < window) else { return spacing };
    let pairs = (0.5 * ((length / spacing) - 1.0)).ceil().clamp(1.0, (rows / 4) as f64);
    length / (2.0 * pairs + 1.0 - 2.0 * SHORT)
}

/// Height of the edge over a point; infinite beyond its ends and outside the middle half of the window.
fn height(plane: &Plane, profile: Profile, edge: &Edge, [x, y]: [f64; 2]) -> f64 {
    let half = |axis: usize| 0.25 * plane.spacing[axis] * plane.count[axis] as f64;
    // The outermost row lies half a distance beyond a square end, less what it falls short.
    let end = edge.length_mm.map_or(f64::INFINITY, |length| 0.5 * length + SHORT * plane.spacing[1]);
    if x.abs() > half(0) || y.abs() > half(1).min(end) {
        return f64::INFINITY;
    }
    profile.height(x) + edge.along_mm.map_or(0.0, |radius| y * y / (2.0 * radius))
}
