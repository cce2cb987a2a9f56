//! Layers that stiffen with their strain, around the linear kernel.
//!
//! A layer's law is `W = mu/(2b) (exp(b I) - 1)` with `I = Q + K/mu (J - 1)^2`, `Q` the distortion `J^(-2/3) tr C - 3` (Demiray 1972): all
//! its moduli grow as `exp(b I)`. Each layer is cut into pieces, and each piece gets one secant modulus: the mean of the growth over the
//! piece, weighed by the energy that the strain holds there, which is exact for a small stiffening whatever the field. Pressure, strains and
//! moduli are found in turn; each turn keeps the stress of the last, so that steep laws do not swing, and the turns are sped up by
//! mixing the last few (Anderson 1965).

mod body;
mod law;
mod mixing;
mod pieces;

use super::field::Peak;
use super::{Control, Edge};
use crate::error::Error;
use crate::stack::Stack;
pub(crate) use body::Body;
use law::Mean;
use mixing::Mixing;
use pieces::Pieces;

/// Turns after which moduli have not settled.
const TURNS: usize = 80;
/// Change of the logarithm of a modulus below which it is settled.
const SETTLED: f64 = 2e-3;
/// Largest change of that logarithm in one turn.
const LONGEST: f64 = 2.0;

/// Layers with the moduli that they have under an edge.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stiffened<P> {
    /// Pieces with their secant moduli, from the skin down.
    pub stack: Stack,
    /// Pressure on them.
    pub pressure: P,
    /// Logarithm of each piece's growth: where a search with another force begins.
    pub growth: Vec<f64>,
    /// Which layer each piece belongs to.
    pub layer: Vec<usize>,
    /// Turns that it took.
    pub turns: usize,
}

/// Presses an edge into layers that stiffen. `growth`: from a search before on the same layers, or empty.
pub(crate) fn press<B: Body>(
    stack: &Stack,
    edge: &Edge,
    control: Control,
    growth: &[f64],
) -> Result<Stiffened<B::Pressure>, Error> {
    let pieces = Pieces::of(stack);
    let mut growth = if growth.len() == pieces.count() { growth.to_vec() } else { vec![0.0; pieces.count()] };
    let mut body = B::coarse(&pieces.grown(&growth), edge, control)?;
    let mut mixing = Mixing::new();
    let mut size = 0.0;
    for turns in 1..=TURNS {
        let layers = pieces.grown(&growth);
        let pressure = body.press(&layers, edge, control)?;
        size = kept(size, B::size(&pressure));
        let mut means = vec![Mean::default(); growth.len()];
        B::strains(&pieces, &layers, &pressure, size, |piece, strain| {
            means[piece].add(strain, pieces.laws[piece], growth[piece]);
        });
        let answer: Vec<f64> = means.iter().map(Mean::growth).collect();
        if change(&answer, &growth) < SETTLED {
            let pressure = B::fine(&layers, edge, control)?;
            return Ok(Stiffened { stack: layers, pressure, growth, layer: pieces.layer, turns });
        }
        let next = mixing.next(&growth, answer);
        growth = growth.iter().zip(next).map(|(old, new)| new.clamp(old - LONGEST, old + LONGEST).max(0.0)).collect();
    }
    Err(Error::Unsettled { what: "the stiffening of the layers", steps: TURNS })
}

impl<P> Stiffened<P> {
    /// The largest strains of each layer, from those of the pieces.
    pub(crate) fn peaks(&self, pieces: &[Peak]) -> Vec<Peak> {
        let mut layers = vec![Peak::default(); self.layer.last().map_or(0, |last| last + 1)];
        for (piece, &layer) in pieces.iter().zip(&self.layer) {
            let peak = &mut layers[layer];
            peak.stretch = peak.stretch.max(piece.stretch);
            peak.compression = peak.compression.max(piece.compression);
            peak.shear = peak.shear.max(piece.shear);
        }
        layers
    }
}

/// The size of the contact that strains are looked at with: the last one while it is not far off, or depths would change their windows in
/// every turn.
fn kept(last: f64, now: f64) -> f64 {
    if (0.7..=1.4).contains(&(now / last)) { last } else { now }
}

fn change(new: &[f64], old: &[f64]) -> f64 {
    new.iter().zip(old).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}
