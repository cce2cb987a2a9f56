//! The same contact by scikit-fem: quadratic finite elements that share nothing with the kernel.

use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use xystra_tissue::contact::{Contact, Control, Edge, LayerStrain, Model, press};

use super::stacks::{Press, edge, json as layers};
use crate::peer::Peer;

/// What one of the two found.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// N/m.
    pub force: f64,
    /// mm.
    pub half_width: f64,
    /// kPa.
    pub peak: f64,
    /// s.
    pub seconds: f64,
}

/// Ours, in plane strain.
pub fn ours(case: &Press) -> Result<(Found, Contact)> {
    let start = Instant::now();
    let contact = press(&case.stack, &edge(case.radius_mm, None), Control::DepthMm(case.depth_mm), Model::Linear)?;
    let seconds = start.elapsed().as_secs_f64();
    let (force, half_width, peak) = (contact.force_n_per_m, contact.half_width_mm, contact.peak_pressure_kpa);
    Ok((Found { force, half_width, peak, seconds }, contact))
}

/// Theirs, with so many elements in half the contact; and the strains of each layer.
pub fn theirs(peer: &mut Peer, case: &Press, elements: u32) -> Result<(Found, Value)> {
    let answer = peer.ask(&json!({
        "do": "plane", "layers": layers(&case.stack), "radius": case.radius_mm, "depth": case.depth_mm, "per_half": elements,
    }))?;
    let number = |key: &str| answer[key].as_f64().with_context(|| key.to_owned());
    let found = Found {
        force: number("force")?,
        half_width: number("half_width_mm")?,
        peak: number("peak_pressure_kpa")?,
        seconds: number("seconds")?,
    };
    Ok((found, answer["layers"].clone()))
}

/// A round tip by an axisymmetric mesh: ours and theirs; forces in N.
pub fn round(peer: &mut Peer, case: &Press, elements: u32) -> Result<[Found; 2]> {
    let tip = Edge { along_mm: Some(case.radius_mm), ..edge(case.radius_mm, None) };
    let ours = footprint(case, &tip)?;
    let answer = peer.ask(&json!({
        "do": "round", "layers": layers(&case.stack), "radius": case.radius_mm, "depth": case.depth_mm, "per_half": elements,
    }))?;
    let number = |key: &str| answer[key].as_f64().with_context(|| key.to_owned());
    let (half_width, peak) = (number("half_width_mm")?, number("peak_pressure_kpa")?);
    Ok([ours, Found { force: 1e-3 * number("force")?, half_width, peak, seconds: number("seconds")? }])
}

/// An edge with two ends by hexahedra, so many of them in half the contact: ours and theirs; forces in N, no peak.
pub fn ended(peer: &mut Peer, case: &Press, length_mm: f64, elements: u32) -> Result<[Found; 2]> {
    let ours = footprint(case, &edge(case.radius_mm, Some(length_mm)))?;
    let answer = peer.ask(&json!({
        "do": "box", "layers": layers(&case.stack), "radius": case.radius_mm, "depth": case.depth_mm, "length": length_mm,
        "per_half": elements, "half": ours.half_width,
    }))?;
    let number = |key: &str| answer[key].as_f64().with_context(|| key.to_owned());
    let (force, half_width) = (number("force_n")?, number("half_width_mm")?);
    Ok([ours, Found { force, half_width, peak: f64::NAN, seconds: number("seconds")? }])
}

fn footprint(case: &Press, edge: &Edge) -> Result<Found> {
    let start = Instant::now();
    let contact = press(&case.stack, edge, Control::DepthMm(case.depth_mm), Model::Linear)?;
    let seconds = start.elapsed().as_secs_f64();
    let force = contact.force_n.context("an edge with an end has a force")?;
    Ok(Found { force, half_width: contact.half_width_mm, peak: contact.peak_pressure_kpa, seconds })
}

/// By how much ours differs from theirs, %: force, half-width, peak.
pub fn apart(ours: Found, theirs: Found) -> [f64; 3] {
    [(ours.force, theirs.force), (ours.half_width, theirs.half_width), (ours.peak, theirs.peak)]
        .map(|(a, b)| 100.0 * (a / b - 1.0))
}

/// The largest difference of a layer's peak strains by the largest strain of its kind in any layer, %; and which one it is.
pub fn strains_apart(ours: &Contact, theirs: &Value) -> (f64, String) {
    let mut worst = (0.0_f64, String::new());
    for (key, of) in KINDS {
        let largest = ours.layers.iter().map(of).fold(f64::MIN_POSITIVE, f64::max);
        for (number, layer) in ours.layers.iter().enumerate() {
            let apart = 100.0 * (of(layer) - theirs[number][key].as_f64().unwrap_or(f64::NAN)) / largest;
            if apart.is_nan() || apart.abs() > worst.0.abs() {
                worst = (apart, format!("{} of {}", key.trim_start_matches("peak_").replace('_', " "), layer.name));
            }
        }
    }
    worst
}

type Of = fn(&LayerStrain) -> f64;

const KINDS: [(&str, Of); 3] = [
    ("peak_fibre_strain", |layer| layer.peak_fibre_strain),
    ("peak_compression", |layer| layer.peak_compression),
    ("peak_shear", |layer| layer.peak_shear),
];
