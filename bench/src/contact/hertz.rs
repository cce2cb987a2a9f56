//! A paraboloid on a half-space, beside tamaas and ContactMechanics: the same points, the same load, no periodic images.
//!
//! Ours wants the contact in the middle half of its grid and then needs no padding; the others pad theirs to twice the width. So they are
//! also given the smallest grid that holds the same contact at the same distance of points.

use std::f64::consts::PI;
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::json;
use xystra_tissue::contact::{Control, Edge, Footprint};
use xystra_tissue::{Layer, Stack};

use super::stacks::edge;
use crate::peer::Peer;
use crate::spread::Spread;

/// Points to each side.
const POINTS: usize = 512;
const WINDOW_MM: f64 = 10.0;
const RADIUS_MM: f64 = 100.0;
const YOUNG_KPA: f64 = 100.0;
/// Radius of the contact by the window: 102 points.
const CONTACT: f64 = 0.2;
/// How deep the layer is that stands for a half-space, mm.
const DEEP_MM: f64 = 1e6;
/// Of the peers; ours stops at its own.
const TOLERANCE: f64 = 1e-7;

/// One program on one grid.
#[derive(Debug, Clone)]
pub struct Row {
    program: String,
    points: usize,
    seconds: Spread,
    peak_error: f64,
}

/// All programs; the worst error of our peak.
pub fn rows(peer: &mut Peer, repeats: usize) -> Result<(Vec<Vec<String>>, f64)> {
    let mut found = vec![ours(repeats)?];
    for program in ["tamaas", "ContactMechanics"] {
        found.push(theirs(peer, program, POINTS, WINDOW_MM, repeats)?);
        found.push(theirs(peer, program, POINTS / 2, WINDOW_MM / 2.0, repeats)?);
    }
    let worst = found[0].peak_error.abs();
    Ok((found.iter().map(Row::cells).collect(), worst))
}

/// The heads of that table.
pub const HEADS: [&str; 4] = ["program", "points", "median, ms", "peak off Hertz"];

impl Row {
    fn cells(&self) -> Vec<String> {
        let Self { program, points, seconds, peak_error } = self;
        let ms = format!("{:.0}", seconds.median() * 1e3);
        vec![program.clone(), format!("{points} x {points}"), ms, format!("{peak_error:+.1e}")]
    }
}

/// Force of the contact, mN, and its peak, kPa.
fn hertz() -> (f64, f64) {
    let radius = CONTACT * WINDOW_MM;
    (4.0 * YOUNG_KPA * radius.powi(3) / (3.0 * RADIUS_MM), 2.0 * YOUNG_KPA * radius / (PI * RADIUS_MM))
}

fn ours(repeats: usize) -> Result<Row> {
    let deep = Layer {
        name: "deep".to_owned(),
        thickness_mm: DEEP_MM,
        young_kpa: YOUNG_KPA,
        poisson: 0.0,
        slips: false,
        stiffening: None,
    };
    let round = Edge { along_mm: Some(RADIUS_MM), ..edge(RADIUS_MM, None) };
    let fresh = Footprint::on(&Stack { layers: vec![deep] }, &round, [POINTS; 2], [WINDOW_MM; 2])?;
    let (force, peak) = hertz();
    let (mut seconds, mut peak_error) = (Spread::default(), f64::NAN);
    for _ in 0..repeats {
        let mut footprint = fresh.clone();
        let start = Instant::now();
        let print = footprint.press(Control::ForceN(1e-3 * force))?;
        seconds.push(start.elapsed().as_secs_f64());
        peak_error = print.peak_kpa() / peak - 1.0;
    }
    Ok(Row { program: "Xystra".to_owned(), points: POINTS, seconds, peak_error })
}

fn theirs(peer: &mut Peer, program: &str, points: usize, size: f64, repeats: usize) -> Result<Row> {
    let ask = json!({
        "do": "hertz", "peer": program, "points": points, "size": size, "radius": RADIUS_MM, "modulus": YOUNG_KPA, "force": hertz().0,
        "tolerance": TOLERANCE,
    });
    let (mut seconds, mut peak_error) = (Spread::default(), f64::NAN);
    for _ in 0..repeats.min(5) {
        let answer = peer.ask(&ask)?;
        seconds.push(answer["seconds"].as_f64().context("seconds")?);
        peak_error = answer["peak_error"].as_f64().context("peak_error")?;
    }
    Ok(Row { program: program.to_owned(), points, seconds, peak_error })
}
