//! Pressure under a footprint.

/// Pressure under a footprint.
#[derive(Debug, Clone, PartialEq)]
pub struct Print {
    /// Points across and along the edge; the lowest point is in the middle, at half of each.
    pub count: [usize; 2],
    /// Distance of two points across and along, mm.
    pub spacing_mm: [f64; 2],
    /// Pressure, kPa, row after row; a row lies across the edge.
    pub pressure_kpa: Vec<f64>,
    /// Friction's share of the pressure, across the edge to the right, 1.
    pub friction: f64,
    /// How deep the lowest point lies below the skin at rest, mm.
    pub depth_mm: f64,
    /// Where contact begins and ends across the middle of the length, mm.
    pub across_mm: [f64; 2],
    /// Where contact begins and ends along the edge, mm.
    pub along_mm: [f64; 2],
    /// Iterations of the last solve.
    pub iterations: usize,
}

impl Print {
    /// Force, N.
    pub fn force_n(&self) -> f64 {
        1e-3 * self.pressure_kpa.iter().sum::<f64>() * self.spacing_mm[0] * self.spacing_mm[1]
    }

    /// Area that touches, mm^2.
    pub fn area_mm2(&self) -> f64 {
        let touching = self.pressure_kpa.iter().filter(|p| **p > 0.0).count();
        touching as f64 * self.spacing_mm[0] * self.spacing_mm[1]
    }

    /// Pressure across the middle of the length, kPa.
    pub fn middle_kpa(&self) -> &[f64] {
        let [columns, rows] = self.count;
        &self.pressure_kpa[rows / 2 * columns..(rows / 2 + 1) * columns]
    }

    /// Largest pressure across the middle of the length, kPa: under a square end there is no largest.
    pub fn peak_kpa(&self) -> f64 {
        self.middle_kpa().iter().copied().fold(0.0, f64::max)
    }

    /// Half the width of the contact across the middle of the length, mm.
    pub fn half_width_mm(&self) -> f64 {
        0.5 * (self.across_mm[1] - self.across_mm[0])
    }

    /// Half the length of the contact, mm.
    pub fn half_length_mm(&self) -> f64 {
        0.5 * (self.along_mm[1] - self.along_mm[0])
    }

    /// How far the contact reaches to its wider side, across and along, mm.
    pub fn reach_mm(&self) -> [f64; 2] {
        [self.reach(0), self.reach(1)]
    }

    pub(super) fn reach(&self, axis: usize) -> f64 {
        let [low, high] = [self.across_mm, self.along_mm][axis];
        high.max(-low)
    }
}
