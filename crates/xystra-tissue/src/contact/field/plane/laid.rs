//! A footprint's pressure on other points.

use crate::contact::footprint::Print;
use crate::contact::kernel::whole;

/// The pressure of a footprint on other points, row after row.
pub(super) fn laid(print: &Print, count: [usize; 2], window: [f64; 2]) -> Vec<f64> {
    let across = weights(print, 0, count[0], window[0] / count[0] as f64);
    let along = weights(print, 1, count[1], window[1] / count[1] as f64);
    let mut points = vec![0.0; count[0] * count[1]];
    for (row, to_rows) in print.pressure_kpa.chunks_exact(print.count[0]).zip(&along) {
        for &(to_row, share) in to_rows {
            let out = &mut points[to_row * count[0]..(to_row + 1) * count[0]];
            for (p, to) in row.iter().zip(&across) {
                for (column, weight) in to {
                    out[*column] += share * weight * p;
                }
            }
        }
    }
    points
}

/// Where each point of one axis goes, with its weight: a tent as wide as the coarser of the two spacings. Onto finer points it draws
/// straight lines, onto coarser ones it keeps the force.
fn weights(print: &Print, axis: usize, count: usize, spacing: f64) -> Vec<Vec<(usize, f64)>> {
    let source = print.spacing_mm[axis];
    let wide = source.max(spacing);
    let one = |i: usize| {
        let place = (i as f64 - (print.count[axis] / 2) as f64) * source / spacing + (count / 2) as f64;
        let reach = wide / spacing;
        let (first, last) = (whole((place - reach).ceil()), whole(place + reach).min(count - 1));
        let weight = |j: usize| source / wide * (1.0 - (j as f64 - place).abs() / reach).max(0.0);
        (first..=last).map(|j| (j, weight(j))).collect()
    };
    (0..print.count[axis]).map(one).collect()
}
