//! Every threshold of the pipeline, with unit and source. Those with source `xystra` are ours and unverified.

/// A number that decides something.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    /// Stable name.
    pub id: &'static str,
    /// The number, in `unit`.
    pub value: f64,
    /// Unit; `1` for a pure number.
    pub unit: &'static str,
    /// Key of the source; `xystra` for our own choice.
    pub source: &'static str,
    /// Whether the number was read at its source.
    pub verified: bool,
    /// What it decides, and why this value.
    pub why: &'static str,
}

macro_rules! constants {
    ($($name:ident = $value:literal, $unit:literal, $why:literal;)*) => {
        $(#[doc = $why]
        pub const $name: Constant = Constant {
            id: stringify!($name), value: $value, unit: $unit, source: "xystra", verified: false, why: $why,
        };)*
        /// All thresholds, for the docs and the tests.
        pub const ALL: &[Constant] = &[$($name),*];
    };
}

constants! {
    MIN_SAMPLES = 20.0, "1", "Fewest samples of a recording: a fifth of a second at 100 Hz.";
    SLOW_RATE = 20.0, "Hz", "Below this rate peaks are understated and short strokes missed: it is reported.";
    GAP = 0.1, "s", "Shortest step of the clock that is a gap rather than jitter.";
    GAP_STEPS = 3.0, "1", "A gap is also longer than this many usual steps.";
    JITTER = 0.25, "1", "Departure of a step from the usual step, as a share of it, that counts as irregular.";
    JITTER_SHARE = 0.05, "1", "Share of irregular steps from which the clock is reported as irregular.";
    FROZEN = 0.25, "s", "Shortest run of one repeated value that is a frozen channel: no hand holds a force so still.";
    FROZEN_RUN = 5.0, "1", "Fewest samples of such a run.";
    CLIPPED_RUN = 3.0, "1", "Fewest samples in a row at the channel's extreme that are clipping.";
    CLIPPED_STEP = 2.0, "1", "Step into a clipped run, in smallest steps of the channel: a smooth crest arrives by one.";
    SPOILED = 0.5, "1", "Share of the contact with a frozen or saturated channel beyond which there is no dose.";
    IMPLAUSIBLE = 250.0, "N", "Twice the range in which hand devices were tested (125 N): more is reported as implausible.";
    REST_WINDOW = 0.25, "s", "Length of the windows searched for quiet parts.";
    REST_SPREAD = 0.25, "N", "Largest standard deviation of a quiet window: hand devices were accurate from 0.2 N.";
    REST_FLOOR = 0.02, "N", "Spread below which a window is always quiet.";
    REST_QUIET = 2.0, "1", "A quiet window spreads at most this many times the tenth percentile of all windows.";
    REST_RADIUS = 0.3, "N", "Quiet windows this close together share a level.";
    REST_SIGMAS = 3.0, "1", "The same in standard deviations of the quiet windows.";
    REST_END = 10.0, "1", "Weight of a level held at the start or the end: recordings seldom begin and end pressed.";
    REST_HELD = 0.1, "1", "Weight of a level that is repeated exactly: it may be a sensor at its stop.";
    REST_OTHER_SIDE = 0.25, "1", "Share of force on the far side of a level beyond which it is a held pressure, not rest.";
    DRIFT = 0.5, "N", "Distance between quiet parts from which drift is reported.";
    ENTER = 0.5, "N", "Departure from the resting level at which contact begins: a third of the lightest clinician's mean.";
    LEAVE = 0.3, "N", "Departure from the resting level at which contact ends.";
    ENTER_SIGMAS = 5.0, "1", "Contact never begins below this many standard deviations of the resting force.";
    LEAVE_SIGMAS = 3.0, "1", "Contact never ends below this many standard deviations of the resting force.";
    MIN_CONTACT = 0.1, "s", "Shorter touches are knocks and count for nothing.";
    MIN_AIR = 0.05, "s", "Shorter losses of contact are bounces within one contact.";
    SMOOTH = 0.06, "s", "Moving average over positions, and over force when strokes are told apart by it.";
    SPEED_SPAN = 0.1, "s", "Span of the difference that gives velocity.";
    ROUND = 0.4, "1", "Ratio of the second to the first principal speed from which motion may be circular.";
    ONE_WAY_TURN = 0.75, "1", "Net turning as a share of all turning from which motion is circular.";
    HALF_TURN = 0.5, "1", "A last part of a circle counts as a stroke from half a turn; less belongs to the turn before.";
    REVERSAL = 0.005, "m", "Way back along the stroke's axis that makes a reversal: more than a tremor.";
    MINIMUM_DROP = 0.4, "1", "Drop below both neighbouring crests, as a share of the lower one, that parts two strokes.";
    PAUSE = 2.0, "s", "Pause that ends a burst.";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn each_has_unit_source_and_reason_and_a_name_of_its_own() {
        let mut ids: Vec<_> = ALL.iter().map(|c| c.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
        assert!(ALL.iter().all(|c| !c.unit.is_empty() && !c.source.is_empty() && c.why.ends_with('.')));
    }
}
