//! What the studies leave open together: correlations, as a factor that makes correlated numbers of independent ones.

use nalgebra::{DMatrix, SymmetricEigen};
use xystra_tissue::library::Calibration;

/// Least eigenvalue that is kept: pairs are rounded and small ones left out, so that the matrix may have lost a little of its positivity.
const LEAST: f64 = 1e-3;

/// The lower factor `L` of the correlation of `ids`, row by row: `L z` is as the calibration has it when `z` is independent and standard normal.
/// Ids that the calibration does not know stand alone.
pub(super) fn factor(calibration: Option<&Calibration>, ids: &[String]) -> Vec<Vec<f64>> {
    let matrix = positive(matrix(calibration, ids));
    let lower = matrix.cholesky().map_or_else(|| DMatrix::identity(ids.len(), ids.len()), nalgebra::Cholesky::unpack);
    (0..ids.len()).map(|row| (0..=row).map(|column| lower[(row, column)]).collect()).collect()
}

fn matrix(calibration: Option<&Calibration>, ids: &[String]) -> DMatrix<f64> {
    let place = |id: &String| ids.iter().position(|known| known == id);
    let mut matrix = DMatrix::identity(ids.len(), ids.len());
    for (one, other, r) in calibration.iter().flat_map(|group| &group.correlations) {
        if let (Some(a), Some(b)) = (place(one), place(other)) {
            matrix[(a, b)] = *r;
            matrix[(b, a)] = *r;
        }
    }
    matrix
}

/// The nearest matrix of this sort without eigenvalues below [`LEAST`], scaled back to ones on the diagonal.
fn positive(matrix: DMatrix<f64>) -> DMatrix<f64> {
    let mut parts = SymmetricEigen::new(matrix);
    parts.eigenvalues.apply(|value| *value = value.max(LEAST));
    let raised = parts.recompose();
    let scale: Vec<f64> = (0..raised.nrows()).map(|i| raised[(i, i)].sqrt()).collect();
    DMatrix::from_fn(raised.nrows(), raised.ncols(), |i, j| raised[(i, j)] / (scale[i] * scale[j]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calibration(correlations: &[(&str, &str, f64)]) -> Calibration {
        let named = |(a, b, r): &(&str, &str, f64)| ((*a).to_owned(), (*b).to_owned(), *r);
        let known = xystra_tissue::library().calibrations[0].clone();
        Calibration { correlations: correlations.iter().map(named).collect(), ..known }
    }

    fn ids() -> Vec<String> {
        ["a", "b", "c"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_factor_gives_its_correlations_back() {
        let lower = factor(Some(&calibration(&[("a", "b", 0.6), ("c", "b", -0.3)])), &ids());
        let product = |i: usize, j: usize| lower[i].iter().zip(&lower[j]).map(|(x, y)| x * y).sum::<f64>();
        assert!((product(0, 1) - 0.6).abs() < 1e-9 && (product(1, 2) + 0.3).abs() < 1e-9);
        assert!(product(0, 2).abs() < 1e-9 && (product(2, 2) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn impossible_correlations_are_brought_back_to_possible_ones() {
        let lower = factor(Some(&calibration(&[("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9)])), &ids());
        let product = |i: usize, j: usize| lower[i].iter().zip(&lower[j]).map(|(x, y)| x * y).sum::<f64>();
        assert!(product(0, 1) > 0.2 && product(0, 2) < 0.0, "{} {}", product(0, 1), product(0, 2));
        assert!((product(1, 1) - 1.0).abs() < 1e-9);
    }
}
