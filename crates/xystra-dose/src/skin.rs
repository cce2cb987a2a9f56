//! The skin under the tool: its plane, the tool's angle to it, and force across and along it.

mod line;

use std::ops::Range;

use crate::constants::{
    SKIN_FLAT, SKIN_NEAR, SKIN_PATH, SKIN_PRESSED, SKIN_SHARE, SKIN_STEEP, SKIN_STRAIGHT, SKIN_WAY,
};
use crate::rotation::{cross, direction, to_room};
use crate::samples::{Quaternion, Samples};
use crate::vector::{Vec3, add, dot, mean, norm, principal, quantile, scale, sub};

/// The plane that the contact's path lies in, and the tool's turn to it.
///
/// Only a path that is long, wide and flat enough shows the skin's plane: strokes along one line, or around a limb, do not.
#[derive(Debug, Clone, PartialEq)]
pub struct SkinFrame {
    /// Unit vector out of the skin, by the room's axes: towards the side on which the tool is while it touches nothing, or upwards.
    pub normal: Vec3,
    /// Unit vectors in the plane: the room's x axis laid into it (its y axis when x stands upright on the skin), then a
    /// quarter turn on, anticlockwise for who looks at the skin.
    plane: [Vec3; 2],
    position_m: Vec<Vec3>,
    orientation: Option<Vec<Quaternion>>,
}

impl SkinFrame {
    /// The skin under the path of `contact` (samples in contact, in order), where it presses; none without positions, when the path
    /// shows no plane, or when the force does not come out of that plane. `orientation` is one unit quaternion a sample, tool to
    /// room; `force_n` the force over its resting level by the tool's axes, N.
    pub fn of(
        samples: &Samples,
        orientation: Option<&[Quaternion]>,
        contact: &[Range<usize>],
        force_n: &[Vec3],
    ) -> Option<Self> {
        let position_m = samples.position_m.clone();
        let pressed = pressed(contact, force_n);
        let touched: Vec<Vec3> = pressed.iter().filter_map(|i| position_m.get(*i)).copied().collect();
        let Plane { middle, normal, .. } = plane_of(&touched)?;
        let normal = if is_outwards(&position_m, contact, middle, normal) { normal } else { scale(normal, -1.0) };
        let orientation = orientation.filter(|all| all.len() == samples.len());
        if orientation.is_some_and(|turns| !is_pressed(turns, &pressed, force_n, normal)) {
            return None;
        }
        Some(Self { normal, plane: axes_in(normal), position_m, orientation: orientation.map(<[Quaternion]>::to_vec) })
    }

    /// The skin under strokes along a line, from the force over its resting level (N by the tool's axes) at each sample; none when
    /// force and path do not show it.
    pub fn by_force(
        samples: &Samples,
        orientation: &[Quaternion],
        contact: &[Range<usize>],
        force_n: &[Vec3],
    ) -> Option<Self> {
        let position_m = samples.position_m.clone();
        if position_m.is_empty() || orientation.len() != samples.len() {
            return None;
        }
        let normal = line::upright(&position_m, orientation, contact, force_n)?;
        let touched: Vec<Vec3> = contact.iter().flat_map(|part| &position_m[part.clone()]).copied().collect();
        let normal =
            if is_outwards(&position_m, contact, mean(&touched), normal) { normal } else { scale(normal, -1.0) };
        Some(Self { normal, plane: axes_in(normal), position_m, orientation: Some(orientation.to_vec()) })
    }

    /// Is the tool's turn to the skin known?
    pub fn knows_tool(&self) -> bool {
        self.orientation.is_some()
    }

    /// Angle between the tool's z axis and the skin's plane at sample `i`, degrees: 90 is upright, 0 lies flat. None without
    /// orientation.
    pub fn angle_deg(&self, i: usize) -> Option<f64> {
        let tool = to_room(self.turn(i)?, [0.0, 0.0, 1.0]);
        Some(dot(tool, self.normal).abs().min(1.0).asin().to_degrees())
    }

    /// A force by the tool's axes (N) at sample `i`, as its component out of the skin and the length of what lies in the skin's
    /// plane. None without orientation.
    pub fn in_frame(&self, force_n: Vec3, i: usize) -> Option<(f64, f64)> {
        let force_n = to_room(self.turn(i)?, force_n);
        let normal_n = dot(force_n, self.normal);
        Some((normal_n, norm(sub(force_n, scale(self.normal, normal_n)))))
    }

    /// Direction of travel from the first to the last sample of `part`, degrees from 0 to 360 from the plane's first axis (the
    /// room's x axis, laid into the skin), anticlockwise for who looks at the skin. None for a way that leads back.
    pub fn direction_deg(&self, part: Range<usize>) -> Option<f64> {
        let way = self.position_m.get(part)?;
        let along = sub(*way.last()?, *way.first()?);
        let [x, y] = self.plane.map(|axis| dot(along, axis));
        let length_m: f64 = way.windows(2).map(|w| norm(sub(w[1], w[0]))).sum();
        (x.hypot(y) > SKIN_WAY.value * length_m).then(|| y.atan2(x).to_degrees().rem_euclid(360.0))
    }

