//! What an iteration of the search knows.

/// Pressure, motion and direction of the search at every point.
pub(super) struct State {
    pub pressure: Vec<f64>,
    /// Motion down of the surface, mm.
    pub sunk: Vec<f64>,
    /// Gap that is left, mm; and the same where the bodies touch, else 0.
    pub open: Vec<f64>,
    pub touching: Vec<f64>,
    pub fall: Vec<f64>,
    pub direction: Vec<f64>,
    /// Motion that the direction would make, mm.
    pub answer: Vec<f64>,
    pub depth: f64,
}

impl State {
    pub(super) fn new(pressure: Vec<f64>) -> Self {
        let zero = vec![0.0; pressure.len()];
        let (sunk, open, touching) = (zero.clone(), zero.clone(), zero.clone());
        Self { pressure, sunk, open, touching, fall: zero.clone(), direction: zero.clone(), answer: zero, depth: 0.0 }
    }
}

/// What one step did.
#[derive(Debug, Default)]
pub(super) struct Step {
    /// Change of pressure over all pressure.
    pub change: f64,
    /// Was it anything but the step itself?
    pub bent: bool,
}

pub(super) fn fill(state: &mut State, gap: &[f64], pressure: impl Fn(f64) -> f64) {
    for (p, &gap) in state.pressure.iter_mut().zip(gap) {
        *p = if gap.is_finite() { pressure(gap) } else { 0.0 };
    }
}

/// Mean over the points that touch.
pub(super) fn touched(pressure: &[f64], value: impl Fn(usize) -> f64) -> f64 {
    let touching = pressure.iter().enumerate().filter(|(_, p)| **p != 0.0);
    let (sum, count) = touching.fold((0.0, 0.0), |(sum, count), (i, _)| (sum + value(i), count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
