//! Turning vectors between the tool's axes and the room's.

use crate::samples::Quaternion;
use crate::vector::{Vec3, add, dot, norm, scale};

/// No turn.
pub const IDENTITY: Quaternion = [1.0, 0.0, 0.0, 0.0];

/// The vector `v` by the tool's axes, by the room's: for a `q` that turns the tool's axes into the room's.
pub fn to_room(q: Quaternion, v: Vec3) -> Vec3 {
    let axis = [q[1], q[2], q[3]];
    let twice = scale(cross(axis, v), 2.0);
    add(v, add(scale(twice, q[0]), cross(axis, twice)))
}

/// The vector `v` by the room's axes, by the tool's.
pub fn to_tool(q: Quaternion, v: Vec3) -> Vec3 {
    to_room(inverse(q), v)
}

/// The turn back of a unit quaternion.
pub fn inverse(q: Quaternion) -> Quaternion {
    [q[0], -q[1], -q[2], -q[3]]
}

/// First the turn `b`, then `a`.
pub fn after(a: Quaternion, b: Quaternion) -> Quaternion {
    let (u, v) = ([a[1], a[2], a[3]], [b[1], b[2], b[3]]);
    let turned = add(add(scale(v, a[0]), scale(u, b[0])), cross(u, v));
    [a[0] * b[0] - dot(u, v), turned[0], turned[1], turned[2]]
}

/// The turn by `angle_rad` about the unit vector `axis`.
pub fn about(axis: Vec3, angle_rad: f64) -> Quaternion {
    let (sin, cos) = (0.5 * angle_rad).sin_cos();
    [cos, sin * axis[0], sin * axis[1], sin * axis[2]]
}

/// The turn of a tool whose axes x, y, z point along `axes` (orthonormal, right-handed) of the room.
pub(crate) fn of_axes(axes: [Vec3; 3]) -> Quaternion {
    let [x, y, z] = axes;
    // The four squares times four; the largest is divided by.
    let squares =
        [1.0 + x[0] + y[1] + z[2], 1.0 + x[0] - y[1] - z[2], 1.0 - x[0] + y[1] - z[2], 1.0 - x[0] - y[1] + z[2]];
    let odd = [y[2] - z[1], z[0] - x[2], x[1] - y[0]];
    let even = [x[1] + y[0], z[0] + x[2], y[2] + z[1]];
    let rows = [
        [squares[0], odd[0], odd[1], odd[2]],
        [odd[0], squares[1], even[0], even[1]],
        [odd[1], even[0], squares[2], even[2]],
        [odd[2], even[1], even[2], squares[3]],
    ];
    let best = (0..4).max_by(|i, j| squares[*i].total_cmp(&squares[*j])).unwrap_or(0);
    unit(rows[best])
}

/// The same turn with length one; no turn when it has no length.
pub(crate) fn unit(q: Quaternion) -> Quaternion {
    let length = q.iter().map(|x| x * x).sum::<f64>().sqrt();
    if length > 0.0 && length.is_finite() { q.map(|x| x / length) } else { IDENTITY }
}

/// The vector product.
pub(crate) fn cross(a: Vec3, b: Vec3) -> Vec3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The same direction with length one; none when it has none.
pub(crate) fn direction(v: Vec3) -> Option<Vec3> {
    let length = norm(v);
    (length > 0.0 && length.is_finite()).then(|| scale(v, 1.0 / length))
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_2, PI};

    use proptest::prelude::*;

    use super::*;
    use crate::vector::sub;

    #[test]
    fn a_quarter_turn_about_z_takes_x_to_y() {
        let q = about([0.0, 0.0, 1.0], FRAC_PI_2);
        assert!(norm(sub(to_room(q, [1.0, 0.0, 0.0]), [0.0, 1.0, 0.0])) < 1e-12);
        assert!(norm(sub(to_tool(q, [0.0, 1.0, 0.0]), [1.0, 0.0, 0.0])) < 1e-12);
    }

    proptest! {
        #[test]
        fn turns_compose_and_are_found_again_from_their_axes(
            a in -PI..PI, b in -PI..PI, c in -PI..PI, v in prop::array::uniform3(-1.0..1.0_f64)
        ) {
            let (p, q) = (about([0.0, 0.6, 0.8], a), after(about([1.0, 0.0, 0.0], b), about([0.0, 0.0, 1.0], c)));
            let twice = to_room(p, to_room(q, v));
            prop_assert!(norm(sub(to_room(after(p, q), v), twice)) < 1e-12);
            let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|axis| to_room(q, axis));
            prop_assert!(norm(sub(to_room(of_axes(axes), v), to_room(q, v))) < 1e-9);
        }
    }
}