    fn turn(&self, i: usize) -> Option<Quaternion> {
        self.orientation.as_ref()?.get(i).copied()
    }
}

/// A plane, by its middle and the unit vector across it.
#[derive(Debug, Clone, Copy)]
struct Plane {
    middle: Vec3,
    normal: Vec3,
    /// Standard deviation along, beside and across, m.
    spread_m: [f64; 3],
}

impl Plane {
    /// Through `points` by weighted least squares of the distances to it.
    fn through(points: &[Vec3], weights: &[f64]) -> Self {
        let total: f64 = weights.iter().sum();
        let sum = points.iter().zip(weights).fold([0.0; 3], |sum, (p, w)| add(sum, scale(*p, *w)));
        let middle = scale(sum, 1.0 / total);
        let mut squares = [[0.0; 3]; 3];
        for (p, w) in points.iter().map(|p| sub(*p, middle)).zip(weights) {
            for (row, x) in squares.iter_mut().zip(p) {
                row.iter_mut().zip(p).for_each(|(cell, y)| *cell += w * x * y / total);
            }
        }
        let axes = principal(squares);
        Self { middle, normal: axes[2].1, spread_m: axes.map(|(square, _)| square.max(0.0).sqrt()) }
    }

    fn off_m(&self, point: Vec3) -> f64 {
        dot(sub(point, self.middle), self.normal).abs()
    }

    fn is_shown(&self) -> bool {
        let [along_m, beside_m, across_m] = self.spread_m;
        along_m > SKIN_PATH.value && beside_m > SKIN_STRAIGHT.value * along_m && across_m < SKIN_FLAT.value * beside_m
    }
}

/// The plane that most of `touched` lies in, when it shows one. Force while the tool comes and goes may count as contact: so first
/// the plane with the least sum of distances, which such parts hardly move, then the one through what is near it.
fn plane_of(touched: &[Vec3]) -> Option<Plane> {
    let mut plane = Plane::through(touched, &vec![1.0; touched.len()]);
    for _ in 0..30 {
        let weights: Vec<f64> = touched.iter().map(|p| 1.0 / plane.off_m(*p).max(SKIN_NEAR.value)).collect();
        plane = Plane::through(touched, &weights);
    }
    let limit_m = SKIN_FLAT.value * plane.spread_m[1].max(SKIN_NEAR.value);
    let near: Vec<Vec3> = touched.iter().filter(|p| plane.off_m(**p) <= limit_m).copied().collect();
    let enough = near.len() as f64 >= SKIN_SHARE.value * touched.len() as f64;
    let plane = Some(near)
        .filter(|near| enough && !near.is_empty())
        .map(|near| Plane::through(&near, &vec![1.0; near.len()]))?;
    plane.is_shown().then_some(plane)
}

/// The samples in contact with at least half of the usual firm force: while the tool comes and goes it may be counted as contact,
/// but hardly presses.
fn pressed(contact: &[Range<usize>], force_n: &[Vec3]) -> Vec<usize> {
    let touching = || contact.iter().cloned().flatten().filter(|i| *i < force_n.len());
    let firm_n = quantile(touching().map(|i| norm(force_n[i])).collect(), 0.9);
    touching().filter(|i| norm(force_n[*i]) >= SKIN_PRESSED.value * firm_n).collect()
}

/// Does the force come out of the skin? What a tool presses comes back steeper than half a right angle, however it rubs. A force along
/// the tool's axis alone does not show it.
fn is_pressed(turns: &[Quaternion], pressed: &[usize], force_n: &[Vec3], normal: Vec3) -> bool {
    let has_shear = pressed.iter().any(|i| force_n[*i][0] != 0.0 || force_n[*i][1] != 0.0);
    let out_n: f64 = pressed.iter().map(|i| dot(to_room(turns[*i], force_n[*i]), normal)).sum();
    let all_n: f64 = pressed.iter().map(|i| norm(force_n[*i])).sum();
    !has_shear || out_n.abs() >= SKIN_STEEP.value * all_n
}

/// Does `normal` point to the side of the samples in the air, or upwards when none is?
fn is_outwards(position_m: &[Vec3], contact: &[Range<usize>], middle: Vec3, normal: Vec3) -> bool {
    let touches = |i: &usize| contact.iter().any(|part| part.contains(i));
    let air: Vec<f64> =
        (0..position_m.len()).filter(|i| !touches(i)).map(|i| dot(sub(position_m[i], middle), normal)).collect();
    let height = air.iter().sum::<f64>();
    if height == 0.0 { normal[2] >= 0.0 } else { height > 0.0 }
}

