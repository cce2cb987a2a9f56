//! How a picture looks: its size, its unit, and whether it stands alone.

use crate::picture::number;

/// How the picture of a recording looks. Lengths are in the units of its view box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Class of the element on a page.
    pub class: &'static str,
    /// Whole width.
    pub width: f64,
    /// Where the force begins: left of it stand the words.
    pub left: f64,
    /// Upper end of the force.
    pub top: f64,
    /// Height of the force.
    pub plot: f64,
    /// Most stroke numbers that are written.
    pub most_numbers: usize,
    /// Most times that are written.
    pub most_times: f64,
    /// Target of the strokes' mean normal force, least and most, N.
    pub target_n: Option<(f64, f64)>,
    /// Unit of the forces.
    pub unit: Unit,
    /// Whether it brings its colours, heading and key with it, for a file of its own.
    pub is_alone: bool,
}

/// A unit of force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// How it is written.
    pub sign: &'static str,
    /// One of it, N.
    pub newtons: f64,
    /// Decimals shown.
    pub places: usize,
}

impl Look {
    /// On a page, for wide screens and paper.
    pub const WIDE: Self = Self {
        class: "chart trace only-wide",
        width: 1180.0,
        left: 84.0,
        top: 34.0,
        plot: 216.0,
        most_numbers: 45,
        most_times: 9.0,
        target_n: None,
        unit: Unit::NEWTON,
        is_alone: false,
    };
    /// On a page, for phones.
    pub const NARROW: Self = Self {
        class: "chart trace only-narrow",
        width: 390.0,
        plot: 180.0,
        most_numbers: 12,
        most_times: 4.0,
        ..Self::WIDE
    };
    /// In a file of its own.
    pub const ALONE: Self = Self { width: 1240.0, left: 108.0, top: 96.0, plot: 280.0, is_alone: true, ..Self::WIDE };

    pub(super) fn bottom(&self) -> f64 {
        self.top + self.plot
    }

    pub(super) fn right(&self) -> f64 {
        self.width - 8.0 - self.inset()
    }

    /// Empty margin at the left and right edge.
    pub(super) fn inset(&self) -> f64 {
        if self.is_alone { 20.0 } else { 0.0 }
    }

    /// Room below the lanes.
    pub(super) fn foot(&self) -> f64 {
        if self.is_alone { 36.0 } else { 0.0 }
    }

    /// A force (N) in the look's unit, without its sign.
    pub(super) fn force(&self, newtons: f64) -> String {
        number(self.unit.show(newtons), self.unit.places)
    }
}

impl Unit {
    /// Newton.
    pub const NEWTON: Self = Self { sign: "N", newtons: 1.0, places: 1 };

    /// A force in N, in this unit.
    pub fn show(&self, newtons: f64) -> f64 {
        newtons / self.newtons
    }
}
