//! Robertson's problem: three rates nine powers of ten apart. The values at the end are those of the Test Set for IVP Solvers
//! (Mazzia, Magherini; problem ROBER), to sixteen digits.

use xystra_tissue::remodel::rosenbrock::Problem;
use xystra_tissue::remodel::{Tolerance, integrate};

struct Robertson;

impl Problem<3> for Robertson {
    type Jacobian = [[f64; 3]; 3];
    type Factors = [[f64; 3]; 3];

    fn rate(&self, y: &[f64; 3]) -> [f64; 3] {
        let (slow, back, fast) = (0.04 * y[0], 1e4 * y[1] * y[2], 3e7 * y[1] * y[1]);
        [back - slow, slow - back - fast, fast]
    }

    fn jacobian(&self, y: &[f64; 3]) -> [[f64; 3]; 3] {
        let (back1, back2, fast) = (1e4 * y[2], 1e4 * y[1], 6e7 * y[1]);
        [[-0.04, back1, back2], [0.04, -back1 - fast, -back2], [0.0, fast, 0.0]]
    }

    fn factor(&self, shift: f64, jacobian: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
        let mut f = jacobian.map(|row| row.map(|value| -value));
        (0..3).for_each(|i| f[i][i] += shift);
        for pivot in 0..3 {
            for row in pivot + 1..3 {
                f[row][pivot] /= f[pivot][pivot];
                for column in pivot + 1..3 {
                    f[row][column] -= f[row][pivot] * f[pivot][column];
                }
            }
        }
        f
    }

    fn solve(&self, f: &[[f64; 3]; 3], b: &mut [f64; 3]) {
        for row in 1..3 {
            b[row] -= (0..row).map(|column| f[row][column] * b[column]).sum::<f64>();
        }
        for row in (0..3).rev() {
            b[row] = (b[row] - (row + 1..3).map(|column| f[row][column] * b[column]).sum::<f64>()) / f[row][row];
        }
    }
}

#[test]
fn robertsons_problem_ends_where_it_was_published_to_end() {
    let mut y = [1.0, 0.0, 0.0];
    let mut steps = 0;
    integrate(&Robertson, (0.0, 1e11), &mut y, Tolerance { relative: 1e-10, absolute: 1e-18 }, |_, _, _| steps += 1)
        .unwrap();
    let published = [0.208_334_014_970_125_5e-7, 0.833_336_077_033_471_3e-13, 0.999_999_979_166_505];
    println!("{steps} steps: {y:?}");
    for (ours, theirs) in y.iter().zip(published) {
        assert!((ours / theirs - 1.0).abs() < 1e-8, "{ours:e}, published {theirs:e}");
    }
}
