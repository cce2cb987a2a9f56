//! The largest strains of each layer under a footprint.

mod answer;
mod laid;

use xystra_signal::{Bin, PlaneTransform};

use super::peak::{Peak, scales};
use super::{Place, indices, places};
use crate::contact::footprint::Print;
use crate::contact::kernel::whole;
use crate::contact::layered::{Layered, Room};
use crate::stack::Stack;
use answer::{Answer, Strain, Wave};
use laid::laid;

/// How far the window reaches beyond the contact, for it repeats itself: in scales of the depth, and, as far as points allow, in
/// thicknesses of all layers. Its neighbours' strain has then fallen to about a hundredth of the peak.
const BEYOND: f64 = 6.0;
const LAYERS: f64 = 1.5;
/// Scales that a window may be wide.
const WIDEST: f64 = 32.0;
/// Points for each scale across and along the edge, and the most of them.
const FINENESS: [f64; 2] = [16.0, 10.0];
const MOST: [usize; 2] = [256, 128];

impl Print {
    /// The peaks of every layer, from the top, to about a hundredth, under the middle half of the length: under a square end strain has
    /// no bound. Stretch is the larger of that across and that along the edge; shear is
    /// that between the surface's direction and depth.
    pub fn peaks(&self, stack: &Stack) -> Vec<Peak> {
        let layers = Layered::of(stack);
        let mut peaks = vec![Peak::default(); layers.sheets.len()];
        for (scale, depths) in scales(&layers, self.half_width_mm().max(self.spacing_mm[0])) {
            let mut slab = Slab::new(self, &layers, scale, &depths, FINENESS);
            for place in 0..slab.places.len() {
                slab.meet(place, &mut peaks[slab.places[place].layer]);
            }
        }
        peaks
    }

    /// Strains at all points of a window around the footprint, at depths of a scale, mm; `fineness` points for each scale across and along.
    /// `each` is told the layer and the strains across, along, in depth, across-depth, along-depth and across-along (shears are engineering's).
    pub(crate) fn strains(
        &self,
        layers: &Layered,
        scale: f64,
        depths: &[Vec<f64>],
        fineness: [f64; 2],
        mut each: impl FnMut(usize, &[Vec<f64>; 6]),
    ) {
        let mut slab = Slab::new(self, layers, scale, depths, fineness);
        (0..slab.places.len()).for_each(|place| each(slab.places[place].layer, &slab.strains(place)));
    }
}

/// Depths of one scale under a footprint, in a window that repeats itself.
struct Slab {
    count: [usize; 2],
    step: [f64; 2],
    places: Vec<Place>,
    /// What each wave does, place after place; bins across, and for each the rising rows.
    answers: Vec<Answer>,
    friction: f64,
    load: Vec<Bin>,
    /// How far from the middle along the edge strains count, mm.
    middle: f64,
    transform: PlaneTransform,
}

impl Slab {
    fn new(print: &Print, layers: &Layered, scale: f64, depths: &[Vec<f64>], fineness: [f64; 2]) -> Self {
        let ends = [print.across_mm, print.along_mm];
        let thickness: f64 = layers.sheets.iter().map(|sheet| sheet.thickness).sum();
        let contact = ends.map(|[low, high]| 2.0 * high.max(-low));
        let deep = contact.map(|c| c + 2.0 * LAYERS * thickness);
        let window = [0, 1].map(|axis| deep[axis].min(WIDEST * scale).max(contact[axis] + 2.0 * BEYOND * scale));
        let points = |axis: usize| 2 * whole((window[axis] / scale * fineness[axis] / 2.0).ceil());
        let count = [0, 1].map(|axis| points(axis).clamp(16, MOST[axis]));
        let mut transform = PlaneTransform::new(count[1], count[0]);
        let mut load = vec![[0.0; 2]; count[1] * transform.bins()];
        transform.forward(&laid(print, count, window), &mut load);
        let step = window.map(|w| std::f64::consts::TAU / w);
        let middle = 0.5 * print.half_length_mm();
        let mut slab = Self {
            middle,
            count,
            step,
            places: places(layers, depths),
            answers: Vec::new(),
            friction: print.friction,
            load,
            transform,
        };
        slab.answer(&layers.cut(depths), depths);
        slab
    }

    /// Waves with a different length: bins across times rising rows.
    fn waves(&self) -> usize {
        self.transform.bins() * (self.count[1] / 2 + 1)
    }

    fn answer(&mut self, cut: &Layered, depths: &[Vec<f64>]) {
        let (index, waves, high) = (indices(depths), self.waves(), self.count[1] / 2 + 1);
        self.answers = vec![Answer::EVEN; waves * self.places.len()];
        let loads = if self.friction > 0.0 { 2 } else { 1 };
        let mut room = Room::default();
        for wave in 1..waves {
            let k = (self.step[0] * (wave / high) as f64).hypot(self.step[1] * (wave % high) as f64);
            cut.levels(k, &[[0.0, 1.0], [1.0, 0.0]][..loads], &mut room, |load, sheet, faces| {
                for &(place, face) in &index[sheet] {
                    let answer = &mut self.answers[place * waves + wave];
                    *(if load == 0 { &mut answer.down } else { &mut answer.right }) = faces[face];
                }
            });
            if self.friction > 0.0 {
                cut.across_levels(k, |sheet, faces| {
                    for &(place, face) in &index[sheet] {
                        self.answers[place * waves + wave].across = faces[face];
                    }
                });
            }
        }
    }

    /// Strains at one depth: across, along, in depth, across-depth, along-depth, across-along.
    fn strains(&mut self, place: usize) -> [Vec<f64>; 6] {
        let sheet = self.places[place].sheet;
        let friction = self.friction;
        Strain::ALL.map(|strain| self.points(place, |wave, answer| strain.gain(wave, answer, &sheet, friction)))
    }

    /// Meets the strains of one depth with the peaks of its layer.
    fn meet(&mut self, place: usize, peak: &mut Peak) {
        let [across, along, deep, slide, roll, _] = self.strains(place);
        let [columns, rows] = self.count;
        let spacing = std::f64::consts::TAU / (self.step[1] * rows as f64);
        let reach = whole(self.middle / spacing);
        for i in (rows / 2 - reach) * columns..(rows / 2 + reach + 1) * columns {
            peak.stretch = peak.stretch.max(across[i]).max(along[i]);
            peak.compression = peak.compression.max(-deep[i]);
            peak.shear = peak.shear.max(slide[i].hypot(roll[i]));
        }
    }

    /// One component on all points: `part` makes a complex gain of each wave and its answer.
    fn points(&mut self, place: usize, part: impl Fn(&Wave, &Answer) -> Bin) -> Vec<f64> {
        let [columns, rows] = self.count;
        let (bins, high, waves) = (self.transform.bins(), rows / 2 + 1, self.waves());
        let answers = &self.answers[place * waves..(place + 1) * waves];
        let one = |(at, [re, im]): (usize, &Bin)| {
            let (bin, row) = (at % bins, at / bins);
            let rising = row.min(rows - row);
            let signed = if row == rising { rising as f64 } else { -(rising as f64) };
            let wave = Wave::new([self.step[0] * bin as f64, self.step[1] * signed]);
            let [a, b] = part(&wave, &answers[bin * high + rising]);
            [a * re - b * im, a * im + b * re]
        };
        let spectrum: Vec<Bin> = self.load.iter().enumerate().map(one).collect();
        let mut points = vec![0.0; rows * columns];
        self.transform.inverse(&spectrum, &mut points);
        points
    }
}
