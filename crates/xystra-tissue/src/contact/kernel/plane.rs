//! The kernel of a footprint: points on a plane.

use std::f64::consts::PI;

use xystra_signal::PlaneTransform;

use super::radial::Radial;
use super::split::Split;
use crate::contact::layered::Layered;

/// Points on a rectangle, rows along the edge, and the waves that belong to them; made once, used with any layers.
#[derive(Debug, Clone)]
pub(crate) struct Plane {
    /// Distance of two points across and along the edge, mm.
    pub spacing: [f64; 2],
    /// Points across and along the edge, even numbers; the lowest point is in the middle, at half of each.
    pub count: [usize; 2],
    split: Split,
    radial: Radial,
    /// The same for shear, if it was asked for.
    turned: Option<Radial>,
    transform: PlaneTransform,
}

/// Gains of the waves of a [`Plane`].
#[derive(Debug, Clone)]
pub(crate) struct PlaneKernel {
    /// Motion down for pressure, mm/kPa.
    down: Vec<f64>,
    /// About the pressure for motion down, kPa/mm.
    stiff: Vec<f64>,
    /// Motion down for shear to the right, mm/kPa: the factors of i of a whole spectrum, odd across; empty if it was not asked for.
    sheared: Vec<f64>,
}

impl Plane {
    /// `count` points across and along, windows of `spacing` times that, layers of `thickness` mm altogether;
    /// `sheared`: for shear too.
    pub(crate) fn new(count: [usize; 2], spacing: [f64; 2], thickness: f64, sheared: bool) -> Self {
        let window = [spacing[0] * count[0] as f64, spacing[1] * count[1] as f64];
        let split = Split::new(window[0].min(window[1]));
        let reach = 0.5 * window[0].hypot(window[1]);
        let nodes = split.nodes(reach, thickness);
        let turned = sheared.then(|| Radial::new(nodes.clone(), reach, libm::j1));
        let radial = Radial::new(nodes, reach, libm::j0);
        Self { spacing, count, split, radial, turned, transform: PlaneTransform::new(count[1], count[0]) }
    }

    /// Points altogether.
    pub(crate) fn points(&self) -> usize {
        self.count[0] * self.count[1]
    }

    /// Place of a point across and along, mm.
    pub(crate) fn at(&self, point: usize) -> [f64; 2] {
        let place = |i: usize, axis: usize| (i as f64 - (self.count[axis] / 2) as f64) * self.spacing[axis];
        [place(point % self.count[0], 0), place(point / self.count[0], 1)]
    }

    /// The kernel of pressure on `layers`.
    pub(crate) fn kernel(&mut self, layers: &Layered) -> PlaneKernel {
        let table = self.radial.table(|k| layers.normal(k));
        let cell = self.spacing[0] * self.spacing[1];
        let [columns, rows] = self.count;
        let distance = |i: usize, axis: usize| i.min(self.count[axis] - i) as f64 * self.spacing[axis];
        let long = |point: usize| cell * table.at(distance(point % columns, 0).hypot(distance(point / columns, 1)));
        let long: Vec<f64> = (0..rows * columns).map(long).collect();
        let bins = self.transform.bins();
        let mut spectrum = vec![[0.0; 2]; rows * bins];
        self.transform.forward(&long, &mut spectrum);
        let high = rows / 2 + 1;
        let (mut down, mut stiff) = (vec![0.0; bins * high], vec![0.0; bins * high]);
        for (at, (down, stiff)) in down.iter_mut().zip(&mut stiff).enumerate() {
            let (bin, row) = (at / high, at % high);
            let k = self.wave(bin as f64, row as f64);
            let least = self.wave(0.5, 0.0).min(self.wave(0.0, 0.5));
            let answer = layers.normal(k.max(least));
            let short = if at == 0 { 0.0 } else { self.split.short(k) * answer };
            *down = spectrum[row * bins + bin][0] + short;
            *stiff = 1.0 / answer;
        }
        PlaneKernel { down, stiff, sheared: self.sheared(layers) }
    }

    /// Motion down of the surface under `pressure`, mm.
    pub(crate) fn press(&mut self, kernel: &PlaneKernel, pressure: &[f64], out: &mut [f64]) {
        self.transform.filter(&kernel.down, pressure, out);
    }

    /// About the pressure that makes the surface move down by `motion`, kPa.
    pub(crate) fn lift(&mut self, kernel: &PlaneKernel, motion: &[f64], out: &mut [f64]) {
        self.transform.filter(&kernel.stiff, motion, out);
    }

    /// Motion down of the surface under `shear` to the right, mm.
    pub(crate) fn drag(&mut self, kernel: &PlaneKernel, shear: &[f64], out: &mut [f64]) {
        let mut spectrum = vec![[0.0; 2]; self.count[1] * self.transform.bins()];
        self.transform.forward(shear, &mut spectrum);
        for (bin, gain) in spectrum.iter_mut().zip(&kernel.sheared) {
            *bin = [-bin[1] * gain, bin[0] * gain];
        }
        self.transform.inverse(&spectrum, out);
    }

    /// Factors of i of the kernel `i cross(k) kx / k`.
    fn sheared(&mut self, layers: &Layered) -> Vec<f64> {
        let Some(turned) = &self.turned else { return Vec::new() };
        let table = turned.table(|k| layers.compliance(k).cross);
        let cell = self.spacing[0] * self.spacing[1];
        let [columns, rows] = self.count;
        let signed = |i: usize, count: usize| if i < count / 2 { i as f64 } else { i as f64 - count as f64 };
        let long = |point: usize| {
            let (x, y) =
                (signed(point % columns, columns) * self.spacing[0], signed(point / columns, rows) * self.spacing[1]);
            // The middle of the window's border has no side.
            if x == 0.0 || 2 * (point % columns) == columns {
                0.0
            } else {
                -cell * table.at(x.hypot(y)) * x / x.hypot(y)
            }
        };
        let long: Vec<f64> = (0..rows * columns).map(long).collect();
        let bins = self.transform.bins();
        let mut spectrum = vec![[0.0; 2]; rows * bins];
        self.transform.forward(&long, &mut spectrum);
        let short = |at: usize| {
            let (bin, row) = ((at % bins) as f64, at / bins);
            let (k, across) = (self.wave(bin, row.min(rows - row) as f64), self.wave(bin, 0.0));
            if bin == 0.0 { 0.0 } else { self.split.short(k) * layers.compliance(k).cross * across / k }
        };
        spectrum.iter().enumerate().map(|(at, long)| long[1] + short(at)).collect()
    }

    /// Length of a wave number vector, 1/mm.
    fn wave(&self, across: f64, along: f64) -> f64 {
        let one = |n: f64, axis: usize| 2.0 * PI * n / (self.spacing[axis] * self.count[axis] as f64);
        one(across, 0).hypot(one(along, 1))
    }
}
