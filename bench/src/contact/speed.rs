//! How long the plane problem and its fields take.

use std::time::Instant;

use anyhow::Result;
use xystra_tissue::contact::{Control, Section, Strip};

use super::stacks::{calf, edge};
use crate::spread::Spread;

/// Points across.
const POINTS: usize = 4096;
const DEPTHS: usize = 64;
/// Width of the grid by the half-width of the contact of the calf, mm.
const WINDOW_MM: f64 = 30.0;

/// Median times with the layer kernel made before.
#[derive(Debug, Clone, Default)]
pub struct Times {
    /// Layers into the kernel of the grid, s.
    pub kernel: Spread,
    /// Contact from no pressure at all, s.
    pub press: Spread,
    /// Contact from the pressure at 98 % of the depth, as a slider asks for it, s.
    pub again: Spread,
    /// What every wave does at 64 depths, s: once for each stack.
    pub section: Spread,
    /// Strains and motions at 64 depths, s.
    pub fields: Spread,
    /// Strains alone, s.
    pub strains: Spread,
    /// Iterations of the contact from nothing.
    pub iterations: usize,
}

/// The calf under an edge of 10 mm at 4 mm.
pub fn plane(repeats: usize) -> Result<Times> {
    let (stack, edge) = (calf(), edge(10.0, None));
    let fresh = Strip::on(&stack, &edge, POINTS, WINDOW_MM)?;
    let mut nearly = fresh.clone();
    nearly.press(Control::DepthMm(3.92))?;
    let mut section = Section::new(&stack, WINDOW_MM, POINTS, &depths(&stack));
    let mut times = Times::default();
    for _ in 0..repeats {
        timed(&mut times.kernel, || Strip::on(&stack, &edge, POINTS, WINDOW_MM))?;
        let (mut cold, mut warm) = (fresh.clone(), nearly.clone());
        let pressure = timed(&mut times.press, || cold.press(Control::DepthMm(4.0)))?;
        timed(&mut times.again, || warm.press(Control::DepthMm(4.0)))?;
        timed(&mut times.fields, || Ok::<_, anyhow::Error>(section.fields(&pressure)))?;
        timed(&mut times.strains, || Ok::<_, anyhow::Error>(section.strains(&pressure)))?;
        times.iterations = pressure.iterations;
    }
    for _ in 0..repeats.min(5) {
        timed(&mut times.section, || Ok::<_, anyhow::Error>(Section::new(&stack, WINDOW_MM, POINTS, &depths(&stack))))?;
    }
    Ok(times)
}

impl Times {
    /// Rows of a table: what, ms.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let row = |what: String, spread: &Spread| vec![what, format!("{:.2}", spread.median() * 1e3)];
        vec![
            row(format!("contact from no pressure, {} iterations", self.iterations), &self.press),
            row("contact from that at 98 % of the depth".to_owned(), &self.again),
            row("strains at 64 depths".to_owned(), &self.strains),
            row("strains and motions at 64 depths".to_owned(), &self.fields),
            row("once for each stack: the layer kernel".to_owned(), &self.kernel),
            row("once for each stack: its waves at 64 depths".to_owned(), &self.section),
        ]
    }
}

/// 64 depths, shared by the layers, each from top to bottom.
fn depths(stack: &xystra_tissue::Stack) -> Vec<Vec<f64>> {
    let each = DEPTHS / stack.layers.len();
    stack.layers.iter().map(|_| (0..each).map(|n| (n as f64 + 0.5) / each as f64).collect()).collect()
}

fn timed<T, E>(spread: &mut Spread, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let start = Instant::now();
    let done = work()?;
    spread.push(start.elapsed().as_secs_f64());
    Ok(done)
}