/// Two axes in the plane across `normal`.
fn axes_in(normal: Vec3) -> [Vec3; 2] {
    let upright = normal[0].abs() > std::f64::consts::FRAC_1_SQRT_2;
    let room = if upright { [0.0, 1.0, 0.0] } else { [1.0, 0.0, 0.0] };
    let first = direction(sub(room, scale(normal, dot(room, normal)))).unwrap_or(room);
    [first, cross(normal, first)]
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;
    use crate::rotation::{about, after};

    /// A tool that circles on a plane that leans by 30 degrees about y, itself leaning by `lean_deg` off the skin's normal.
    fn circling(lean_deg: f64) -> (Samples, SkinFrame) {
        let slope = about([0.0, 1.0, 0.0], 30_f64.to_radians());
        let time_s: Vec<f64> = (0..400).map(|i| f64::from(i) * 0.01).collect();
        let height = |t: f64| if t < 3.0 { 0.0 } else { 0.05 * (t - 3.0) };
        let position = |t: &f64| to_room(slope, [0.03 * (TAU * t).cos(), 0.03 * (TAU * t).sin(), height(*t)]);
        let turn = after(slope, about([0.0, 1.0, 0.0], (180.0 - lean_deg).to_radians()));
        let samples = Samples {
            position_m: time_s.iter().map(position).collect(),
            orientation: vec![turn; time_s.len()],
            time_s,
            ..Samples::default()
        };
        let contact = 0..300;
        let force_n = vec![[0.0, 0.0, -5.0]; samples.len()];
        let frame =
            SkinFrame::of(&samples, Some(&samples.orientation), std::slice::from_ref(&contact), &force_n).unwrap();
        (samples, frame)
    }

    #[test]
    fn a_leaning_plane_and_the_tools_angle_to_it_are_found() {
        for lean_deg in [0.0, 20.0, 60.0] {
            let (_, frame) = circling(lean_deg);
            let normal = to_room(about([0.0, 1.0, 0.0], 30_f64.to_radians()), [0.0, 0.0, 1.0]);
            assert!(norm(sub(frame.normal, normal)) < 1e-6, "{:?}", frame.normal);
            assert!((frame.angle_deg(7).unwrap() - (90.0 - lean_deg)).abs() < 1e-6);
        }
    }

    #[test]
    fn a_force_along_a_leaning_tool_has_its_share_across_and_along_the_skin() {
        let (_, frame) = circling(20.0);
        let (normal_n, shear_n) = frame.in_frame([0.0, 0.0, -10.0], 0).unwrap();
        assert!((normal_n - 10.0 * 20_f64.to_radians().cos()).abs() < 1e-6);
        assert!((shear_n - 10.0 * 20_f64.to_radians().sin()).abs() < 1e-6);
    }

    #[test]
    fn a_quarter_turn_leads_up_and_to_the_left_and_a_full_one_nowhere() {
        let (_, frame) = circling(0.0);
        assert!((frame.direction_deg(0..26).unwrap() - 135.0).abs() < 1e-6);
        assert_eq!(frame.direction_deg(0..101), None);
    }

    #[test]
    fn a_line_a_ball_and_a_short_touch_show_no_plane() {
        let shown = |position: fn(f64) -> Vec3| {
            let position_m = (0..300).map(|i| position(f64::from(i) * 0.01)).collect();
            let samples = Samples { position_m, ..Samples::default() };
            SkinFrame::of(&samples, None, std::slice::from_ref(&(0..300)), &[[0.0, 0.0, -5.0]; 300]).is_some()
        };
        assert!(!shown(|t| [0.05 * (TAU * t).sin(), 0.001 * t, 0.0]));
        assert!(!shown(|t| [0.05 * (7.0 * t).sin(), 0.05 * (5.0 * t).sin(), 0.05 * (3.0 * t).sin()]));
        assert!(!shown(|t| [0.001 * (TAU * t).cos(), 0.001 * (TAU * t).sin(), 0.0]));
        assert!(shown(|t| [0.05 * (TAU * t).cos(), 0.05 * (TAU * t).sin(), 0.0]));
    }

    #[test]
    fn a_plane_that_the_force_lies_in_is_not_the_skin() {
        let (samples, frame) = circling(0.0);
        let found = |force_n: Vec3| {
            let force_n = vec![force_n; samples.len()];
            SkinFrame::of(&samples, Some(&samples.orientation), std::slice::from_ref(&(0..300)), &force_n)
        };
        assert_eq!(found([5.0, 0.0, -1.0]), None);
        assert_eq!(found([1.0, 0.0, -5.0]), Some(frame));
    }

    #[test]
    fn coming_and_going_with_little_force_does_not_move_the_plane() {
        let (mut samples, frame) = circling(0.0);
        for i in 300..400_u32 {
            samples.position_m[i as usize] = [0.2, 0.002 * f64::from(i), 0.3 + 0.005 * f64::from(i)];
        }
        let force_n: Vec<Vec3> = (0..400).map(|i| [0.0, 0.0, if i < 300 { -8.0 } else { -1.5 }]).collect();
        let found = SkinFrame::of(&samples, Some(&samples.orientation), std::slice::from_ref(&(0..400)), &force_n);
        assert!(dot(found.unwrap().normal, frame.normal).abs() > 0.999_999);
    }
}
