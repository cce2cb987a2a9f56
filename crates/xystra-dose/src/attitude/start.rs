//! The orientation and the offset of the angular rate to start with.

use crate::constants::{ATTITUDE_START, STILL_RATE, STILL_SPREAD, STILL_WINDOW};
use crate::rotation::{IDENTITY, cross, direction, of_axes};
use crate::samples::{Quaternion, Samples};
use crate::vector::{Vec3, dot, mean, norm, scale, sub};

/// What the angular rate shows in the stillest second, rad/s; zero when no second is still.
pub(super) fn offset(samples: &Samples) -> Vec3 {
    let size = crate::vector::samples(STILL_WINDOW.value, samples.step_s()).max(5);
    let windows = samples.angular_rate_rad_s.chunks_exact(size).map(|part| (spread(part), mean(part)));
    let still = windows.filter(|(spread, rate)| *spread < STILL_SPREAD.value && norm(*rate) < STILL_RATE.value);
    still.min_by(|a, b| a.0.total_cmp(&b.0)).map_or([0.0; 3], |(_, rate)| rate)
}

/// Standard deviation over all axes.
fn spread(part: &[Vec3]) -> f64 {
    let middle = mean(part);
    let squares: f64 = part.iter().map(|v| sub(*v, middle)).map(|d| dot(d, d)).sum();
    (squares / part.len() as f64).sqrt()
}

/// From the mean acceleration and field of the quarter second from sample `i` on.
pub(super) fn attitude(samples: &Samples, i: usize) -> Quaternion {
    let end_s = samples.time_s[i] + ATTITUDE_START.value;
    let last = samples.time_s.partition_point(|t| *t <= end_s).max(i + 1);
    let usual = |values: &[Vec3]| values.get(i..last).map(mean);
    let up = usual(&samples.acceleration_m_s2).and_then(direction);
    up.map_or(IDENTITY, |up| level(up, usual(&samples.magnetic_field_ut)))
}

/// From the direction `up` and the field, both by the tool's axes; without a field the tool's x axis gives the heading.
fn level(up: Vec3, field: Option<Vec3>) -> Quaternion {
    let flat = |v: Vec3| direction(sub(v, scale(up, dot(v, up))));
    let ahead = if up[0].abs() < 0.9 { [1.0, 0.0, 0.0] } else { [0.0, 1.0, 0.0] };
    let Some(north) = field.and_then(flat).or_else(|| flat(ahead)) else { return IDENTITY };
    let west = cross(up, north);
    // Each axis of the tool by the room's axes north, west, up.
    of_axes(std::array::from_fn(|axis| [north[axis], west[axis], up[axis]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rotation::{about, after, to_tool};
    use crate::vector::norm;

    #[test]
    fn gravity_and_field_give_the_whole_orientation() {
        let truth = after(about([0.0, 0.0, 1.0], 2.0), about([0.6, 0.8, 0.0], 1.2));
        let found = level(to_tool(truth, [0.0, 0.0, 1.0]), Some(to_tool(truth, [20.0, 0.0, -40.0])));
        for axis in [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]] {
            assert!(norm(sub(to_tool(found, axis), to_tool(truth, axis))) < 1e-9);
        }
    }

    #[test]
    fn a_tool_that_points_up_starts_too() {
        let found = level([1.0, 0.0, 0.0], None);
        assert!(norm(sub(to_tool(found, [0.0, 0.0, 1.0]), [1.0, 0.0, 0.0])) < 1e-9);
    }
}
