//! The generated derivatives and factors, at random points.

use proptest::prelude::*;
use xystra_symbolic::Complex;
use xystra_tissue::library::library;
use xystra_tissue::remodel::equations::{JACOBIAN, constants, factor, jacobian, rate, solve};
use xystra_tissue::remodel::{INPUTS, PARAMETERS, Parameters, STATES};

const COUNT: usize = STATES.len();

/// Parameters anywhere within their ranges.
pub(crate) fn parameters() -> impl Strategy<Value = Parameters> {
    let within = |at: usize| {
        let prior = library().prior(PARAMETERS[at]).expect("every parameter has a prior");
        (0.0..=1.0).prop_map(|share| prior.low + share * (prior.high - prior.low))
    };
    let all: Vec<_> = (0..PARAMETERS.len()).map(within).collect();
    all.prop_map(|values| Parameters::of(PARAMETERS.into_iter().zip(values)).expect("every value is a number"))
}

pub(crate) fn numbers<const N: usize>() -> impl Strategy<Value = [f64; N]> {
    prop::collection::vec(0.0..2.0, N).prop_map(|values| values.try_into().expect("as many as asked for"))
}

/// The Jacobian as the imaginary part of the right-hand side, column by column.
fn by_complex_step(p: &[f64; PARAMETERS.len()], u: &[f64; INPUTS.len()], y: &[f64; COUNT]) -> [[f64; COUNT]; COUNT] {
    let step = 1e-30;
    let p = p.map(Complex::from);
    let (c, u) = (constants(&p), u.map(Complex::from));
    let mut dense = [[0.0; COUNT]; COUNT];
    for column in 0..COUNT {
        let mut beside = y.map(Complex::from);
        beside[column].im = step;
        for (row, slope) in rate(&p, &c, &u, &beside).iter().enumerate() {
            dense[row][column] = slope.im / step;
        }
    }
    dense
}

fn spread(entries: &[f64; JACOBIAN.len()]) -> [[f64; COUNT]; COUNT] {
    let mut dense = [[0.0; COUNT]; COUNT];
    for ((row, column), value) in JACOBIAN.into_iter().zip(entries) {
        dense[row][column] = *value;
    }
    dense
}

proptest! {
    #[test]
    fn the_jacobian_is_that_of_the_complex_step(p in parameters(), u in numbers(), y in numbers()) {
        let p = p.values();
        let ours = spread(&jacobian(p, &constants(p), &u, &y));
        let theirs = by_complex_step(p, &u, &y);
        for row in 0..COUNT {
            let size = theirs[row].iter().fold(1.0_f64, |size, value| size.max(value.abs()));
            for column in 0..COUNT {
                let apart = (ours[row][column] - theirs[row][column]).abs() / size;
                prop_assert!(apart <= 1e-12, "{} by {}: {apart:e}", STATES[row], STATES[column]);
            }
        }
    }

    #[test]
    fn the_factors_solve(p in parameters(), u in numbers(), y in numbers(), b in numbers(), power in -4.0..2.0f64) {
        let p = p.values();
        // Steps up to a few hours near rest; longer ones are refused by their error, see the next test.
        let shift = 10.0_f64.powf(-power) / 0.2;
        let entries = jacobian(p, &constants(p), &u, &y);
        let matrix = spread(&entries);
        let mut x = b;
        solve(&factor(shift, &entries), &mut x);
        prop_assume!(x.iter().all(|value| value.abs() < 1e6));
        for row in 0..COUNT {
            let product = shift * x[row] - (0..COUNT).map(|column| matrix[row][column] * x[column]).sum::<f64>();
            let size = (0..COUNT).map(|column| (matrix[row][column] * x[column]).abs()).sum::<f64>() + shift * x[row].abs() + 1.0;
            prop_assert!((product - b[row]).abs() <= 1e-11 * size, "{}: {product} {}", STATES[row], b[row]);
        }
    }
}
