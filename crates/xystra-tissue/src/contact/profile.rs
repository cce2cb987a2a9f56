//! The shape that meets the skin.

use super::{Control, Edge};
use crate::error::Error;

/// The shape across an edge: a parabola, and flanks where the edge has a bevel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Profile {
    radius: f64,
    /// Slopes of the flanks to the left and to the right; infinite: the parabola goes on.
    slopes: [f64; 2],
}

impl Profile {
    /// The profile of a sound edge.
    pub(crate) fn of(edge: &Edge) -> Result<Self, Error> {
        edge.check()?;
        let slope = |tilt: f64| edge.bevel_deg.map_or(f64::INFINITY, |bevel| (bevel + tilt).to_radians().tan());
        Ok(Self { radius: edge.radius_mm, slopes: [slope(edge.tilt_deg), slope(-edge.tilt_deg)] })
    }

    /// Height over the lowest line, mm, `x` mm to the right of it.
    pub(crate) fn height(&self, x: f64) -> f64 {
        let slope = self.slopes[usize::from(x > 0.0)];
        let round = x.abs().min(self.radius * slope);
        let flank = x.abs() - round;
        let rise = if flank > 0.0 { slope * flank } else { 0.0 };
        round * round / (2.0 * self.radius) + rise
    }

    /// How far from the lowest line the shape is first `height` mm high, on its wider side, mm.
    pub(crate) fn width(&self, height: f64) -> f64 {
        let side = |slope: f64| {
            let round = self.radius * slope;
            let rise = round * round / (2.0 * self.radius);
            if height <= rise { (2.0 * self.radius * height).sqrt() } else { round + (height - rise) / slope }
        };
        side(self.slopes[0]).max(side(self.slopes[1]))
    }
}

impl Edge {
    /// An upright, straight, frictionless edge without end.
    pub fn rounded(radius_mm: f64) -> Self {
        Self { radius_mm, length_mm: None, along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 }
    }

    /// Is it without end, and straight? Then plane strain answers for it.
    pub fn is_endless(&self) -> bool {
        self.length_mm.is_none() && self.along_mm.is_none()
    }

    fn check(&self) -> Result<(), Error> {
        positive("radius_mm", self.radius_mm)?;
        self.length_mm.map_or(Ok(()), |length| positive("length_mm", length))?;
        self.along_mm.map_or(Ok(()), |radius| positive("along_mm", radius))?;
        if !(0.0..=3.0).contains(&self.friction) {
            return Err(number("friction", self.friction, "from 0 to 3"));
        }
        if self.tilt_deg.is_nan() || self.tilt_deg.abs() >= 90.0 {
            return Err(number("tilt_deg", self.tilt_deg, "between -90 and 90"));
        }
        let Some(bevel) = self.bevel_deg else { return Ok(()) };
        if !(bevel > 0.0 && bevel < 90.0) {
            return Err(number("bevel_deg", bevel, "between 0 and 90"));
        }
        if bevel <= self.tilt_deg.abs() || bevel + self.tilt_deg.abs() >= 90.0 {
            return Err(number(
                "tilt_deg",
                self.tilt_deg,
                "smaller than bevel_deg, and below 90 with it, or a flank lies on the skin",
            ));
        }
        Ok(())
    }
}

impl Control {
    /// Is what is held a sound number for this edge?
    pub(crate) fn check(&self, edge: &Edge) -> Result<(), Error> {
        match *self {
            Self::DepthMm(depth) => positive("depth_mm", depth),
            Self::ForceNPerM(force) if edge.length_mm.is_none() && edge.along_mm.is_some() => Err(number(
                "force_n_per_m",
                force,
                "given with length_mm; an edge that is round along its length takes force_n",
            )),
            Self::ForceN(force) if edge.length_mm.is_none() && edge.along_mm.is_none() => {
                Err(number("force_n", force, "given with length_mm; an endless edge takes force_n_per_m"))
            }
            Self::ForceNPerM(force) => positive("force_n_per_m", force),
            Self::ForceN(force) => positive("force_n", force),
        }
    }
}

fn positive(field: &str, value: f64) -> Result<(), Error> {
    if value > 0.0 && value.is_finite() { Ok(()) } else { Err(number(field, value, "above 0")) }
}

fn number(field: &str, value: f64, must: &'static str) -> Error {
    Error::Number { field: field.to_owned(), value, must }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bevel_goes_on_straight_and_smoothly() {
        let edge = Edge { bevel_deg: Some(30.0), tilt_deg: 10.0, ..Edge::rounded(2.0) };
        let profile = Profile::of(&edge).unwrap();
        let right = 2.0 * 20.0_f64.to_radians().tan();
        assert!((profile.height(0.5) - 0.0625).abs() < 1e-15);
        assert!((profile.height(right + 1.0) - (right * right / 4.0 + right / 2.0)).abs() < 1e-12);
        assert!(profile.height(-3.0) > profile.height(3.0));
        assert!((profile.height(profile.width(1.3)) - 1.3).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_pressed_is_named() {
        let wrong = |edge: Edge| Profile::of(&edge).unwrap_err().to_string();
        assert!(wrong(Edge::rounded(0.0)).contains("radius_mm"));
        assert!(wrong(Edge::rounded(f64::NAN)).contains("radius_mm"));
        assert!(wrong(Edge { friction: -0.1, ..Edge::rounded(2.0) }).contains("friction"));
        assert!(wrong(Edge { length_mm: Some(-1.0), ..Edge::rounded(2.0) }).contains("length_mm"));
        assert!(wrong(Edge { bevel_deg: Some(20.0), tilt_deg: 25.0, ..Edge::rounded(2.0) }).contains("tilt_deg"));
        let edge = Edge::rounded(2.0);
        assert!(Control::ForceN(3.0).check(&edge).unwrap_err().to_string().contains("length_mm"));
        assert!(Control::DepthMm(-1.0).check(&edge).unwrap_err().to_string().contains("depth_mm"));
    }
}
