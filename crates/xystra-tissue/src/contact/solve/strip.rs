//! An endless edge on layers: plane strain.

use super::{Hold, Pressure, Problem, Surface, ends};
use crate::contact::kernel::{Line, LineKernel, whole};
use crate::contact::layered::Layered;
use crate::contact::profile::Profile;
use crate::contact::{Control, Edge};
use crate::error::Error;
use crate::stack::Stack;

/// Points while the window is looked for, and then.
const COARSE: usize = 128;
const FINE: usize = 1024;
/// Windows that are tried before the search is given up.
const WINDOWS: usize = 60;
/// How many times wider than the contact's reach to one side the window is made.
const MARGIN: f64 = 5.0;
const TOLERANCE: f64 = 1e-7;

/// An endless edge over layers with its grid and kernel, to be pressed as often as wanted.
#[derive(Debug, Clone)]
pub struct Strip {
    line: Line,
    kernel: LineKernel,
    profile: Profile,
    gap: Vec<f64>,
    friction: f64,
    /// Pressure found last: where the next search begins.
    last: Vec<f64>,
    /// The same on fewer points, whose pressure is where the first search begins.
    coarse: Option<Box<Strip>>,
}

impl Strip {
    /// Chooses the grid so that the contact under `control` is resolved.
    pub fn fit(stack: &Stack, edge: &Edge, control: Control) -> Result<Self, Error> {
        Self::fitted(stack, edge, control, FINE)
    }

    /// The same with `count` points.
    pub(crate) fn fitted(stack: &Stack, edge: &Edge, control: Control, count: usize) -> Result<Self, Error> {
        control.check(edge)?;
        let profile = Profile::of(edge)?;
        let layers = Layered::of(stack);
        let mut window = MARGIN * guess(&profile, edge, control, &layers);
        for _ in 0..WINDOWS {
            let mut strip = Self::with(&layers, profile, edge.friction, COARSE, window);
            let found = strip.press(control)?;
            let reach = found.reach_mm();
            if reach > 0.24 * window {
                window *= 3.0;
            } else if reach < window / 20.0 {
                window = MARGIN * reach.max(found.spacing_mm);
            } else {
                return Ok(strip.refined(&layers, count, MARGIN * reach));
            }
        }
        Err(Error::Unsettled { what: "the width of the contact", steps: WINDOWS })
    }

    /// A grid of `count` points over `window_mm`; the contact must stay within a quarter of it to each side.
    pub fn on(stack: &Stack, edge: &Edge, count: usize, window_mm: f64) -> Result<Self, Error> {
        Ok(Self::with(&Layered::of(stack), Profile::of(edge)?, edge.friction, count, window_mm))
    }

    /// Takes other layers on the same grid; the pressure found before is where the next search begins.
    pub fn relayer(&mut self, stack: &Stack) {
        self.kernel = kernel(&mut self.line, &Layered::of(stack), self.friction);
        if let Some(coarse) = &mut self.coarse {
            coarse.relayer(stack);
        }
    }

    /// Presses.
    pub fn press(&mut self, control: Control) -> Result<Pressure, Error> {
        let hold = match control {
            Control::DepthMm(depth) => Hold::Depth(depth),
            Control::ForceNPerM(force) => Hold::Load(force),
            Control::ForceN(value) => {
                let must = "given with length_mm; an endless edge takes force_n_per_m";
                return Err(Error::Number { field: "force_n".to_owned(), value, must });
            }
        };
        self.warm(control)?;
        let problem = Problem { gap: &self.gap, cell: self.line.spacing, hold, tolerance: TOLERANCE };
        let mut skin = Skin { line: &mut self.line, kernel: &self.kernel };
        let settled = problem.slide(self.last.clone(), self.friction, &mut skin)?;
        self.last.clone_from(&settled.pressure);
        Ok(self.found(settled))
    }

    /// Begins from fewer points where nothing was found yet.
    fn warm(&mut self, control: Control) -> Result<(), Error> {
        let Some(coarse) = &mut self.coarse else { return Ok(()) };
        if self.last.iter().any(|&p| p > 0.0) {
            return Ok(());
        }
        coarse.press(control)?;
        let places = (0..self.gap.len()).map(|i| self.line.at(i) / coarse.line.spacing);
        self.last = places.map(|place| between(&coarse.last, place)).collect();
        Ok(())
    }

    fn with(layers: &Layered, profile: Profile, friction: f64, count: usize, window: f64) -> Self {
        let thickness = layers.sheets.iter().map(|sheet| sheet.thickness).sum();
        let mut line = Line::new(count, window, thickness);
        let kernel = kernel(&mut line, layers, friction);
        let inside = |x: f64| if x.abs() <= 0.25 * window { profile.height(x) } else { f64::INFINITY };
        let gap: Vec<f64> = (0..count).map(|i| inside(line.at(i))).collect();
        let coarse = (count >= 2 * FINE).then(|| Box::new(Self::with(layers, profile, friction, count / 4, window)));
        Self { line, kernel, profile, gap, friction, last: vec![0.0; count], coarse }
    }

    /// The same on another grid, starting from the pressure found on this one.
    fn refined(&self, layers: &Layered, count: usize, window: f64) -> Self {
        let mut fine = Self::with(layers, self.profile, self.friction, count, window);
        fine.last = (0..count).map(|i| between(&self.last, fine.line.at(i) / self.line.spacing)).collect();
        fine
    }

    fn found(&self, settled: super::Settled) -> Pressure {
        let spacing = self.line.spacing;
        Pressure {
            spacing_mm: spacing,
            ends_mm: ends(&settled.pressure, spacing),
            pressure_kpa: settled.pressure,
            friction: self.friction,
            depth_mm: settled.depth,
            iterations: settled.iterations,
        }
    }
}

/// The surface under the grid.
struct Skin<'a> {
    line: &'a mut Line,
    kernel: &'a LineKernel,
}

impl Surface for Skin<'_> {
    fn motion(&mut self, pressure: &[f64], out: &mut [f64]) {
        self.line.press(self.kernel, pressure, out);
    }

    fn pressure(&mut self, motion: &[f64], out: &mut [f64]) {
        self.line.lift(self.kernel, motion, out);
    }

    fn drag(&mut self, shear: &[f64], out: &mut [f64]) {
        self.line.drag(self.kernel, shear, out);
    }
}

fn kernel(line: &mut Line, layers: &Layered, friction: f64) -> LineKernel {
    if friction == 0.0 { line.kernel(layers) } else { line.sheared_kernel(layers) }
}

/// A first half-width: what a depth cuts out of the shape, or Hertz's on the softest layer.
fn guess(profile: &Profile, edge: &Edge, control: Control, layers: &Layered) -> f64 {
    let plane = |s: &crate::contact::layered::Sheet| 2.0 * s.shear / (1.0 - s.poisson);
    let softest = layers.sheets.iter().map(plane).fold(f64::INFINITY, f64::min);
    let hertz = |force: f64| (4.0 * force * edge.radius_mm / (std::f64::consts::PI * softest)).sqrt();
    match control {
        Control::DepthMm(depth) => profile.width(depth),
        Control::ForceNPerM(force) | Control::ForceN(force) => hertz(force),
    }
}

/// A value between points, `place` points to the right of the middle one.
fn between(values: &[f64], place: f64) -> f64 {
    let place = place + (values.len() / 2) as f64;
    let low = place.floor();
    if low < 0.0 || low + 1.0 >= values.len() as f64 {
        return 0.0;
    }
    let (i, share) = (whole(low), place - low);
    values[i] * (1.0 - share) + values[i + 1] * share
}
