//! What presses: an instrument's edge, or a thumb.

use super::{Place, Svg, closed, on_paper};

/// What is drawn above the skin.
#[derive(Debug, Clone, PartialEq)]
pub enum Tool {
    /// A rounded edge, with the shape that the model gives it.
    Edge {
        /// Radius of the rounding, mm.
        radius_mm: f64,
        /// How steep the flanks to the left and to the right are, degrees.
        flanks_deg: [f64; 2],
        /// Angle to the skin, degrees; 90 is upright.
        angle_deg: f64,
        /// How deep it went, mm.
        depth_mm: f64,
        /// Half the width of the contact, mm.
        half_width_mm: f64,
    },
    /// A thumb's pad, with the shape that the model gives it.
    Thumb {
        /// Radius of the pad, mm.
        radius_mm: f64,
        /// How deep it went, mm.
        depth_mm: f64,
    },
}

/// Half of a blade's thickness, at least, mm.
const BLADE_HALF_MM: f64 = 2.4;
/// How long a blade is above its edge, mm.
const BLADE_MM: f64 = 14.0;
/// Farthest from its lowest point that an edge is drawn, mm.
const REACH_MM: f64 = 9.0;
/// Where a thumb's pad turns up, and half of its width, mm.
const THUMB_MM: (f64, f64) = (7.0, 9.5);

impl Tool {
    pub(super) fn draw(&self, svg: &mut Svg) {
        match self {
            Self::Edge { radius_mm, flanks_deg, angle_deg, depth_mm, half_width_mm } => {
                let nose = Nose { radius: *radius_mm, slopes: flanks_deg.map(|flank| flank.to_radians().tan()) };
                edge(svg, &nose, 90.0 - angle_deg, *depth_mm, BLADE_HALF_MM.max(1.1 * half_width_mm));
            }
            Self::Thumb { radius_mm, depth_mm } => thumb(svg, *radius_mm, *depth_mm),
        }
    }
}

/// The shape that meets the skin: a parabola, then flanks.
struct Nose {
    radius: f64,
    slopes: [f64; 2],
}

impl Nose {
    /// Height over the lowest point, mm.
    fn height(&self, x: f64) -> f64 {
        let slope = self.slopes[usize::from(x > 0.0)];
        let round = x.abs().min(self.radius * slope);
        round * round / (2.0 * self.radius) + slope * (x.abs() - round)
    }
}

/// The nose as wide as the blade, and the blade along its axis.
fn edge(svg: &mut Svg, nose: &Nose, tilt_deg: f64, depth_mm: f64, half: f64) {
    let (sin, cos) = tilt_deg.to_radians().sin_cos();
    let point = |x: f64| (x, depth_mm - nose.height(x));
    let side = |sign: f64| {
        let steps = (1..=180).map(move |n| sign * REACH_MM * f64::from(n) / 180.0);
        steps.take_while(move |x| sign * (x * cos - nose.height(*x) * sin) < half && nose.height(*x) < BLADE_MM)
    };
    let mut outline: Vec<Place> = side(-1.0).map(point).collect();
    outline.reverse();
    outline.push(point(0.0));
    outline.extend(side(1.0).map(point));
    let (left, right) = (outline[0], outline[outline.len() - 1]);
    let up = |from: Place, length: f64| (from.0 + length * sin, from.1 - length * cos);
    // Both sides of the blade end at the same length of its axis.
    let along = |place: Place| place.0 * sin - place.1 * cos;
    let end = along(left).max(along(right)) + BLADE_MM;
    let (left, right) = (up(left, end - along(left)), up(right, end - along(right)));
    outline.extend(cap(right, left, (sin, -cos)));
    svg.path("steel", &closed(&outline));
    let shine =
        [0.15, 0.7].map(|share| up((left.0 * 0.7 + right.0 * 0.3, left.1 * 0.7 + right.1 * 0.3), -BLADE_MM * share));
    svg.line("steel-hi", &shine.map(on_paper));
}

/// A round end from one corner to the other, bulging along a direction.
fn cap(from: Place, to: Place, (dx, dy): (f64, f64)) -> Vec<Place> {
    let bulge = 0.25 * (to.0 - from.0).hypot(to.1 - from.1);
    let turn = (0..=12).map(|n| f64::from(n) / 12.0 * std::f64::consts::PI);
    let point = |turn: f64| {
        let (share, out) = ((1.0 - turn.cos()) / 2.0, bulge * turn.sin());
        (from.0 + (to.0 - from.0) * share + dx * out, from.1 + (to.1 - from.1) * share + dy * out)
    };
    turn.map(point).collect()
}

/// The pad is a parabola; beside it the flesh rises round and smoothly.
fn thumb(svg: &mut Svg, radius_mm: f64, depth_mm: f64) {
    let (turns, half) = THUMB_MM;
    let pad = |x: f64| (x, depth_mm - x * x / (2.0 * radius_mm));
    let start = pad(turns);
    let corner = (half, start.1 - turns / radius_mm * (half - turns));
    let top = (half, corner.1 - 8.0);
    // A quadratic curve that leaves along the pad and ends upright.
    let curve = |sign: f64| {
        (1..=12).map(|n| f64::from(n) / 12.0).map(move |t| {
            let bend = |a: f64, b: f64, c: f64| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            (sign * bend(start.0, corner.0, top.0), bend(start.1, corner.1, top.1))
        })
    };
    let mut outline: Vec<Place> = curve(-1.0).collect();
    outline.reverse();
    outline.extend((-14..=14).map(|n| pad(turns * f64::from(n) / 14.0)));
    outline.extend(curve(1.0));
    outline.extend([(0.94 * half, -22.0), (-0.94 * half, -22.0)]);
    svg.path("thumb", &closed(&outline));
    let crease = [(-5.6, depth_mm - 9.0), (-6.4, depth_mm - 6.0), (-5.2, depth_mm - 3.6)].map(on_paper);
    let [from, bend, to] = crease;
    svg.path("thumb-l", &format!("M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}", from.0, from.1, bend.0, bend.1, to.0, to.1));
}
