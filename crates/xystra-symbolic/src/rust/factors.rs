//! Code that factorises a sparse matrix of fixed pattern and solves with the factors, without a loop or a branch.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::Elimination;

/// Writes `FACTORS`, `factor` and `solve`. The factors are, pivot by pivot, the reciprocal of the pivot, the multiples of its
/// row that are taken from the rows below, and its row.
pub(super) fn write(text: &mut String, order: &Elimination, pattern: &[(usize, usize)]) {
    let places = places(order);
    let _ = writeln!(text, "/// How many numbers the factors of `shift*I - J` are.");
    let _ = writeln!(text, "pub const FACTORS: usize = {};", places.len());
    factor(text, order, pattern, &places);
    solve(text, order, &places);
}

/// Where each entry of the factors is kept.
fn places(order: &Elimination) -> BTreeMap<(usize, usize), usize> {
    let mut places = BTreeMap::new();
    for (&pivot, (rows, columns)) in order.pivots.iter().zip(&order.steps) {
        let own = [(pivot, pivot)].into_iter();
        let below = rows.iter().map(|&row| (row, pivot));
        for place in own.chain(below).chain(columns.iter().map(|&column| (pivot, column))) {
            let next = places.len();
            places.insert(place, next);
        }
    }
    places
}

fn factor(
    text: &mut String,
    order: &Elimination,
    pattern: &[(usize, usize)],
    places: &BTreeMap<(usize, usize), usize>,
) {
    let _ = writeln!(
        text,
        "/// Factors of `shift*I - J`, from the entries of the Jacobian `j`.\n#[must_use]\n#[inline(always)]"
    );
    let _ = writeln!(text, "pub fn factor<N: Number>(shift: N, j: &[N; JACOBIAN.len()]) -> [N; FACTORS] {{");
    let _ = writeln!(text, "let mut f = [shift.like(0.0); FACTORS];");
    for (at, &(row, column)) in pattern.iter().enumerate() {
        let shift = if row == column { "shift - " } else { "-" };
        let _ = writeln!(text, "f[{}] = {shift}j[{at}];", places[&(row, column)]);
    }
    let early = early(order);
    reciprocals(text, &early.iter().map(|&pivot| places[&(pivot, pivot)]).collect::<Vec<_>>());
    for (&pivot, (rows, columns)) in order.pivots.iter().zip(&order.steps) {
        let own = places[&(pivot, pivot)];
        if !early.contains(&pivot) {
            reciprocals(text, &[own]);
        }
        for &row in rows {
            let multiple = places[&(row, pivot)];
            let _ = writeln!(text, "f[{multiple}] = f[{multiple}] * f[{own}];");
            for &column in columns {
                let (to, of) = (places[&(row, column)], places[&(pivot, column)]);
                let _ = writeln!(text, "f[{to}] = f[{to}].less(f[{multiple}], f[{of}]);");
            }
        }
    }
    text.push_str("f\n}\n");
}

/// The pivots that elimination leaves as they are.
fn early(order: &Elimination) -> Vec<usize> {
    let changes =
        |pivot: &usize| order.steps.iter().any(|(rows, columns)| rows.contains(pivot) && columns.contains(pivot));
    order.pivots.iter().copied().filter(|pivot| !changes(pivot)).collect()
}

/// How many pivots may share a division: few enough that their product neither overflows nor vanishes.
const TOGETHER: usize = 8;

fn reciprocals(text: &mut String, places: &[usize]) {
    for places in places.chunks(TOGETHER) {
        let pivots = places.iter().map(|place| format!("f[{place}]")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "[{pivots}] = N::reciprocals([{pivots}]);");
    }
}

fn solve(text: &mut String, order: &Elimination, places: &BTreeMap<(usize, usize), usize>) {
    let _ = writeln!(text, "/// Solves with the factors, in place.\n#[inline(always)]");
    let _ = writeln!(text, "pub fn solve<N: Number>(f: &[N; FACTORS], b: &mut [N; STATES.len()]) {{");
    for (&pivot, (rows, _)) in order.pivots.iter().zip(&order.steps) {
        for &row in rows {
            let _ = writeln!(text, "b[{row}] = b[{row}].less(f[{}], b[{pivot}]);", places[&(row, pivot)]);
        }
    }
    for (&pivot, (_, columns)) in order.pivots.iter().zip(&order.steps).rev() {
        for &column in columns {
            let _ = writeln!(text, "b[{pivot}] = b[{pivot}].less(f[{}], b[{column}]);", places[&(pivot, column)]);
        }
        let _ = writeln!(text, "b[{pivot}] = b[{pivot}] * f[{}];", places[&(pivot, pivot)]);
    }
    text.push_str("}\n");
}
