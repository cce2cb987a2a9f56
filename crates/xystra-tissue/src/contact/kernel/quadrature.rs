//! Gauss and Legendre's rule.

use std::f64::consts::PI;

/// Places in (-1, 1) and their weights, exact for polynomials up to degree `2 count - 1`.
pub(crate) fn gauss(count: usize) -> Vec<(f64, f64)> {
    (0..count).map(|i| root(count, i)).collect()
}

/// The `i`-th root of Legendre's polynomial by Newton's method, and its weight.
fn root(count: usize, i: usize) -> (f64, f64) {
    let mut x = (PI * (i as f64 + 0.75) / (count as f64 + 0.5)).cos();
    let mut slope = 1.0;
    for _ in 0..8 {
        let (value, derivative) = legendre(count, x);
        slope = derivative;
        x -= value / derivative;
    }
    (x, 2.0 / ((1.0 - x * x) * slope * slope))
}

/// Legendre's polynomial of a degree and its slope.
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for n in 2..=degree {
        let n = n as f64;
        (before, value) = (value, ((2.0 * n - 1.0) * x * value - (n - 1.0) * before) / n);
    }
    (value, degree as f64 * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_integrates_polynomials_of_its_degree() {
        for count in [2, 5, 8, 29] {
            let power = |p: i32| gauss(count).iter().map(|(x, w)| w * x.powi(p)).sum::<f64>();
            let top = 2 * i32::try_from(count).unwrap() - 2;
            assert!((power(0) - 2.0).abs() < 1e-13);
            assert!((power(top) - 2.0 / f64::from(top + 1)).abs() < 1e-13, "{count}");
            assert!(power(top - 1).abs() < 1e-13);
        }
    }
}
