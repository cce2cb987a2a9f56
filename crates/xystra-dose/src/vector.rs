//! Three-component arithmetic, and the few statistics the pipeline needs.

pub(crate) type Vec3 = [f64; 3];

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
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    values.get(share_of(last, q)).copied().unwrap_or(f64::NAN)
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
    let last = values.len().saturating_sub(1);
    let around = |i: usize| reach.min(i).min(last - i);
    (0..values.len()).map(|i| mean(&values[i - around(i)..=i + around(i)])).collect()
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
    fn a_single_spike_does_not_survive_the_median() {
        assert_eq!(median_of_three(&[1.0, 1.0, 9.0, 2.0, 2.0]), [1.0, 1.0, 2.0, 2.0, 2.0]);
    }
}
