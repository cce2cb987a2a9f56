//! Waves of load on layers over a rigid base: what the surface and every depth answer.
//!
//! One wave number k (1/mm) at a time. Loads and motions are real amplitudes of `u = U sin kx` (along the surface), `w = W cos kx`
//! (down), `sigma_xz = T sin kx`, `sigma_zz = N cos kx`. A layer joins the loads on its faces to their motions by a 4x4 stiffness in closed
//! form; the layers below are condensed from the base upwards, `S = K11 - K12 (S_below + K22)^-1 K21`, which no thickness overflows.

mod sheet;

use crate::stack::Stack;
pub(crate) use sheet::Sheet;
use sheet::Wave;

/// Motions U and W, or loads along and across the surface.
pub(crate) type Pair = [f64; 2];

/// A symmetric 2x2 matrix: along-along, along-down, down-down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Square {
    pub along: f64,
    pub cross: f64,
    pub down: f64,
}

/// Layers in the form that a wave needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layered {
    pub sheets: Vec<Sheet>,
}

/// Motion and stress of one wave at one depth.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Level {
    /// U and W, mm.
    pub motion: Pair,
    /// T and N, kPa.
    pub stress: Pair,
}

impl Layered {
    /// The layers of a stack.
    pub(crate) fn of(stack: &Stack) -> Self {
        let sheet = |l: &crate::stack::Layer| Sheet::new(l.thickness_mm, l.young_kpa, l.poisson, l.slips);
        Self { sheets: stack.layers.iter().map(sheet).collect() }
    }

    /// The same layers cut at depths: each `(layer, fractions of its thickness)` in rising order. Says which cut layer begins each layer.
    pub(crate) fn cut(&self, depths: &[Vec<f64>]) -> Self {
        let sheets = self.sheets.iter().zip(depths).flat_map(|(sheet, cuts)| sheet.cut(cuts));
        Self { sheets: sheets.collect() }
    }

    /// Surface motion for unit loads: the inverse of the surface's stiffness, mm/kPa.
    pub(crate) fn compliance(&self, k: f64) -> Square {
        self.stiffness(k).inverse()
    }

    /// Surface's normal compliance alone, mm/kPa: also that of a load over the plane whose wave number has the length `k`.
    pub(crate) fn normal(&self, k: f64) -> f64 {
        if k == 0.0 {
            return self.sheets.iter().map(|sheet| sheet.thickness / sheet.oedometric()).sum();
        }
        let s = self.stiffness(k);
        1.0 / (s.down - s.cross * s.cross / s.along)
    }

    /// Motion across the plane of the wave for a unit load across it (horizontally polarised shear), mm/kPa.
    pub(crate) fn across(&self, k: f64) -> f64 {
        self.sheets.iter().rev().fold(0.0, |below, sheet| sheet.across(k, below))
    }

    /// Stiffness of the surface, kPa/mm.
    pub(crate) fn stiffness(&self, k: f64) -> Square {
        let waves = self.sheets.iter().rev().map(|sheet| (sheet, Wave::new(sheet, k)));
        let top = waves.fold(None, |below, (sheet, wave)| Some(wave.on(sheet.slips, below)));
        top.unwrap_or_default()
    }

    /// Motion and stress at the top and at the bottom of every sheet, for a load on the surface (right, down; kPa).
    pub(crate) fn levels(
        &self,
        k: f64,
        loads: &[Pair],
        room: &mut Room,
        mut take: impl FnMut(usize, usize, [Level; 2]),
    ) {
        room.condense(&self.sheets, k);
        for (which, &load) in loads.iter().enumerate() {
            let mut motion = room.tops.first().map_or([0.0; 2], |top| top.inverse().times(load));
            for (i, sheet) in self.sheets.iter().enumerate() {
                let (wave, next) = (&room.waves[i], room.tops.get(i + 1).copied());
                let bottom = wave.bottom(sheet.slips, next, motion);
                let top = Level { motion, stress: minus(room.tops[i].times(motion)) };
                take(which, i, [top, wave.below(motion, bottom)]);
                motion = match next {
                    Some(next) if sheet.slips => [next.slid(bottom[1]), bottom[1]],
                    _ => bottom,
                };
            }
        }
    }

    /// Motion, mm, and shear stress, kPa, across the wave's plane at the top and at the bottom of every sheet, for a unit load across it.
    pub(crate) fn across_levels(&self, k: f64, mut take: impl FnMut(usize, [Pair; 2])) {
        let mut below = vec![0.0; self.sheets.len() + 1];
        for (i, sheet) in self.sheets.iter().enumerate().rev() {
            below[i] = sheet.across(k, below[i + 1]);
        }
        let mut load = 1.0;
        for (i, sheet) in self.sheets.iter().enumerate() {
            let [bottom, motion] = sheet.across_below(k, below[i + 1], load);
            take(i, [[below[i] * load, -load], [motion, -bottom]]);
            load = bottom;
        }
    }
}

/// Room for the numbers of one wave, kept from wave to wave.
#[derive(Debug, Default)]
pub(crate) struct Room {
    waves: Vec<Wave>,
    /// Stiffness at the top of each sheet, with all that is below.
    tops: Vec<Square>,
}

impl Room {
    fn condense(&mut self, sheets: &[Sheet], k: f64) {
        self.waves.clear();
        self.waves.extend(sheets.iter().map(|sheet| Wave::new(sheet, k)));
        self.tops.resize(sheets.len(), Square::default());
        let mut below = None;
        for i in (0..sheets.len()).rev() {
            self.tops[i] = self.waves[i].on(sheets[i].slips, below);
            below = Some(self.tops[i]);
        }
    }
}

impl Square {
    pub(crate) fn inverse(self) -> Self {
        let scale = 1.0 / (self.along * self.down - self.cross * self.cross);
        Self { along: self.down * scale, cross: -self.cross * scale, down: self.along * scale }
    }

    pub(crate) fn times(self, v: Pair) -> Pair {
        [self.along * v[0] + self.cross * v[1], self.cross * v[0] + self.down * v[1]]
    }

    fn plus(self, other: Self) -> Self {
        Self { along: self.along + other.along, cross: self.cross + other.cross, down: self.down + other.down }
    }

    /// Stiffness that is left across a face without friction.
    fn freed(self) -> Self {
        Self { along: 0.0, cross: 0.0, down: self.down - self.cross * self.cross / self.along }
    }

    /// How far a face without friction moves along when it is pushed down by `w`.
    fn slid(self, w: f64) -> f64 {
        -self.cross / self.along * w
    }
}

fn minus(v: Pair) -> Pair {
    [-v[0], -v[1]]
}
