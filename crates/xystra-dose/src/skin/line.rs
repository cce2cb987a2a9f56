//! The skin under strokes along a line, whose path shows no plane: friction acts along the line, so what is left of the force stands
//! upright on the skin.

use std::ops::Range;

use crate::constants::{REVERSAL, SKIN_AGREE};
use crate::rotation::{direction, to_room};
use crate::samples::Quaternion;
use crate::vector::{Vec3, add, dot, mean, norm, principal, scale, sub};

/// Unit vector upright on the skin, either way, by the room's axes: from `force_n` over the resting level (by the tool's axes) at
/// each sample of `contact`. None when the contacts do not agree.
pub(super) fn upright(
    position_m: &[Vec3],
    orientation: &[Quaternion],
    contact: &[Range<usize>],
    force_n: &[Vec3],
) -> Option<Vec3> {
    let each = contact.iter().filter(|part| !part.is_empty());
    let pushes: Vec<Vec3> = each.map(|part| push(position_m, orientation, part.clone(), force_n)).collect();
    let sum = pushes.iter().fold([0.0; 3], |sum, push| add(sum, *push));
    let agree = norm(sum) >= SKIN_AGREE.value * pushes.iter().map(|push| norm(*push)).sum::<f64>();
    direction(sum).filter(|_| agree)
}

/// Sum of the force of one contact without its share along the line of motion, by the room's axes.
fn push(position_m: &[Vec3], orientation: &[Quaternion], part: Range<usize>, force_n: &[Vec3]) -> Vec3 {
    let along = line(&position_m[part.clone()]);
    let turned = force_n[part.clone()].iter().zip(&orientation[part]).map(|(f, q)| to_room(*q, *f));
    let sum = turned.fold([0.0; 3], add);
    along.map_or(sum, |along| sub(sum, scale(along, dot(sum, along))))
}

/// The line that most of the motion follows; none for a tool that stands.
fn line(path_m: &[Vec3]) -> Option<Vec3> {
    let middle = mean(path_m);
    let mut squares = [[0.0; 3]; 3];
    for p in path_m.iter().map(|p| sub(*p, middle)) {
        for (row, x) in squares.iter_mut().zip(p) {
            row.iter_mut().zip(p).for_each(|(cell, y)| *cell += x * y);
        }
    }
    let (square, along) = principal(squares)[0];
    let spread_m = (square / path_m.len() as f64).max(0.0).sqrt();
    (spread_m >= 0.5 * REVERSAL.value).then_some(along)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rotation::about;

    #[test]
    fn friction_along_the_line_does_not_lean_the_skin() {
        let turn = about([0.0, 1.0, 0.0], 0.6);
        let path: Vec<Vec3> = (0..100).map(|i| [0.001 * f64::from(i), 0.0, 0.0]).collect();
        let force = vec![crate::rotation::to_tool(turn, [-1.5, 0.0, 5.0]); 100];
        let upright = upright(&path, &[turn; 100], &[0..40, 60..100], &force).unwrap();
        assert!((upright[2] - 1.0).abs() < 1e-9, "{upright:?}");
    }
}
