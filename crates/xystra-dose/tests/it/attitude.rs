//! Orientation from a real nine-axis recording (x-io, the reference sample of the Fusion library), when it is at hand.

use xystra_dose::attitude::Attitude;
use xystra_dose::read::{self, Reading};
use xystra_dose::rotation::to_tool;
use xystra_dose::samples::{Quaternion, Samples};

use crate::shared::bytes;

/// Roll, pitch and heading (degrees) at some times (s), from the Python package imufusion 1.3.3 on the same recording with its own
/// start: gain 0.5, rejection 10 degrees for 5 s, offset correction on. It is still settling its heading in the first seconds.
const PEER: [(f64, [f64; 3]); 14] = [
    (2.008, [-1.19, 0.03, -0.57]),
    (10.009, [-1.23, -0.05, -0.17]),
    (17.009, [63.05, -1.35, -7.88]),
    (22.008, [-53.14, -0.18, -4.23]),
    (31.009, [1.67, 61.64, -2.89]),
    (37.008, [3.43, -55.38, -8.06]),
    (47.010, [-0.18, -0.76, 57.71]),
    (50.008, [-2.35, 0.87, 49.78]),
    (62.008, [-1.22, 0.05, -0.41]),
    (76.008, [-0.77, -0.13, -47.31]),
    (90.008, [-0.20, -0.27, -2.35]),
    (110.008, [-1.20, -0.03, 131.25]),
    (120.009, [-1.21, 0.04, 150.93]),
    (134.009, [-1.23, 0.08, -1.16]),
];

fn recording() -> Option<(Samples, Attitude)> {
    let bytes = bytes("imu-9axis/sensor_data.csv")?;
    let recording = read::whole("sensor_data.csv", &bytes, &Reading::default()).expect("it reads");
    let attitude = Attitude::of(&recording.samples).expect("it has angular rate and acceleration");
    Some((recording.samples, attitude))
}

/// Roll, pitch and heading, degrees.
fn angles_deg(q: Quaternion) -> [f64; 3] {
    let [ahead, west, up] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(|axis| to_tool(q, axis));
    [up[1].atan2(up[2]), (-up[0]).asin(), west[0].atan2(ahead[0])].map(f64::to_degrees)
}

fn length(v: [f64; 3]) -> f64 {
    v.iter().map(|x| x * x).sum::<f64>().sqrt()
}

#[test]
fn orientation_agrees_with_the_fusion_library() {
    let Some((samples, attitude)) = recording() else { return };
    assert!(attitude.knows_heading);
    for (time_s, peer) in PEER {
        let i = samples.time_s.partition_point(|t| *t < time_s - 0.002);
        let found = angles_deg(attitude.turns[i]);
        let off: [f64; 3] = std::array::from_fn(|k| (found[k] - peer[k] + 180.0).rem_euclid(360.0) - 180.0);
        assert!(off[0].abs() < 0.3 && off[1].abs() < 0.3 && off[2].abs() < 1.2, "{time_s} s: {found:?}, {peer:?}");
    }
}

#[test]
fn while_it_is_still_gravity_shows_the_tilt() {
    let Some((samples, attitude)) = recording() else { return };
    let still = |i: &usize| {
        samples.angular_rate_rad_s[i - 60..i + 60].iter().all(|rate| length(*rate) < 0.035)
            && samples.acceleration_m_s2[i - 60..i + 60].iter().all(|a| (length(*a) / 9.74 - 1.0).abs() < 0.02)
    };
    let off_deg = |i: usize| {
        let (up, felt) = (to_tool(attitude.turns[i], [0.0, 0.0, 1.0]), samples.acceleration_m_s2[i]);
        let cos = up.iter().zip(felt).map(|(a, b)| a * b).sum::<f64>() / length(felt);
        cos.min(1.0).acos().to_degrees()
    };
    let all: Vec<f64> = (60..samples.len() - 60).filter(still).map(off_deg).collect();
    let mean_deg = all.iter().sum::<f64>() / all.len() as f64;
    println!("{} still samples, {mean_deg:.2} degrees off on average", all.len());
    assert!(all.len() > 3000 && mean_deg < 0.5);
}

#[test]
fn it_begins_and_ends_flat_and_is_turned_between() {
    let Some((samples, attitude)) = recording() else { return };
    let lean_deg = |q: &Quaternion| to_tool(*q, [0.0, 0.0, 1.0])[2].acos().to_degrees();
    let at = |time_s: f64| samples.time_s.partition_point(|t| *t < time_s);
    assert!(attitude.turns[..at(12.0)].iter().all(|q| lean_deg(q) < 3.0));
    assert!(attitude.turns[at(120.0)..].iter().all(|q| lean_deg(q) < 3.0));
    assert!(attitude.turns.iter().map(lean_deg).fold(0.0, f64::max) > 55.0);
}
