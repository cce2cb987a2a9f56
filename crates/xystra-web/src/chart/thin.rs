//! Fewer points for the same line.

/// The points without those that lie within `tolerance` of the line that the others draw (Douglas and Peucker's way).
pub(super) fn thinned(points: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return Vec::new() };
    let within = points.iter().enumerate().take(points.len() - 1).skip(1);
    let far = within.map(|(at, point)| (at, distance(*point, first, last))).max_by(|a, b| a.1.total_cmp(&b.1));
    match far.filter(|(_, distance)| *distance > tolerance) {
        Some((at, _)) => {
            let mut thin = thinned(&points[..=at], tolerance);
            thin.pop();
            thin.extend(thinned(&points[at..], tolerance));
            thin
        }
        None if points.len() > 1 => vec![first, last],
        None => vec![first],
    }
}

/// From a point to the stretch between two others.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (along, off) = ((to.0 - from.0, to.1 - from.1), (point.0 - from.0, point.1 - from.1));
    let length = along.0 * along.0 + along.1 * along.1;
    let share = if length > 0.0 { ((off.0 * along.0 + off.1 * along.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    (off.0 - share * along.0).hypot(off.1 - share * along.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_runs_become_two_points_and_corners_stay() {
        let straight: Vec<(f64, f64)> = (0..100).map(|n| (f64::from(n), f64::from(n) * 2.0)).collect();
        assert_eq!(thinned(&straight, 0.1), [straight[0], straight[99]]);
        let spike = [(0.0, 0.0), (1.0, 0.0), (1.0, 9.0), (2.0, 0.0), (9.0, 0.0)];
        assert_eq!(thinned(&spike, 0.1), spike);
        assert_eq!((thinned(&[], 1.0).len(), thinned(&spike[..1], 1.0).len()), (0, 1));
    }

    #[test]
    fn no_point_strays_further_than_the_tolerance() {
        let wave: Vec<(f64, f64)> = (0..400).map(|n| f64::from(n) / 10.0).map(|x| (x * 8.0, 20.0 * x.sin())).collect();
        let thin = thinned(&wave, 0.4);
        assert!(thin.len() < 200);
        for point in &wave {
            let near = thin.windows(2).map(|pair| distance(*point, pair[0], pair[1])).fold(f64::MAX, f64::min);
            assert!(near <= 0.4 + 1e-9, "{near}");
        }
    }
}
