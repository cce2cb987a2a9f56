//! Strain of skin, fat and muscle under an ultrasound probe, from force and thicknesses alone, on people who were held out.
//!
//! `XYSTRA_WRITE=1 cargo nextest run -p xystra-tissue limb` makes the tables of docs/validation/contact.md anew.

mod column;
mod fit;
mod page;
mod rows;

use fit::{Fit, Guess};
use rows::{Row, SITES};

/// Parts of the people; each is predicted by what the others gave.
const FOLDS: usize = 5;

/// Errors of one way to predict: for each layer, one number a row.
type Misses = [Vec<f64>; 3];

/// How far predictions lie from what was measured, every row predicted by other people's rows.
fn held_out<P>(rows: &[Row], learn: impl Fn(&[&Row]) -> P, predict: impl Fn(&P, &Row) -> [f64; 3]) -> Misses {
    let mut misses = [const { Vec::new() }; 3];
    let mut learnt = Vec::new();
    for fold in 0..FOLDS {
        let others: Vec<&Row> = rows.iter().filter(|row| row.subject % FOLDS != fold).collect();
        learnt.push(learn(&others));
    }
    for row in rows {
        let strain = predict(&learnt[row.subject % FOLDS], row);
        (0..3).for_each(|layer| misses[layer].push((strain[layer] - row.strain[layer]).abs()));
    }
    misses
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { 0.5 * (sorted[middle - 1] + sorted[middle]) }
}

/// One spring for the whole limb at each site, its strain shared by all layers.
fn springs(rows: &[&Row]) -> [f64; SITES.len()] {
    std::array::from_fn(|site| {
        let here = rows.iter().filter(|row| row.site == site);
        median(here.map(|row| row.total() / row.pressure()))
    })
}

/// The middle strain of each layer at each site, whatever the force.
fn middles(rows: &[&Row]) -> [[f64; 3]; SITES.len()] {
    std::array::from_fn(|site| {
        [0, 1, 2].map(|layer| median(rows.iter().filter(|row| row.site == site).map(|row| row.strain[layer])))
    })
}

#[test]
fn layers_predict_strain_better_than_one_spring() {
    let Some(rows) = rows::read() else { return };
    let layers = held_out(&rows, Fit::of, |fit: &Fit, row| fit.strain(row));
    let spring = held_out(&rows, springs, |springs, row| [springs[row.site] * row.pressure(); 3]);
    let middle = held_out(&rows, middles, |middles, row| middles[row.site]);
    let all = |misses: &Misses| [0, 1, 2].map(|layer| median(misses[layer].iter().copied()));
    println!("median absolute error of strain (skin, fat, muscle), {} rows", rows.len());
    println!("layers {:.4?}\nspring {:.4?}\nmiddle {:.4?}", all(&layers), all(&spring), all(&middle));
    let fit = Fit::of(&rows.iter().collect::<Vec<_>>());
    println!("fitted to all: {fit:?}");
    page::hold(&rows, [&layers, &spring, &middle], &fit);
    for (layer, least) in [0.6, 0.85, 0.85].into_iter().enumerate() {
        assert!(all(&layers)[layer] < least * all(&spring)[layer], "layer {layer}");
    }
}

#[test]
fn a_fit_finds_the_layers_that_made_the_rows() {
    let truth = Fit { spread: 0.25, guesses: fit::guesses([400.0, 60.0], [20.0; 8], [10.0, 20.0, 5.0]) };
    let rows: Vec<Row> = (0..160).map(|i| made(i, &truth)).collect();
    let found = Fit::of(&rows.iter().collect::<Vec<_>>());
    for (a, b) in truth.guesses.iter().zip(&found.guesses) {
        assert!((a.young_kpa / b.young_kpa - 1.0).abs() < 0.05, "{a:?} became {b:?}");
    }
    assert!((found.spread - truth.spread).abs() < 1e-9);
}

/// A row that follows a fit exactly; thickness and force differ from row to row.
fn made(i: usize, truth: &Fit) -> Row {
    let share = |step: usize| (i * step % 17) as f64 / 17.0;
    let thickness = [1.0 + share(3), 3.0 + 9.0 * share(5), 15.0 + 30.0 * share(7)];
    let mut row = Row {
        subject: i / 8,
        site: i % 8,
        force_n: 4.0 + 12.0 * share(11),
        area_mm2: 675.0,
        thickness,
        strain: [0.0; 3],
    };
    row.strain = truth.strain(&row);
    row
}

#[test]
fn a_column_gives_the_strain_that_carries_its_stress() {
    let guess = Guess { young_kpa: 20.0, stiffening: 5.0 };
    for stress in [0.1, 5.0, 60.0] {
        let strain = column::strain(stress, guess);
        let carried = guess.young_kpa * strain * (3.0 * guess.stiffening * strain * strain).exp();
        assert!((carried / stress - 1.0).abs() < 1e-6, "{stress}: {carried}");
    }
}
