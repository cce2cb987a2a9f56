//! An edge beside a thumb: the same force, and the force at which the thumb stretches the muscle as far.

use anyhow::{Context, Result};
use xystra_tissue::contact::{Curve, Edge, Load};
use xystra_tissue::layers::stack;

use super::figure::{Chart, Line, write};
use crate::section::table;

/// Force of a firm two-handed stroke, N (Stevenson 2023: mean 6.0).
const FORCE_N: f64 = 6.0;
/// Regions of the body, from the thinnest cover to the thickest.
const REGIONS: [&str; 5] = ["forearm", "calf", "neck", "low-back", "thigh"];
const DRAWN: &str = "calf";
/// Largest force that is asked of a thumb, N: that of a spinal mobilization, 63.7 N at its peak (claims ledger).
const MOST_N: f64 = 64.0;
const DEEPEST: &str = "muscle";

/// Edge and thumb.
struct Tools {
    edge: Curve,
    thumb: Curve,
}

/// The table; the figure goes into its file.
pub fn part() -> Result<String> {
    let mut rows = Vec::new();
    for region in REGIONS {
        let tools = Tools::on(region)?;
        if region == DRAWN {
            figure(&tools)?;
        }
        rows.extend(tools.rows(region)?);
    }
    let heads = [
        "where",
        "what",
        "force, N",
        "depth, mm",
        "mean pressure, kPa",
        "stretch of skin, %",
        "of fat, %",
        "of fascia, %",
        "of muscle, %",
        "compression of muscle, %",
    ];
    Ok(table(&heads, &rows))
}

/// A steel edge of 1 mm and 35 mm long, as a study file has it when nothing is said.
fn edge() -> Edge {
    Edge { radius_mm: 1.0, length_mm: Some(35.0), along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 }
}

/// A thumb's pad, stiff and round both ways: 12 and 15 mm are ours, no measured value was found.
fn thumb() -> Edge {
    Edge { radius_mm: 12.0, length_mm: None, along_mm: Some(15.0), ..edge() }
}

impl Tools {
    fn on(region: &str) -> Result<Self> {
        let stack = stack(region)?;
        Ok(Self { edge: Curve::of(&stack, &edge())?, thumb: Curve::of(&stack, &thumb())? })
    }

    fn rows(&self, region: &str) -> Result<[Vec<String>; 4]> {
        let same = self.edge.at(FORCE_N);
        let equal =
            self.thumb_that(|load| strain(load, DEEPEST).unwrap_or(0.0), strain(&same, DEEPEST).context(DEEPEST)?);
        let pressed = self.thumb_that(|load| load.mean_pressure_kpa, same.mean_pressure_kpa);
        let words = if pressed < MOST_N {
            "thumb, the same mean pressure"
        } else {
            "thumb, the most; the pressure is not reached"
        };
        Ok([
            cells(region, "edge", &same),
            cells(region, "thumb, the same force", &self.thumb.at(FORCE_N)),
            cells(region, "thumb, the same stretch of the muscle", &self.thumb.at(equal)),
            cells(region, words, &self.thumb.at(pressed)),
        ])
    }

    /// The force, N, at which a rising number of the thumb reaches `wanted`.
    fn thumb_that(&self, of: impl Fn(&Load) -> f64, wanted: f64) -> f64 {
        let (mut low, mut high) = (0.0, MOST_N);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if of(&self.thumb.at(middle)) < wanted { low = middle } else { high = middle }
        }
        high
    }
}

fn strain(load: &Load, layer: &str) -> Option<f64> {
    load.layers.iter().find(|one| one.name.starts_with(layer)).map(|one| one.peak_fibre_strain)
}

fn cells(region: &str, what: &str, load: &Load) -> Vec<String> {
    let percent = |value: Option<f64>| value.map_or("-".to_owned(), |value| format!("{:.1}", 100.0 * value));
    let stretch = ["skin", "fat", "fascia", DEEPEST].map(|layer| percent(strain(load, layer)));
    let compression = load.layers.iter().find(|one| one.name.starts_with(DEEPEST)).map(|one| one.peak_compression);
    let first = [region.to_owned(), what.to_owned(), format!("{:.1}", load.force_n), format!("{:.1}", load.depth_mm)];
    let pressure = format!("{:.0}", load.mean_pressure_kpa);
    first.into_iter().chain([pressure]).chain(stretch).chain([percent(compression)]).collect()
}

fn figure(tools: &Tools) -> Result<()> {
    let forces: Vec<f64> = (0..=60).map(|n| f64::from(n) * 0.25).collect();
    let line = |class, name: &str, curve: &Curve, of: &dyn Fn(&Load) -> f64| {
        let points = forces.iter().map(|force| (*force, of(&curve.at(*force)))).collect();
        Line { class, name: name.to_owned(), points }
    };
    let chart = |title: String, of: &dyn Fn(&Load) -> f64| {
        let lines = vec![line("a", "edge", &tools.edge, of), line("b", "thumb", &tools.thumb, of)];
        Chart { title, across: "force, N", lines, rest: 0.0 }
    };
    let mut charts = vec![
        chart("depth, mm".to_owned(), &|load| load.depth_mm),
        chart("mean pressure, kPa".to_owned(), &|load| load.mean_pressure_kpa),
    ];
    for layer in ["skin", "fat", "fascia", DEEPEST] {
        charts
            .push(chart(format!("largest stretch of {layer}, %"), &|load| 100.0 * strain(load, layer).unwrap_or(0.0)));
    }
    write(
        "depth",
        "Edge and thumb on a calf at rising force: depth, pressure and the largest stretch of each layer.",
        &charts,
    )
}
