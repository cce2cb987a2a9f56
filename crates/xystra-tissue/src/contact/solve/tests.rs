//! A flat punch.

use std::f64::consts::PI;

use super::*;
use crate::contact::kernel::{Line, LineKernel};
use crate::contact::layered::{Layered, Sheet};

struct Deep {
    line: Line,
    kernel: LineKernel,
}

impl Surface for Deep {
    fn motion(&mut self, pressure: &[f64], out: &mut [f64]) {
        self.line.press(&self.kernel, pressure, out);
    }

    fn pressure(&mut self, motion: &[f64], out: &mut [f64]) {
        self.line.lift(&self.kernel, motion, out);
    }

    fn drag(&mut self, _: &[f64], out: &mut [f64]) {
        out.fill(0.0);
    }
}

/// Pressure of 10 N/m under a flat punch over the middle 401 of 1024 points.
fn punched(start: Vec<f64>) -> (Settled, f64) {
    let deep = Layered { sheets: vec![Sheet::new(1e6, 30.0, 0.3, false)] };
    let mut line = Line::new(1024, 10.0, 1e6);
    let kernel = line.kernel(&deep);
    let gap: Vec<f64> = (0..1024_usize).map(|i| if i.abs_diff(512) <= 200 { 0.0 } else { f64::INFINITY }).collect();
    let cell = line.spacing;
    let problem = Problem { gap: &gap, cell, hold: Hold::Load(10.0), tolerance: 1e-9 };
    (problem.settle(start, &mut Deep { line, kernel }).unwrap(), cell)
}

#[test]
fn a_flat_punch_presses_most_at_its_ends() {
    let (settled, cell) = punched(vec![0.0; 1024]);
    // The row of points acts a little shorter than it is: 401 - 2 0.19 of them.
    let half = 0.5 * (401.0 - 0.38) * cell;
    for i in (330..=694).step_by(7) {
        let x = (f64::from(i) - 512.0) * cell;
        let wanted = 10.0 / (PI * (half * half - x * x).sqrt());
        let found = settled.pressure[usize::try_from(i).unwrap()];
        assert!((found / wanted - 1.0).abs() < 2e-3, "{i}: {found} {wanted}");
    }
    assert!((settled.pressure.iter().sum::<f64>() * cell - 10.0).abs() < 1e-12);
}

#[test]
fn where_the_search_begins_does_not_matter() {
    let (a, _) = punched(vec![0.0; 1024]);
    let (b, _) = punched((0..1024).map(|i| f64::from(i % 17)).collect());
    let apart = a.pressure.iter().zip(&b.pressure).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < 1e-4, "{apart}");
}
