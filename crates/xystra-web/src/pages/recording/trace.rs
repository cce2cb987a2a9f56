//! What is drawn of a recording, in the practice's unit.

use xystra_care::practice::{ForceUnit, NEWTON_PER_KGF};
use xystra_catalog::Range;
use xystra_dose::picture::{Look, Unit, finding, trace};
use xystra_dose::{Analysis, Stroke, picture};

pub(super) use xystra_dose::picture::plural;

/// What is drawn.
pub(super) struct Trace<'a> {
    pub(super) analysis: &'a Analysis,
    /// The planned mean force of a stroke, N.
    pub(super) target_n: Option<Range>,
    pub(super) unit: ForceUnit,
}

impl Trace<'_> {
    /// What the picture shows, in one sentence.
    pub(super) fn finding(&self) -> String {
        finding(self.analysis, &self.look(Look::WIDE))
    }

    /// The picture, for one screen.
    pub(super) fn picture(&self, screen: Look) -> String {
        trace(self.analysis, &self.look(screen))
    }

    fn look(&self, screen: Look) -> Look {
        let target_n = self.target_n.map(|target| (target.low, target.high));
        Look { target_n, unit: unit_of(self.unit), ..screen }
    }
}

fn unit_of(unit: ForceUnit) -> Unit {
    match unit {
        ForceUnit::Newton => Unit::NEWTON,
        ForceUnit::KilogramForce => Unit { sign: unit.sign(), newtons: NEWTON_PER_KGF, places: places(unit) },
    }
}

/// Decimals of a force: a tenth of a newton is about a hundredth of a kilogram-force.
pub(super) fn places(unit: ForceUnit) -> usize {
    match unit {
        ForceUnit::Newton => 1,
        ForceUnit::KilogramForce => 2,
    }
}

/// "below" or "above" the target; nothing within it.
pub(super) fn beside(stroke: &Stroke, target: Range) -> Option<&'static str> {
    picture::beside(stroke, (target.low, target.high))
}

#[cfg(test)]
mod tests {
    use xystra_dose::read::Reading;
    use xystra_dose::{Options, Sweeps, analyse, read};

    use super::*;

    #[test]
    fn the_picture_is_in_the_practices_unit_and_knows_the_target() {
        let bytes = Sweeps::default().to_csv();
        let whole = read::whole("sweeps.csv", bytes.as_bytes(), &Reading::default()).unwrap();
        let analysis = analyse(&whole, &Options::default()).unwrap();
        let target = Range { low: 3.0, high: 3.5 };
        let drawn = Trace { analysis: &analysis, target_n: Some(target), unit: ForceUnit::KilogramForce };
        let outside = analysis.strokes.iter().filter(|stroke| beside(stroke, target).is_some()).count();
        let svg = drawn.picture(Look::NARROW);
        assert!(outside > 0 && svg.matches("class=\"sp out\"").count() == outside, "{svg}");
        assert!(drawn.finding().contains(" kgf") && svg.contains(">kgf<"), "{}", drawn.finding());
    }
}
