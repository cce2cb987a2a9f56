//! What is pressed: an endless edge or a footprint.

use super::law::Strain;
use super::pieces::Pieces;
use crate::contact::field::Section;
use crate::contact::footprint::{Fineness, Footprint, Print};
use crate::contact::layered::Layered;
use crate::contact::solve::{Pressure, Strip};
use crate::contact::{Control, Edge};
use crate::error::Error;
use crate::stack::Stack;

/// Points on the grid of the search.
const LINE: usize = 256;
const PLANE: Fineness = Fineness { across: 6.0, least: [64, 32], most: 512 };
const ROUGH: f64 = 1e-5;
/// Points across a section of a strip, and for each scale of a footprint.
const POINTS: usize = 64;
const FINENESS: [f64; 2] = [3.0, 2.0];
/// The contact's reach over the window: at least and at most before another window is taken.
const REACH: std::ops::RangeInclusive<f64> = 0.08..=0.235;

/// Something that presses on layers whose moduli are being looked for.
pub(crate) trait Body: Sized {
    /// What it finds.
    type Pressure;

    /// On a coarse grid that fits.
    fn coarse(layers: &Stack, edge: &Edge, control: Control) -> Result<Self, Error>;

    /// Presses on layers with other moduli; takes another grid when the contact has outgrown it.
    fn press(&mut self, layers: &Stack, edge: &Edge, control: Control) -> Result<Self::Pressure, Error>;

    /// The pressure on a grid that resolves it.
    fn fine(layers: &Stack, edge: &Edge, control: Control) -> Result<Self::Pressure, Error>;

    /// Half the width of the contact, mm, or a few points where it is narrower.
    fn size(pressure: &Self::Pressure) -> f64;

    /// Tells `each` the pieces and strains at many points under a contact of about that size, mm.
    fn strains(pieces: &Pieces, layers: &Stack, pressure: &Self::Pressure, size: f64, each: impl FnMut(usize, Strain));
}

impl Body for Strip {
    type Pressure = Pressure;

    fn coarse(layers: &Stack, edge: &Edge, control: Control) -> Result<Self, Error> {
        Self::fitted(layers, edge, control, LINE)
    }

    fn press(&mut self, layers: &Stack, edge: &Edge, control: Control) -> Result<Pressure, Error> {
        self.relayer(layers);
        let mut found = Self::press(self, control)?;
        let window = found.spacing_mm * LINE as f64;
        let share = found.reach_mm() / window;
        if !REACH.contains(&share) {
            *self = Self::coarse(layers, edge, control)?;
            found = Self::press(self, control)?;
        }
        Ok(found)
    }

    fn fine(layers: &Stack, edge: &Edge, control: Control) -> Result<Pressure, Error> {
        Self::fit(layers, edge, control)?.press(control)
    }

    fn size(pressure: &Pressure) -> f64 {
        pressure.reach_mm().max(4.0 * pressure.spacing_mm)
    }

    fn strains(pieces: &Pieces, layers: &Stack, pressure: &Pressure, size: f64, mut each: impl FnMut(usize, Strain)) {
        let layered = Layered::of(layers);
        for (scale, depths) in pieces.scales(size) {
            let mut section = Section::of(&layered, 8.0 * scale, POINTS, &depths, pressure.friction > 0.0);
            for field in section.strains(pressure) {
                for i in 0..POINTS {
                    let [across, deep] = [field.strain_xx[i], field.strain_zz[i]];
                    each(field.layer, Strain { across, along: 0.0, deep, sheared: field.shear_xz[i].powi(2) });
                }
            }
        }
    }
}

impl Body for Footprint {
    type Pressure = Print;

    fn coarse(layers: &Stack, edge: &Edge, control: Control) -> Result<Self, Error> {
        Self::fitted(layers, edge, control, PLANE)
    }

    fn press(&mut self, layers: &Stack, edge: &Edge, control: Control) -> Result<Print, Error> {
        self.relayer(layers);
        let found = self.settle(control, ROUGH)?;
        let [across, along] =
            [0, 1].map(|axis| found.reach_mm()[axis] / (found.spacing_mm[axis] * found.count[axis] as f64));
        // A straight edge touches along all its length, however it is pressed.
        let narrow = across < *REACH.start() && along < *REACH.start();
        if narrow || across > *REACH.end() || along > *REACH.end() {
            *self = Self::coarse(layers, edge, control)?;
            return self.settle(control, ROUGH);
        }
        Ok(found)
    }

    fn fine(layers: &Stack, edge: &Edge, control: Control) -> Result<Print, Error> {
        Self::fit(layers, edge, control)?.press(control)
    }

    fn size(print: &Print) -> f64 {
        print.reach_mm()[0].max(2.0 * print.spacing_mm[0])
    }

    fn strains(pieces: &Pieces, layers: &Stack, print: &Print, size: f64, mut each: impl FnMut(usize, Strain)) {
        let layered = Layered::of(layers);
        for (scale, depths) in pieces.scales(size) {
            Print::strains(print, &layered, scale, &depths, FINENESS, |piece, [xx, yy, zz, xz, yz, xy]| {
                for i in 0..xx.len() {
                    let sheared = xz[i].powi(2) + yz[i].powi(2) + xy[i].powi(2);
                    each(piece, Strain { across: xx[i], along: yy[i], deep: zz[i], sheared });
                }
            });
        }
    }
}
