//! Strain and motion inside the layers under an endless edge.

mod away;
mod chirp;
mod peak;
mod plane;
mod sum;

use std::f64::consts::PI;

use xystra_signal::Bin;

use super::kernel::Split;
use super::layered::{Layered, Level, Pair, Room, Sheet};
use super::solve::Pressure;
use crate::stack::Stack;
use chirp::Row;
pub use peak::{Peak, peaks};
use sum::Sum;

/// A wave that is felt less than this share of the one that is felt most is nothing, 1.
const NOTHING: f64 = 1e-17;

/// Motion and strain along a line of points at one depth. Stress follows from the strain by the layer's own moduli.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field {
    /// Which layer, from the top.
    pub layer: usize,
    /// Depth below the skin at rest, mm.
    pub depth_mm: f64,
    /// Motion to the right, mm.
    pub along_mm: Vec<f64>,
    /// Motion down, mm.
    pub down_mm: Vec<f64>,
    /// Stretch along the surface, 1.
    pub strain_xx: Vec<f64>,
    /// Stretch in depth, 1: negative under the edge.
    pub strain_zz: Vec<f64>,
    /// Engineering shear strain, 1.
    pub shear_xz: Vec<f64>,
    lame: f64,
    shear_modulus: f64,
}

/// A cross-section of layers: the points where fields are wanted, and what every wave does there. Made once, used for any pressure.
#[derive(Debug)]
pub struct Section {
    count: usize,
    window: f64,
    places: Vec<Place>,
    /// Wave numbers: those of the transform, then those of the integral over long waves.
    waves: Vec<f64>,
    sum: Sum,
    /// Level of each wave and place, for a load down, place after place; then for a load to the right.
    levels: [Vec<Level>; 2],
    /// How many waves of the transform, from the longest on, reach each place.
    felt: Vec<usize>,
}

/// A depth inside a layer.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    layer: usize,
    depth: f64,
    sheet: Sheet,
}

impl Section {
    /// `count` points (even) over `window_mm`, at depths given for each layer as shares of its thickness in rising order (0: its top, 1:
    /// its bottom). The load must lie in the middle of the window; fields are right within half a window of every load.
    /// A window of the contact's own size shows what is near it; a picture of all layers takes one of some thicknesses, with fewer points. Shear on
    /// a layer that glides moves it along without bound: its strain is right, its motion along is not.
    pub fn new(stack: &Stack, window_mm: f64, count: usize, depths: &[Vec<f64>]) -> Self {
        Self::of(&Layered::of(stack), window_mm, count, depths, true)
    }

    pub(crate) fn of(layers: &Layered, window: f64, count: usize, depths: &[Vec<f64>], sheared: bool) -> Self {
        let thickness = layers.sheets.iter().map(|s| s.thickness).sum();
        let split = Split::new(window);
        let nodes = split.nodes(0.75 * window, thickness);
        let mut section = Self {
            count,
            window,
            places: places(layers, depths),
            waves: (0..=count / 2).map(|i| 2.0 * PI * i as f64 / window).chain(nodes.iter().map(|n| n.k)).collect(),
            sum: Sum::new(count, window, &split, &nodes),
            levels: [Vec::new(), Vec::new()],
            felt: Vec::new(),
        };
        section.answer(&layers.cut(depths), depths, if sheared { 2 } else { 1 });
        section.felt = (0..section.places.len()).map(|place| section.felt(place)).collect();
        section
    }

    /// Place of a point, mm.
    pub fn x_mm(&self, point: usize) -> f64 {
        (point as f64 - (self.count / 2) as f64) * self.window / self.count as f64
    }

    /// All fields under a pressure, one a depth, from the top.
    pub fn fields(&mut self, pressure: &Pressure) -> Vec<Field> {
        let load = self.load(pressure);
        (0..self.places.len()).map(|place| self.field(place, &load, pressure.friction, true)).collect()
    }

    /// The same without the motions.
    pub fn strains(&mut self, pressure: &Pressure) -> Vec<Field> {
        let load = self.load(pressure);
        (0..self.places.len()).map(|place| self.field(place, &load, pressure.friction, false)).collect()
    }

    /// What every wave does at every place.
    fn answer(&mut self, cut: &Layered, depths: &[Vec<f64>], loads: usize) {
        let index = indices(depths);
        let count = self.waves.len();
        let mut room = Room::default();
        for levels in self.levels.iter_mut().take(loads) {
            levels.resize(count * self.places.len(), Level::default());
        }
        for (w, &k) in self.waves.iter().enumerate().skip(1) {
            cut.levels(k, &[[0.0, 1.0], [1.0, 0.0]][..loads], &mut room, |load, sheet, faces| {
                for &(place, face) in &index[sheet] {
                    self.levels[load][place * count + w] = faces[face];
                }
            });
        }
    }

    /// Waves of the transform before those that are nothing but rounding at a place.
    fn felt(&self, place: usize) -> usize {
        let (waves, shear) = (self.waves.len(), self.places[place].sheet.shear);
        let loads = self.levels.iter().filter(|levels| !levels.is_empty());
        let felt = loads.map(|levels| {
            let levels = &levels[place * waves..][..=self.count / 2];
            let size = |(level, k): (&Level, &f64)| {
                let Level { motion: [u, w], stress: [t, n] } = level;
                k * (u.abs() + w.abs()) + (t.abs() + n.abs()) / shear
            };
            let sizes: Vec<f64> = levels.iter().zip(&self.waves).map(size).collect();
            let least = NOTHING * sizes.iter().copied().fold(0.0, f64::max);
            sizes.iter().rposition(|&size| size > least).map_or(0, |last| last + 1)
        });
        felt.max().unwrap_or(0)
    }

