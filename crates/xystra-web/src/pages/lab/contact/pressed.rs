//! Edge and thumb in the same layers.

use std::thread;

use xystra_tissue::contact::{Control, Cut, Edge, Model, View, cut, thumb};
use xystra_tissue::{Error, Stack};

use super::settings::{Hold, Settings};
use crate::chart::{DEPTH_MM, HALF_WIDTH_MM};

/// What came of both.
#[derive(Debug)]
pub(super) struct Pressed {
    pub(super) stack: Stack,
    pub(super) edge: Cut,
    pub(super) thumb: Cut,
    /// Force of each, N.
    pub(super) force_n: [f64; 2],
}

/// Length that a thumb's pad lies on, mm. Ours: nobody has measured a thumb under treatment loads.
pub(super) const THUMB_LENGTH_MM: f64 = 25.0;

/// Beyond the rim of the drawing: what lies there may be moved into it, mm.
const BEYOND_MM: f64 = 3.0;

const VIEW: View = View { half_width_mm: HALF_WIDTH_MM + BEYOND_MM, depth_mm: DEPTH_MM, step_mm: 0.5 };

impl Pressed {
    /// Presses both: at the same force beside each other, at the same depth one after the other.
    pub(super) fn of(settings: &Settings) -> Result<Self, Error> {
        let stack = settings.stack()?;
        let press = |edge: &Edge, control| cut(&stack, edge, control, Model::Stiffening, VIEW);
        let by_edge = || press(&settings.edge(), by_force(settings.force_n, settings.length_mm));
        let pad = Edge { friction: settings.friction, ..Edge::rounded(thumb().radius_mm.value) };
        let (edge, thumb) = match settings.hold {
            Hold::Force => beside(by_edge, || press(&pad, by_force(settings.force_n, THUMB_LENGTH_MM)))?,
            Hold::Depth => {
                let edge = by_edge()?;
                let thumb = press(&pad, Control::DepthMm(edge.contact.depth_mm))?;
                (edge, thumb)
            }
        };
        let force_n = [settings.force_n, thumb.contact.force_n_per_m * THUMB_LENGTH_MM / 1000.0];
        Ok(Self { stack, edge, thumb, force_n })
    }
}

/// Two pieces of work at once.
fn beside<T: Send>(
    one: impl FnOnce() -> Result<T, Error> + Send,
    other: impl FnOnce() -> Result<T, Error>,
) -> Result<(T, T), Error> {
    let (one, other) = thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|stopped| std::panic::resume_unwind(stopped)), other)
    });
    Ok((one?, other?))
}

fn by_force(force_n: f64, length_mm: f64) -> Control {
    Control::ForceNPerM(1000.0 * force_n / length_mm)
}
