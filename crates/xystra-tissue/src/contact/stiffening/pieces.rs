//! Layers cut into pieces, each with one modulus.

use super::law::Law;
use crate::stack::{Layer, Stack};

/// Thinnest piece, mm, and thickest as a share of its depth.
const THINNEST: f64 = 0.75;
const SHARE: f64 = 0.5;
/// Depths looked at in each piece, as shares of its thickness: two-point integration.
const LOOKS: [f64; 2] = [0.211_324_865_4, 0.788_675_134_6];

/// Pieces of layers, from the skin down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pieces {
    stack: Stack,
    /// How each piece stiffens.
    pub(super) laws: Vec<Law>,
    /// The layer that each piece belongs to.
    pub layer: Vec<usize>,
}

impl Pieces {
    pub(super) fn of(stack: &Stack) -> Self {
        let (mut layers, mut owner, mut top) = (Vec::new(), Vec::new(), 0.0);
        for (i, layer) in stack.layers.iter().enumerate() {
            let pieces = cut(layer, top);
            owner.extend(vec![i; pieces.len()]);
            layers.extend(pieces);
            top += layer.thickness_mm;
        }
        let laws = layers.iter().map(Law::of).collect();
        Self { stack: Stack { layers }, laws, layer: owner }
    }

    pub(super) fn count(&self) -> usize {
        self.laws.len()
    }

    /// The pieces with moduli that have grown by the exponential of `growth`.
    pub(super) fn grown(&self, growth: &[f64]) -> Stack {
        let mut grown = self.stack.clone();
        grown.layers.iter_mut().zip(growth).for_each(|(piece, g)| piece.young_kpa *= g.exp());
        grown
    }

    /// Scales, mm, with the depths to look at in each: those near the contact's own size `size` first, each next one twice as wide.
    pub(super) fn scales(&self, size: f64) -> Vec<(f64, Vec<Vec<f64>>)> {
        let mut scales: Vec<(f64, Vec<Vec<f64>>)> = Vec::new();
        let mut top = 0.0;
        for (i, piece) in self.stack.layers.iter().enumerate() {
            let steps = ((top + 0.5 * piece.thickness_mm) / (2.0 * size)).log2().ceil().max(0.0);
            let scale = size * steps.exp2();
            if scales.last().is_none_or(|last| last.0 < scale) {
                scales.push((scale, vec![Vec::new(); self.count()]));
            }
            if let Some(last) = scales.last_mut() {
                last.1[i] = LOOKS.to_vec();
            }
            top += piece.thickness_mm;
        }
        scales
    }
}

/// Pieces of one layer that begins at a depth; only the last one slips.
fn cut(layer: &Layer, top: f64) -> Vec<Layer> {
    let mut ends = Vec::new();
    let mut depth = 0.0;
    while depth < 0.999 * layer.thickness_mm {
        depth += (SHARE * (top + depth)).max(THINNEST);
        ends.push(depth);
    }
    let scale = layer.thickness_mm / depth;
    let mut from = 0.0;
    let last = ends.len() - 1;
    let piece = |(i, end): (usize, f64)| {
        let thickness_mm = end * scale - from;
        from = end * scale;
        Layer { thickness_mm, slips: layer.slips && i == last, ..layer.clone() }
    };
    ends.into_iter().enumerate().map(piece).collect()
}