    /// The transform of the pressure at every wave, N/m.
    fn load(&self, pressure: &Pressure) -> Vec<Pair> {
        // Points closer than half of this section's own tell it nothing.
        let pressure = &pressure.gathered(0.5 * self.window / self.count as f64);
        let first = pressure.pressure_kpa.iter().position(|&p| p > 0.0).unwrap_or(0);
        let last = pressure.pressure_kpa.iter().rposition(|&p| p > 0.0).map_or(0, |i| i + 1);
        let row = Row {
            pressure: &pressure.pressure_kpa[first..last.max(first)],
            start: pressure.x_mm(first),
            spacing: pressure.spacing_mm,
        };
        let (even, long) = self.waves.split_at(self.count / 2 + 1);
        let highest = PI / pressure.spacing_mm;
        let low = even.partition_point(|&k| k <= highest);
        let mut load = row.even_waves(2.0 * PI / self.window, low);
        load.resize(even.len(), [0.0; 2]);
        load.extend(row.waves(long).into_iter().zip(long).map(|(x, &k)| if k > highest { [0.0; 2] } else { x }));
        load
    }

    fn field(&mut self, place: usize, load: &[Pair], friction: f64, motions: bool) -> Field {
        let Place { layer, depth, sheet } = self.places[place];
        let (lame, shear) = (sheet.lame(), sheet.shear);
        let stiff = lame + 2.0 * shear;
        let along = |k: f64, l: &Level| k * l.motion[0];
        let strain_xx = self.sum(place, load, friction, false, along);
        let strain_zz = self.sum(place, load, friction, false, |k, l| (l.stress[1] - lame * k * l.motion[0]) / stiff);
        let shear_xz = self.sum(place, load, friction, true, |_, l| l.stress[0] / shear);
        let mut field = Field {
            layer,
            depth_mm: depth,
            strain_xx,
            strain_zz,
            shear_xz,
            lame,
            shear_modulus: shear,
            ..Field::default()
        };
        if motions {
            field.along_mm = self.sum(place, load, friction, true, |_, l| l.motion[0]);
            field.down_mm = self.sum(place, load, friction, false, |_, l| l.motion[1]);
        }
        field
    }

    /// One component on all points: `part` of each wave's level. An odd one is a sine where an even one is a cosine.
    fn sum(
        &mut self,
        place: usize,
        load: &[Pair],
        friction: f64,
        odd: bool,
        part: impl Fn(f64, &Level) -> f64,
    ) -> Vec<f64> {
        let count = self.waves.len();
        let row = place * count..(place + 1) * count;
        let down = &self.levels[0][row.clone()];
        let right = self.levels[1].get(row);
        let one = |w: usize| -> Bin {
            let k = self.waves[w];
            let normal = part(k, &down[w]);
            let sheared = right.map_or(0.0, |right| friction * part(k, &right[w]));
            // A load to the right is a quarter of a wave ahead of a load down; so is an odd component, the other way.
            let (re, im) = if odd { (sheared, -normal) } else { (normal, sheared) };
            let [a, b] = load[w];
            [re * a - im * b, re * b + im * a]
        };
        self.sum.points(self.felt[place], one)
    }
}

impl Field {
    /// Stress along the surface at a point, kPa.
    pub fn stress_xx_kpa(&self, point: usize) -> f64 {
        let (x, z) = (self.strain_xx[point], self.strain_zz[point]);
        self.lame * (x + z) + 2.0 * self.shear_modulus * x
    }

    /// Stress in depth at a point, kPa: negative where it presses.
    pub fn stress_zz_kpa(&self, point: usize) -> f64 {
        let (x, z) = (self.strain_xx[point], self.strain_zz[point]);
        self.lame * (x + z) + 2.0 * self.shear_modulus * z
    }

    /// Shear stress at a point, kPa.
    pub fn stress_xz_kpa(&self, point: usize) -> f64 {
        self.shear_modulus * self.shear_xz[point]
    }
}

/// Places in the order of the depths.
fn places(layers: &Layered, depths: &[Vec<f64>]) -> Vec<Place> {
    let mut top = 0.0;
    let mut places = Vec::new();
    for (layer, (&sheet, shares)) in layers.sheets.iter().zip(depths).enumerate() {
        places.extend(shares.iter().map(|share| Place { layer, depth: top + share * sheet.thickness, sheet }));
        top += sheet.thickness;
    }
    places
}

/// For each sheet of the cut layers, the places on its faces: (place, 0 for its top or 1 for its bottom).
fn indices(depths: &[Vec<f64>]) -> Vec<Vec<(usize, usize)>> {
    let (mut index, mut place) = (Vec::new(), 0);
    for shares in depths {
        let mut piece: Vec<(usize, usize)> = Vec::new();
        for &share in shares {
            if share >= 1.0 {
                piece.push((place, 1));
            } else if share <= 0.0 {
                piece.push((place, 0));
            } else {
                index.push(std::mem::take(&mut piece));
                piece.push((place, 0));
            }
            place += 1;
        }
        index.push(piece);
    }
    index
}
