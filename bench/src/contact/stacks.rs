//! Layers to press: the calf of the fixture, and drawn ones.

use serde_json::{Value, json};
use xystra_tissue::contact::Edge;
use xystra_tissue::{Layer, Stack};

use crate::chance::Chance;

/// Layers, an edge and how deep it goes.
#[derive(Debug, Clone)]
pub struct Press {
    /// In words.
    pub name: String,
    /// What is pressed.
    pub stack: Stack,
    /// Radius of the edge, mm.
    pub radius_mm: f64,
    /// How deep, mm.
    pub depth_mm: f64,
}

/// Skin, fat, fascia and muscle of a calf.
pub fn calf() -> Stack {
    let rows = [
        ("skin", 1.5, 150.0, 0.48),
        ("fat", 6.0, 5.0, 0.48),
        ("fascia", 1.0, 1000.0, 0.45),
        ("muscle", 35.0, 20.0, 0.48),
    ];
    Stack {
        layers: rows.map(|(name, thickness, young, poisson)| layer(name, thickness, young, poisson, false)).to_vec(),
    }
}

/// The calf under a blunt and a sharp edge, then drawn layers; every second drawn stack glides at one interface.
pub fn presses(drawn: u32, seed: u64) -> Vec<Press> {
    let fixture =
        |radius_mm| Press { name: format!("calf, R {radius_mm} mm"), stack: calf(), radius_mm, depth_mm: 4.0 };
    let mut chance = Chance::new(seed);
    let random = (1..=drawn).map(|number| draw(number, number % 2 == 0, &mut chance));
    [10.0, 2.0].into_iter().map(fixture).chain(random.collect::<Vec<_>>()).collect()
}

/// An endless, upright, frictionless edge.
pub fn edge(radius_mm: f64, length_mm: Option<f64>) -> Edge {
    Edge { radius_mm, length_mm, along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 }
}

/// The layers as the peers take them.
pub fn json(stack: &Stack) -> Value {
    let row = |layer: &Layer| {
        let Layer { name, thickness_mm, young_kpa, poisson, slips, .. } = layer;
        json!({"name": name, "thickness_mm": thickness_mm, "young_kpa": young_kpa, "poisson": poisson, "slips": slips})
    };
    stack.layers.iter().map(row).collect()
}

/// The text of a stack file, for whoever wants to press the same.
pub fn text(stack: &Stack) -> String {
    let row = |layer: &Layer| {
        format!(
            "{} {:.2} mm {:.0} kPa {:.2}{}",
            layer.name,
            layer.thickness_mm,
            layer.young_kpa,
            layer.poisson,
            if layer.slips { " glides" } else { "" }
        )
    };
    stack.layers.iter().map(row).collect::<Vec<_>>().join(", ")
}

fn draw(number: u32, glides: bool, chance: &mut Chance) -> Press {
    let mut even = |low: f64, high: f64| low + (high - low) * chance.share();
    let count = 2 + (number as usize) % 4;
    let mut layers: Vec<Layer> = (0..count)
        .map(|_| layer("layer", even(0.8, 8.0), 3.0 * 200.0_f64.powf(even(0.0, 1.0)), even(0.3, 0.49), false))
        .collect();
    layers[count - 1].thickness_mm += 10.0;
    layers.iter_mut().enumerate().for_each(|(n, layer)| layer.name = format!("layer {}", n + 1));
    layers[(count - 1) / 2].slips = glides && count > 1;
    let radius_mm = 1.5 * 8.0_f64.powf(even(0.0, 1.0));
    Press { name: format!("drawn {number}"), stack: Stack { layers }, radius_mm, depth_mm: even(0.3, 2.0) }
}

fn layer(name: &str, thickness_mm: f64, young_kpa: f64, poisson: f64, slips: bool) -> Layer {
    Layer { name: name.to_owned(), thickness_mm, young_kpa, poisson, slips, stiffening: None }
}
