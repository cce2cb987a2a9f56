//! What a reader of the numbers should know, in words.

use super::{Found, Sum};
use crate::channel::Quantity;
use crate::constants::{DRIFT, IMPLAUSIBLE, MISPLACED};
use crate::dose::Dose;
use crate::interval::{Interval, total_s};
use crate::quality::sensor;
use crate::quality::{Issue, IssueKind};
use crate::stroke::Stroke;
use crate::vector::norm;

/// All of them; what the reader found comes first.
pub(super) fn all(found: &Found<'_>, sum: &Sum, strokes: &[Stroke], dose: &Dose, read: Vec<Issue>) -> Vec<Issue> {
    let mut issues = read;
    issues.extend(sensor::issues(found.faults, found.touched));
    issues.extend(found.survey.health.silent_issues(found.survey.extent()));
    issues.extend(found.survey.ticks.issues());
    issues.extend(found.rest());
    issues.extend(found.held_end());
    issues.extend(found.offset(sum));
    issues.extend(found.starts_in_contact(sum));
    issues.extend(found.spikes());
    issues.extend(found.knocks(sum));
    issues.extend(found.cuts());
    issues.extend(found.channels());
    issues.extend(found.misplaced(sum, strokes));
    issues.extend(found.force(dose));
    issues
}

impl Found<'_> {
    fn whole(&self, kind: IssueKind, text: impl Into<String>) -> Issue {
        Issue::whole(kind, self.survey.extent(), text)
    }

    fn rest(&self) -> Option<Issue> {
        let no_rest =
            "no quiet part: the resting level is unknown, contact is judged against zero and forces are as recorded";
        match &self.survey.rest {
            None => Some(self.whole(IssueKind::NoRest, no_rest)),
            Some(rest) if rest.drift_n > 0.0 => {
                let then =
                    "it is followed through the quiet parts and taken off; between them it is taken as a straight line";
                Some(
                    self.whole(IssueKind::Drift, format!("the resting level wanders by {:.2} N: {then}", rest.drift_n)),
                )
            }
            Some(_) => None,
        }
    }

    fn held_end(&self) -> Option<Issue> {
        let rest = self.survey.rest.as_ref().filter(|rest| rest.end_n > DRIFT.value)?;
        let then = "the sensor jumped or a pressure was held; contact and force are uncertain by as much";
        Some(self.whole(
            IssueKind::Drift,
            format!("a quiet start or end lies {:.1} N off the resting level: {then}", rest.end_n),
        ))
    }

    /// A level further from zero than the contact is from the level may be a pressure held throughout, not rest.
    fn offset(&self, sum: &Sum) -> Option<Issue> {
        let offset_n = norm(self.survey.rest.as_ref()?.level_n(0.0));
        let text = format!(
            "the resting level is {offset_n:.1} N, more than any force above it ({:.1} N): \
             if the tool pressed throughout, leave the values as recorded (tare none)",
            sum.largest_n
        );
        (offset_n > sum.largest_n).then(|| self.whole(IssueKind::LargeOffset, text))
    }

    fn starts_in_contact(&self, sum: &Sum) -> Option<Issue> {
        let dead = sensor::spoiled(self.faults).first().is_some_and(|s| s.start_s == 0.0);
        let first = sum.contacts.extents.first().filter(|first| first.start_s == 0.0 && !dead)?;
        let text = "the force is above the resting level from the first sample: the first stroke may be cut short; the resting level was taken from elsewhere";
        let share = first.duration_s() / total_s(&sum.contacts.extents);
        Some(Issue { share, ..Issue::whole(IssueKind::StartsInContact, *first, text) })
    }

    fn spikes(&self) -> Vec<Issue> {
        let step_s = self.survey.ticks.step_s;
        let text = "a single sample far from its neighbours: their middle stands in its place";
        let spike = |t: &f64| {
            let extent = Interval::new((t - step_s).max(0.0), t + step_s);
            Issue { share: step_s / self.survey.ticks.end_s, ..Issue::whole(IssueKind::Spike, extent, text) }
        };
        self.survey.spikes_s.iter().map(spike).collect()
    }

    fn knocks(&self, sum: &Sum) -> Vec<Issue> {
        let text = "a touch too short to be a stroke: not counted";
        let knock = |extent: &Interval| {
            let share = extent.duration_s() / self.survey.ticks.end_s;
            Issue { share, ..Issue::whole(IssueKind::Knock, *extent, text) }
        };
        sum.contacts.knocks.iter().map(knock).collect()
    }

    fn cuts(&self) -> Vec<Issue> {
        let text = "ten minutes without a lift: the contact is cut here, so that a stroke may be counted twice";
        self.cut_s
            .iter()
            .map(|t| Issue { share: 0.0, ..Issue::whole(IssueKind::LongContact, Interval::new(*t, *t), text) })
            .collect()
    }

    fn channels(&self) -> Vec<Issue> {
        let axes = self.header.of(Quantity::Force).count();
        let one_axis = "force along one axis: it is taken as normal, the resultant is its magnitude, shear is unknown";
        let two_axes = "force along two axes: the resultant lacks the third";
        let no_motion = if axes > 1 {
            "no position: strokes are told apart by the direction of friction or by drops of force; length and speed are unknown"
        } else {
            "no position: strokes are contacts parted by drops of force; reversals under pressure and length are unknown"
        };
        let synthetic = "the file says that it is synthetic: made by a program, measured on nobody";
        let known = [
            (axes == 1, IssueKind::OneAxis, one_axis),
            (axes == 2, IssueKind::MissingAxis, two_axes),
            (self.header.of(Quantity::Position).count() == 0, IssueKind::NoMotion, no_motion),
            (self.header.is_synthetic(), IssueKind::Synthetic, synthetic),
        ];
        known.into_iter().filter(|(applies, ..)| *applies).map(|(_, kind, text)| self.whole(kind, text)).collect()
    }

    /// A tool that presses along another axis than z is mounted or mapped otherwise.
    fn misplaced(&self, sum: &Sum, strokes: &[Stroke]) -> Option<Issue> {
        if sum.by_skin {
            return None;
        }
        let axis = ["x", "y", "z"][self.survey.threshold.axis()];
        if axis != "z" {
            let text = format!(
                "almost nothing presses along z: the normal force is taken along {axis}; map it to say so (--map force.z=NAME)"
            );
            return Some(self.whole(IssueKind::Misplaced, text));
        }
        let of_all = |value: fn(&Stroke) -> f64| strokes.iter().map(value).sum::<f64>();
        let share = of_all(|s| s.impulse_ns) / of_all(|s| s.resultant_impulse_ns);
        let text = format!(
            "only {:.0} % of the force lies along z, the tool's axis: if the tool presses along another, map it (--map force.z=NAME)",
            100.0 * share
        );
        (share < MISPLACED.value).then(|| self.whole(IssueKind::Misplaced, text))
    }

    fn force(&self, dose: &Dose) -> Option<Issue> {
        let peak_n = dose.peak_resultant_n?.value;
        let text = format!("{peak_n:.0} N is more than a hand presses: check the unit and the calibration");
        (peak_n > IMPLAUSIBLE.value).then(|| self.whole(IssueKind::Implausible, text))
    }
}
