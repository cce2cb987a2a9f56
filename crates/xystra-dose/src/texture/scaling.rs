//! How vibration grows with speed and force: `power = c * speed^a * force^b`.

use crate::constants::{
    SCALING_DISTANCE, SCALING_FORCE, SCALING_LEAST, SCALING_MOST, SCALING_SPEED, SCALING_SPREAD, SCALING_WINDOWS,
};
use crate::texture::window::Window;
use crate::vector::{Vec3, mean, sub};

/// The exponents of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scaling {
    pub(super) speed: f64,
    pub(super) force: f64,
}

impl Scaling {
    /// Fitted to the windows when there are enough of them and they differ enough in speed and force; else the usual ones. No
    /// exponent of speed when speed is not known.
    pub(super) fn of(windows: &[Window]) -> Self {
        let knows_speed = windows.iter().all(|window| window.speed_m_s.is_some());
        let usual = Self { speed: if knows_speed { SCALING_SPEED.value } else { 0.0 }, force: SCALING_FORCE.value };
        let rows = steps(windows);
        let free = [knows_speed && spread(&rows, 0) > SCALING_SPREAD.value, spread(&rows, 1) > SCALING_SPREAD.value];
        if (rows.len() as f64) < SCALING_WINDOWS.value || free == [false; 2] {
            return usual;
        }
        let [speed, force] = fit(&rows, free, [usual.speed, usual.force]);
        let within = |exponent: f64| exponent.clamp(0.0, SCALING_MOST.value);
        Self { speed: within(speed), force: within(force) }
    }

    /// Power for the same speed and force.
    pub(super) fn normalised(&self, window: &Window) -> f64 {
        let [speed, force, _] = logs(window);
        window.power / (self.speed * speed + self.force * force).exp()
    }
}

/// How the logarithms of speed, force and power differ from each window to the next of its stroke, and from each stroke's mean to
/// the next's. A place that is rougher in every stroke is then a single step in each: it cannot pass for a law.
fn steps(windows: &[Window]) -> Vec<Vec3> {
    let strokes: Vec<Vec<Vec3>> =
        windows.chunk_by(|a, b| a.stroke == b.stroke).map(|stroke| stroke.iter().map(logs).collect()).collect();
    let means: Vec<Vec3> = strokes.iter().map(|stroke| mean(stroke)).collect();
    strokes.iter().chain([&means]).flat_map(|row| row.windows(2).map(|pair| sub(pair[1], pair[0]))).collect()
}

/// Logarithms of speed, force and power.
fn logs(window: &Window) -> Vec3 {
    let speed = window.speed_m_s.unwrap_or(1.0).max(SCALING_LEAST.value);
    let force = window.force_n.max(SCALING_LEAST.value);
    [speed.ln(), force.ln(), window.power.max(f64::MIN_POSITIVE).ln()]
}

/// Least absolute distances, by weighted squares: a rough place is an outlier, not a law. Exponents that are not free stay.
fn fit(rows: &[Vec3], free: [bool; 2], usual: [f64; 2]) -> [f64; 2] {
    let mut exponents = usual;
    let mut weights = vec![1.0; rows.len()];
    for _ in 0..20 {
        exponents = solve(products(rows, &weights), free, usual);
        let off = |[speed, force, power]: &Vec3| power - exponents[0] * speed - exponents[1] * force;
        weights = rows.iter().map(|row| 1.0 / off(row).abs().max(SCALING_DISTANCE.value)).collect();
    }
    exponents
}

/// Weighted sums of the products of two columns.
fn products(rows: &[Vec3], weights: &[f64]) -> [Vec3; 3] {
    let product = |j: usize, k: usize| rows.iter().zip(weights).map(|(row, w)| w * row[j] * row[k]).sum::<f64>();
    std::array::from_fn(|j| std::array::from_fn(|k| product(j, k)))
}

/// The exponents that are free, given those that are not.
fn solve(square: [Vec3; 3], free: [bool; 2], usual: [f64; 2]) -> [f64; 2] {
    let [[ss, sf, sp], [_, ff, fp], _] = square;
    let determinant = ss * ff - sf * sf;
    match free {
        // Speed and force that go together cannot be told apart: then both stay.
        [true, true] if determinant > 0.1 * ss * ff => {
            [(sp * ff - fp * sf) / determinant, (fp * ss - sp * sf) / determinant]
        }
        [true, false] => [(sp - usual[1] * sf) / ss, usual[1]],
        [false, true] => [usual[0], (fp - usual[0] * sf) / ff],
        _ => usual,
    }
}

/// Root of the mean square of a column.
fn spread(rows: &[Vec3], column: usize) -> f64 {
    (rows.iter().map(|row| row[column] * row[column]).sum::<f64>() / rows.len().max(1) as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(speed: f64, force: f64, power: f64) -> Window {
        Window { stroke: 1, time_s: 0.0, along_m: None, power, speed_m_s: Some(speed), force_n: force }
    }

    fn windows(law: impl Fn(f64, f64) -> f64) -> Vec<Window> {
        let at = |i: u32| (0.05 + 0.01 * f64::from(i % 7), 3.0 + f64::from(i % 5));
        (0..70).map(at).map(|(speed, force)| window(speed, force, law(speed, force))).collect()
    }

    #[test]
    fn the_law_is_found_though_a_tenth_of_the_places_is_rough() {
        let mut all = windows(|speed, force| 3.0 * speed.powf(1.4) * force.powf(0.7));
        all.iter_mut().step_by(10).for_each(|w| w.power *= 8.0);
        let scaling = Scaling::of(&all);
        assert!((scaling.speed - 1.4).abs() < 0.05 && (scaling.force - 0.7).abs() < 0.05, "{scaling:?}");
    }

    #[test]
    fn a_rough_half_of_every_stroke_is_no_law() {
        let at = |i: u32| {
            let (stroke, share) = ((i / 10 + 1) as usize, (f64::from(i % 10) + 0.5) / 10.0);
            let (speed, force) = (0.05 + 0.1 * share, 3.0 + f64::from(i % 3));
            let rough = if share < 0.5 { 1.0 } else { 9.0 };
            Window { stroke, ..window(speed, force, rough * speed.powf(1.8) * force) }
        };
        let scaling = Scaling::of(&(0..100).map(at).collect::<Vec<_>>());
        assert!((scaling.speed - 1.8).abs() < 0.05 && (scaling.force - 1.0).abs() < 0.05, "{scaling:?}");
    }

    #[test]
    fn too_little_to_learn_from_leaves_the_usual_law() {
        let usual = Scaling { speed: SCALING_SPEED.value, force: SCALING_FORCE.value };
        assert_eq!(Scaling::of(&windows(|_, _| 1.0)[..9]), usual);
        assert_eq!(Scaling::of(&vec![window(0.1, 5.0, 1.0); 100]), usual);
        let mut together = windows(|_, _| 1.0);
        for window in &mut together {
            window.force_n = 10.0 * window.speed_m_s.unwrap();
        }
        assert_eq!(Scaling::of(&together), usual);
    }

    #[test]
    fn without_speed_only_force_counts() {
        let mut all = windows(|_, force| force.powf(1.2));
        for window in &mut all {
            window.speed_m_s = None;
        }
        let scaling = Scaling::of(&all);
        assert!(scaling.speed.abs() < 1e-12 && (scaling.force - 1.2).abs() < 0.01, "{scaling:?}");
    }
}
