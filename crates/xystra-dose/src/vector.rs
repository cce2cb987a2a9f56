//! Three-component arithmetic, and the few statistics the pipeline needs.

/// Three components x, y, z.
pub type Vec3 = [f64; 3];

pub(crate) fn sub(a: Vec3, b: Vec3) -> Vec3 {
    std::array::from_fn(|i| a[i] - b[i])
}

pub(crate) fn add(a: Vec3, b: Vec3) -> Vec3 {
    std::array::from_fn(|i| a[i] + b[i])
}

pub(crate) fn scale(a: Vec3, factor: f64) -> Vec3 {
    a.map(|x| x * factor)
}

pub(crate) fn dot(a: Vec3, b: Vec3) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(crate) fn norm(a: Vec3) -> f64 {
    dot(a, a).sqrt()
}

pub(crate) fn mean(set: &[Vec3]) -> Vec3 {
    scale(set.iter().fold([0.0; 3], |sum, v| add(sum, *v)), 1.0 / set.len().max(1) as f64)
}

/// The value below which the share `q` (0-1) of `values` lies; NaN when there are none.
pub(crate) fn quantile(mut values: Vec<f64>, q: f64) -> f64 {
    let place = share_of(values.len().saturating_sub(1), q);
    if values.is_empty() { f64::NAN } else { *values.select_nth_unstable_by(place, f64::total_cmp).1 }
}

/// The middle value; NaN when there is none.
pub(crate) fn median(values: Vec<f64>) -> f64 {
    quantile(values, 0.5)
}

/// Median of each sample and its two neighbours; the ends stay.
pub(crate) fn median_of_three(values: &[f64]) -> Vec<f64> {
    let mut smooth = values.to_vec();
    for (out, w) in smooth.iter_mut().skip(1).zip(values.windows(3)) {
        *out = w[0].max(w[1]).min(w[0].min(w[1]).max(w[2]));
    }
    smooth
}

/// Mean of each sample and its neighbours up to `reach` samples away, symmetric also at the ends.
pub(crate) fn moving_mean(values: &[Vec3], reach: usize) -> Vec<Vec3> {
    let Some(first) = values.first() else { return Vec::new() };
    // Sums about the first value stay small, so that their differences stay exact enough.
    let mut sums = Vec::with_capacity(values.len() + 1);
    sums.push([0.0; 3]);
    for value in values {
        sums.push(add(sums[sums.len() - 1], sub(*value, *first)));
    }
    let last = values.len() - 1;
    let mean = |i: usize| {
        let around = reach.min(i).min(last - i);
        let sum = sub(sums[i + around + 1], sums[i - around]);
        add(*first, scale(sum, 1.0 / (2 * around + 1) as f64))
    };
    (0..values.len()).map(mean).collect()
}

/// Number of samples nearest to `duration_s` at a step of `step_s`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
pub(crate) fn samples(duration_s: f64, step_s: f64) -> usize {
    (duration_s / step_s).round() as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most `last`")]
fn share_of(last: usize, q: f64) -> usize {
    (last as f64 * q).round() as usize
}

/// Eigenvectors of a symmetric 3x3 matrix with their values, largest first (cyclic Jacobi rotations).
pub(crate) fn principal(mut m: [Vec3; 3]) -> [(f64, Vec3); 3] {
    let mut v = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    for _ in 0..16 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            rotate(&mut m, &mut v, p, q);
        }
    }
    let mut pairs: [(f64, Vec3); 3] = std::array::from_fn(|i| (m[i][i], [v[0][i], v[1][i], v[2][i]]));
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

fn rotate(m: &mut [Vec3; 3], v: &mut [Vec3; 3], p: usize, q: usize) {
    if m[p][q] == 0.0 {
        return;
    }
    let (sin, cos) = (0.5 * (2.0 * m[p][q]).atan2(m[q][q] - m[p][p])).sin_cos();
    for row in m.iter_mut().chain(v.iter_mut()) {
        (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
    }
    let rows = (m[p], m[q]);
    m[p] = sub(scale(rows.0, cos), scale(rows.1, sin));
    m[q] = add(scale(rows.0, sin), scale(rows.1, cos));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principal_axes_diagonalise() {
        let m = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.2], [0.5, -0.2, 1.0]];
        for (value, axis) in principal(m) {
            let image: Vec3 = std::array::from_fn(|i| dot(m[i], axis));
            assert!(norm(sub(image, scale(axis, value))) < 1e-12);
            assert!((norm(axis) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_moving_mean_is_the_mean_around() {
        let values: Vec<Vec3> = (0..9).map(|i| [1e3 + f64::from(i * i), 0.0, f64::from(i)]).collect();
        let smooth = moving_mean(&values, 2);
        assert!(norm(sub(smooth[4], mean(&values[2..7]))) < 1e-9);
        assert!(norm(sub(smooth[1], mean(&values[0..3]))) < 1e-9);
        assert!(norm(sub(smooth[8], values[8])) < 1e-9);
    }

    #[test]
    fn a_single_spike_does_not_survive_the_median() {
        assert_eq!(median_of_three(&[1.0, 1.0, 9.0, 2.0, 2.0]), [1.0, 1.0, 2.0, 2.0, 2.0]);
    }
}
