//! Pressure under an endless edge.

use crate::contact::kernel::whole;

/// Pressure under an endless edge.
#[derive(Debug, Clone, PartialEq)]
pub struct Pressure {
    /// Distance of two points, mm; point i lies `(i - count / 2) spacing` to the right of the edge's lowest line.
    pub spacing_mm: f64,
    /// Pressure, kPa.
    pub pressure_kpa: Vec<f64>,
    /// Friction's share of it to the right, 1.
    pub friction: f64,
    /// How deep the edge's lowest line lies below the skin at rest, mm.
    pub depth_mm: f64,
    /// Where contact begins and ends, mm.
    pub ends_mm: [f64; 2],
    /// Iterations of the last solve.
    pub iterations: usize,
}

impl Pressure {
    /// Force for each metre of edge, N/m.
    pub fn force_n_per_m(&self) -> f64 {
        self.pressure_kpa.iter().sum::<f64>() * self.spacing_mm
    }

    /// Largest pressure, kPa.
    pub fn peak_kpa(&self) -> f64 {
        self.pressure_kpa.iter().copied().fold(0.0, f64::max)
    }

    /// Half the width of the contact, mm.
    pub fn half_width_mm(&self) -> f64 {
        0.5 * (self.ends_mm[1] - self.ends_mm[0])
    }

    /// Place of a point, mm.
    pub fn x_mm(&self, point: usize) -> f64 {
        (point as f64 - (self.pressure_kpa.len() / 2) as f64) * self.spacing_mm
    }

    /// The same on fewer points, not further apart than `spacing` mm, each standing for its neighbours.
    pub(crate) fn gathered(&self, spacing: f64) -> Self {
        // An odd number of neighbours keeps the middle one where it was.
        let together = 2 * whole((spacing / self.spacing_mm - 1.0) / 2.0) + 1;
        let count = self.pressure_kpa.len();
        let side = (count / 2).div_ceil(together) + 1;
        let mut gathered = vec![0.0; 2 * side];
        for (i, p) in self.pressure_kpa.iter().enumerate() {
            gathered[(i + together / 2 + together * side - count / 2) / together] += p / together as f64;
        }
        Self { spacing_mm: self.spacing_mm * together as f64, pressure_kpa: gathered, ..self.clone() }
    }

    /// How far the contact reaches to its wider side, mm.
    pub fn reach_mm(&self) -> f64 {
        self.ends_mm[1].max(-self.ends_mm[0])
    }
}

/// Where the pressure begins and ends, mm. Its square falls like a parabola towards a smooth end, which is drawn on to zero.
pub(crate) fn ends(pressure: &[f64], spacing: f64) -> [f64; 2] {
    let middle = (pressure.len() / 2) as f64;
    let first = pressure.iter().position(|&p| p > 0.0).unwrap_or(0);
    let last = pressure.iter().rposition(|&p| p > 0.0).unwrap_or(0);
    let right = last as f64 + beyond(|i| pressure[last - i], last - first);
    let left = first as f64 - beyond(|i| pressure[first + i], last - first);
    [(left - middle) * spacing, (right - middle) * spacing]
}

/// Points beyond the last one that touches, from the pressures `at` inwards of it: where the parabola through three squares ends. The
/// outermost points feel the grid and are left out.
fn beyond(at: impl Fn(usize) -> f64, inside: usize) -> f64 {
    if inside < 12 {
        return 0.5;
    }
    let [near, middle, far] = [1, 3, 5].map(|i| at(i).powi(2));
    let (rise, bend) = (middle - near, far - 2.0 * middle + near);
    // In steps of two points, outwards of the nearest: near - (rise - bend / 2) t + bend t^2 / 2 = 0.
    let slope = rise - 0.5 * bend;
    let root = (slope * slope - 2.0 * bend * near).max(0.0).sqrt();
    if slope + root > 0.0 { (4.0 * near / (slope + root) - 1.0).clamp(-0.5, 1.5) } else { 0.5 }
}
