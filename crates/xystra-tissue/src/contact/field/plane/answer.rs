//! What one wave over the plane does at one depth.

use xystra_signal::Bin;

use crate::contact::layered::{Level, Pair, Sheet};

/// A wave vector, 1/mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wave {
    length: f64,
    /// Its direction across and along the edge.
    across: f64,
    along: f64,
}

/// Levels of a wave for unit loads, in its own plane and across it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Answer {
    /// For a load down, and for one in the wave's own direction.
    pub down: Level,
    pub right: Level,
    /// Motion, mm, and shear stress, kPa, across the wave's plane for a load across it.
    pub across: Pair,
}

/// A component of strain; shears are engineering's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strain {
    Across,
    Along,
    Depth,
    AcrossDepth,
    AlongDepth,
    AcrossAlong,
}

impl Wave {
    pub(super) fn new([across, along]: [f64; 2]) -> Self {
        let length = across.hypot(along);
        // The endless wave has no direction: friction's own is taken.
        if length == 0.0 {
            return Self { length, across: 1.0, along: 0.0 };
        }
        Self { length, across: across / length, along: along / length }
    }
}

impl Answer {
    /// The endless wave's: no motion along the surface, the load itself as stress.
    pub(super) const EVEN: Self = Self {
        down: Level { motion: [0.0; 2], stress: [0.0, -1.0] },
        right: Level { motion: [0.0; 2], stress: [-1.0, 0.0] },
        across: [0.0, -1.0],
    };
}

impl Strain {
    pub(super) const ALL: [Self; 6] =
        [Self::Across, Self::Along, Self::Depth, Self::AcrossDepth, Self::AlongDepth, Self::AcrossAlong];

    /// The complex factor from pressure to this strain, with friction across the edge.
    ///
    /// Shear of `friction` times the pressure has the part `c` in the wave's direction and `-s` across it. In that direction
    /// `u = -i U`, a load to the right is i times a sine, and across it `v = V`.
    pub(super) fn gain(self, wave: &Wave, answer: &Answer, sheet: &Sheet, friction: f64) -> Bin {
        let Wave { length: k, across: c, along: s } = *wave;
        let (down, right) = (&answer.down, &answer.right);
        let [turned, twist] = answer.across;
        let (shear, lame) = (sheet.shear, sheet.lame());
        let deep = |l: &Level| (l.stress[1] - lame * k * l.motion[0]) / (lame + 2.0 * shear);
        match self {
            Self::Across => [k * c * c * down.motion[0], friction * k * c * (c * c * right.motion[0] + s * s * turned)],
            Self::Along => [k * s * s * down.motion[0], friction * k * c * s * s * (right.motion[0] - turned)],
            Self::Depth => [deep(down), friction * c * deep(right)],
            Self::AcrossDepth => {
                [friction * (c * c * right.stress[0] + s * s * twist) / shear, -c * down.stress[0] / shear]
            }
            Self::AlongDepth => [friction * c * s * (right.stress[0] - twist) / shear, -s * down.stress[0] / shear],
            Self::AcrossAlong => [
                2.0 * k * c * s * down.motion[0],
                friction * k * s * (2.0 * c * c * right.motion[0] - (c * c - s * s) * turned),
            ],
        }
    }
}
