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
    RESET_RUN = 20.0, "1", "Stamps in order behind a step back that make it a clock set anew rather than a stray stamp.";
    JITTER = 0.25, "1", "Departure of a step from the usual step, as a share of it, that counts as irregular.";
    JITTER_SHARE = 0.05, "1", "Share of irregular steps from which the clock is reported as irregular.";
    FROZEN = 0.25, "s", "Shortest run of one repeated value that is a frozen channel: no hand holds a force so still.";
    FROZEN_RUN = 5.0, "1", "Fewest samples of such a run.";
    FROZEN_USUAL = 8.0, "1", "A frozen run is also longer than this many usual runs: coarse sensors repeat themselves.";
    COARSE = 40.0, "1", "A channel that moves by fewer of its own steps is too coarse to be called frozen.";
    COARSE_CREST = 100.0, "1", "And by fewer than these to be called clipped: its crests are flat.";
    STEP_SHARE = 1.5, "1", "Contact never begins below this many steps of a coarse sensor.";
    SPIKE = 1.0, "N", "Least distance of a single sample from the middle of its neighbours that is a spike.";
    SPIKE_STEPS = 6.0, "1", "A spike is also this many times as far from its neighbours as those are from each other.";
    SPIKE_SIGMAS = 12.0, "1", "A spike also stands out of the resting noise by this many standard deviations.";
    CLIPPED_RUN = 3.0, "1", "Fewest samples in a row at the channel's extreme that are clipping.";
    CLIPPED_STEP = 2.0, "1", "Step into a clipped run, in smallest steps of the channel: a smooth crest arrives by one.";
    SPOILED = 0.5, "1", "Share of the contact with a frozen or saturated channel beyond which there is no dose.";
    IMPLAUSIBLE = 250.0, "N", "Twice the range in which hand devices were tested (125 N): more is reported as implausible.";
    REST_WINDOW = 0.25, "s", "Length of the windows searched for quiet parts.";
    REST_SPREAD = 0.25, "N", "Largest standard deviation of a quiet window: hand devices were accurate from 0.2 N.";
    REST_FLOOR = 0.02, "N", "Spread below which a window is always quiet.";
    REST_QUIET = 2.0, "1", "A quiet window spreads at most this many times the tenth percentile of all windows.";
    REST_WHITE = 1.3, "1", "Spread over the spread from sample to sample up to which a window holds white noise only.";
    REST_CREEP = 0.01, "1", "How far quiet windows of one level lie apart, as a share of the pressing: sensors creep.";
    REST_NEAR = 0.03, "N", "Least distance within which quiet windows share a level.";
    REST_RADIUS = 0.3, "N", "Largest distance within which quiet windows share a level, unless noise is larger.";
    REST_END = 10.0, "1", "Weight of a level held at the start or the end: recordings seldom begin and end pressed.";
    REST_HELD = 0.1, "1", "Weight of a level that is repeated exactly: it may be a sensor at its stop.";
    REST_SIDE = 0.15, "N", "Distance from a level beyond which force lies to one of its sides.";
    REST_OTHER_SIDE = 0.25, "1", "Share of force on the far side of a level beyond which it is a held pressure, not rest.";
    DRIFT = 0.5, "N", "Distance of a quiet start or end from the resting level from which it is reported.";
    DRIFT_LEAST = 0.1, "N", "Least wandering of the resting level that is followed and reported.";
    DRIFT_SIGMAS = 6.0, "1", "Wandering counts from this many times the usual difference of neighbouring quiet windows.";
    DRIFT_RATE = 0.1, "N/s", "Fastest drift that is followed: a newton in 10 s.";
    DRIFT_SHARE = 0.2, "1", "Largest step from one quiet part to the next that is drift, as a share of the pressing.";
    DRIFT_FOLLOW = 0.3, "1", "Share by which the level goes over to the next quiet window: slowly, so that it does not creep up a press.";
    DRIFT_FOLLOW_RATE = 0.25, "1/s", "How much more after a while without a quiet window.";
    DRIFT_KNOT = 2.0, "s", "Quiet windows within this span make one point of the drifting level.";
    ENTER = 0.5, "N", "Largest departure from the resting level at which contact begins: a third of the lightest clinician's mean.";
    ENTER_SHARE = 0.1, "1", "Contact begins at this share of the usual pressing, when that is less.";
    ENTER_LEAST = 0.03, "N", "Contact never begins below this departure: hand devices were accurate from 0.2 N.";
    LEAVE_SHARE = 0.6, "1", "Contact ends at this share of the departure at which it begins.";
    ENTER_SIGMAS = 5.0, "1", "Contact never begins below this many standard deviations of the resting force.";
    LEAVE_SIGMAS = 3.0, "1", "Contact never ends below this many standard deviations of the resting force.";
    EDGE_LOW = 0.1, "1", "Lower of two levels, as a share of the crest near an edge, through which the edge is followed to the resting level.";
    EDGE_HIGH = 0.25, "1", "Upper of these levels.";
    EDGE_CREST = 0.3, "s", "How far from the edge the crest is looked for.";
    UNREST = 1.3, "1", "Contact begins at this many times the swings of the air against the way of pressing: a tool has inertia.";
    UNREST_SHARE = 0.3, "1", "But at this share of the usual press at most.";
    UNTOLD = 3.0, "s", "A longer contact without path, shear or drop may hide reversals.";
    UNTOLD_RATE = 1.0, "1/s", "Most strokes a second that such a contact may hide: to and fro at 0.5 Hz.";
    SHEAR_SIGMAS = 8.0, "1", "A change of the direction of friction counts from this many standard deviations of its noise.";
    FOOT_SIGMAS = 2.0, "1", "The edge of a contact is followed from no lower than this many standard deviations of the resting force.";
    FOOT_SHARE = 0.2, "1", "And no lower than this share of the departure at which contact ends: below, the filter rings.";
    FOOT_REACH = 0.15, "s", "Farthest that a contact is followed outwards: hands take so long to press and lift.";
    LOW_PASS = 20.0, "Hz", "Cut-off of the force filter: hands press and tremble below 12 Hz.";
    LOW_PASS_LEAST = 2.5, "1", "Fewest samples per period of the cut-off for the filter to be used.";
    MIN_CONTACT = 0.1, "s", "Shorter touches are knocks and count for nothing.";
    MIN_AIR = 0.05, "s", "Shorter losses of contact are bounces within one contact.";
    KNOCK_WIDTH = 0.07, "s", "A touch above half of its largest force for less is a tap or a knock: a hand's stroke lasts twice as long.";
    TAP_WIDTH = 0.045, "s", "A touch above half of its largest force for less is a knock, however many there are.";
    TAPS = 3.0, "1", "Fewest short touches one after another that are taps rather than knocks.";
    TAP_PAUSE = 1.5, "s", "Longest time between two taps of one series.";
    SHEAR_LEAST = 0.15, "1", "Least change of shear over normal force in a contact that tells a reversal: twice a slippery friction.";
    SHEAR_ALONE = 0.35, "1", "The same when the contact has one such change only: landing or swaying makes one too.";
    SHEAR_MIDDLE = 0.4, "1", "Largest share of a contact between two directions of friction, of which reversals are not made.";
    SHEAR_JUMP = 0.25, "s", "Longest time in which friction changes sides at a reversal: a tool that sways takes longer.";
    SHEAR_PIECE = 0.2, "s", "Shortest stroke told by the direction of friction.";
    SHEAR_PRESS = 0.25, "1", "Share of the contact's press below which the direction of friction is noise.";
    STEADY = 1.5, "1", "Strokes that stand alone are of one cadence up to this many times their usual step.";
    BOUT_PAUSE = 20.0, "s", "Pause that ends a bout.";
    PART = 600.0, "s", "Longest piece that is held at once: a longer contact is cut.";
    LIVE_LIFT = 0.33, "s", "How long the tool is in the air before its live strokes are told: longer than the filter remembers.";
    LIVE_HELD = 60.0, "s", "Most samples that are held live.";
    LIVE_WINDOWS = 4800.0, "1", "Quiet windows that are remembered live: ten minutes.";
    SWING = 0.1, "s", "Span over which changes of force and specific force are compared to tell the sign of the tool's weight.";
    SWING_SHARE = 0.3, "1", "Least share of the weight's own changes that must be seen in the force for that.";
    PART_LEAST = 60.0, "s", "Shortest piece of a long recording that is measured on its own.";
    SCALE_DOUBT = 0.061, "1", "Standard deviation of a sensor's scale when nobody states it: the published hand devices' error of 10 % as a 90 % interval.";
    EDGE_DOUBT = 0.015, "s", "Standard deviation of the moment at which a contact begins or ends.";
    PEAK_NOISE = 2.0, "1", "How far a peak may be overstated by noise, in standard deviations: the largest of many samples.";
    CLOCK_DOUBT = 0.001, "1", "Standard deviation of a clock's rate as a share.";
    LENGTH_DOUBT = 0.02, "1", "Standard deviation of a path's length as a share: positions are smoothed.";
    PART_AIR = 1.0, "s", "Air on both sides of a piece, many times the memory of the filter.";
    OTHER_AXIS = 0.4, "1", "Share of the pressing along z below which the normal force is taken along the axis that has twice as much.";
    MISPLACED = 0.5, "1", "Share of the force along the tool's axis below which the axes are doubted: an edge at 30 degrees still has half.";
    IMPOSSIBLE = 1000.0, "N", "More than a body's weight on a hand's tool: no dose can be measured from it.";
    SMOOTH = 0.06, "s", "Moving average over positions and over the direction of friction.";
    SMOOTH_CREST = 0.15, "s", "Moving average over force when strokes are told apart by it: shorter dips are wobbles.";
    SPEED_SPAN = 0.1, "s", "Span of the difference that gives velocity.";
    ROUND = 0.4, "1", "Ratio of the second to the first principal speed from which motion may be circular.";
    ONE_WAY_TURN = 0.75, "1", "Net turning as a share of all turning from which motion is circular.";
    HALF_TURN = 0.5, "1", "A last part of a circle counts as a stroke from half a turn; less belongs to the turn before.";
    CLOSE_TURN = 0.12, "1", "Distance from half a turn within which counting a last part of a circle is a close call.";
    CREST_LEAST = 0.1, "1", "Least crest of a stroke told by force, as a share of the largest of its contact: the feet of a press ring.";
    CLOSE_DROP = 0.07, "1", "Distance from the drop that parts two strokes within which parting them is a close call.";
    REVERSAL_SHARE = 0.15, "1", "A reversal also comes back by this share of the contact's extent along its axis.";
    REVERSAL = 0.005, "m", "Way back along the stroke's axis that makes a reversal: more than a tremor.";
    MINIMUM_DROP = 0.4, "1", "Drop below both neighbouring crests, as a share of the lower one, that parts two strokes.";
    PAUSE = 2.0, "s", "Pause that ends a burst.";
    SKIN_PATH = 0.01, "m", "Standard deviation of the contact path along its length from which it may show the skin's plane.";
    SKIN_STRAIGHT = 0.15, "1", "Least width of that path as a share of its length: strokes along one line show no plane.";
    SKIN_FLAT = 0.2, "1", "Largest depth of that path as a share of its width: a curved limb shows no single plane.";
    SKIN_NEAR = 0.002, "m", "Distances from the skin's plane below this weigh alike in its fit.";
    SKIN_SHARE = 0.6, "1", "Least share of the contact near the plane.";
    SKIN_PRESSED = 0.5, "1", "Only parts with at least this share of the usual firm force show the skin.";
    SKIN_STEEP = 0.7, "1", "Least share of the force straight out of the skin: friction of more than the pressing itself is not skin.";
    SKIN_AGREE = 0.9, "1", "Length of the contacts' forces together over their lengths alone, from which they agree on what is upright.";
    SKIN_WAY = 0.3, "1", "Distance from start to end as a share of the way, below which a stroke has no direction.";
    TEXTURE_LOW = 20.0, "Hz", "Lower end of the vibration band: hands move and tremble below.";
    TEXTURE_HIGH = 250.0, "Hz", "Upper end of the vibration band: where skin and fingers feel vibration best.";
    TEXTURE_RATE = 60.0, "Hz", "Least rate that shows vibration: below, hardly any of the band is left.";
    TEXTURE_RATE_SHARE = 0.45, "1", "The band ends at most at this share of the rate: half the rate is the limit of any sampling.";
    TEXTURE_ORDER = 4.0, "1", "Order of the band's filter, forward and backward.";
    TEXTURE_MARGIN = 0.25, "s", "Samples before and after a stroke on which the filter settles.";
    TEXTURE_EDGE = 0.05, "s", "Left out at both ends of a stroke: touching and lifting knock.";
    TEXTURE_SLOW = 0.4, "1", "Share of a stroke's median speed below which a place is left out: there only the sensor's noise is left.";
    TEXTURE_SPIKE = 12.0, "1", "Standard deviations from the middle of its neighbours beyond which a single sample is no vibration.";
    TEXTURE_LEAST = 20.0, "1", "Fewest places of a texture: fewer do not tell what is usual.";
    TEXTURE_WINDOW = 0.1, "s", "Length of a place: two waves of the band's lower end.";
    SCALING_SPEED = 1.5, "1", "Exponent of speed when it cannot be fitted: between those of rough (1) and smooth (2) random surfaces.";
    SCALING_FORCE = 1.0, "1", "Exponent of force when it cannot be fitted: more force, more vibration, in proportion.";
    SCALING_WINDOWS = 50.0, "1", "Fewest places to which exponents are fitted.";
    SCALING_SPREAD = 0.1, "1", "Least standard deviation of the logarithm of speed or force to which its exponent is fitted.";
    SCALING_MOST = 4.0, "1", "Largest exponent believed; the least is zero.";
    SCALING_LEAST = 0.001, "1", "Speed (m/s) and force (N) count as at least this.";
    SCALING_DISTANCE = 0.05, "1", "Distances from the law below this weigh alike in its fit.";
    CHANGE_PENALTY = 4.5, "1", "Penalty of a change of roughness, times the logarithm of the number of places, in units of the noise's variance.";
    CHANGE_LEAST = 2.0, "1", "Fewest places between two changes.";
    CHANGE_SIGMA = 0.05, "1", "Least noise of the logarithm of roughness.";
    CHANGE_BLOCK = 4000.0, "1", "Places searched for changes at once: it bounds the work on long recordings.";
    GRAVITY = 9.806_65, "m/s2", "Standard gravity.";
    GRAVITY_SPAN = 0.2, "1", "Departure of the median acceleration from gravity beyond which gravity was taken out, or the unit is wrong.";
    HOLD_WINDOW = 0.5, "s", "Length of the windows searched for a tool held still with a steady force.";
    HOLD_FORCE = 0.15, "N", "Largest standard deviation of the force (over all axes) of such a window.";
    HOLD_FELT = 0.5, "m/s2", "Largest standard deviation of its specific force: 3 degrees of turning.";
    HOLD_SAME = 1.0, "m/s2", "Windows whose specific forces differ by less (6 degrees) are one hold.";
    MASS_HOLDS = 4.0, "1", "Fewest holds that give a mass.";
    MASS_SPAN = 0.2, "1", "Least spread of their specific forces as a share of gravity: about 12 degrees.";
    MASS_MISFIT = 0.15, "N", "Largest misfit of their forces, root of the mean square.";
    MASS_DOUBT = 0.2, "1", "Largest standard error of a mass as a share of it.";
    ATTITUDE_GAIN = 0.5, "1/s", "How fast gravity and field pull the orientation back; the usual value of the Fusion library.";
    ATTITUDE_REJECTION = 10.0, "deg", "Gravity or field further off than this is left out; the usual value of the Fusion library.";
    ATTITUDE_TIMEOUT = 5.0, "s", "For so long at most; the usual value of the Fusion library.";
    ATTITUDE_START = 0.25, "s", "Mean acceleration over this time gives the first orientation.";
    STILL_WINDOW = 1.0, "s", "Length of the windows searched for a tool that stands still.";
    STILL_SPREAD = 0.02, "rad/s", "Largest standard deviation of the angular rate (over all axes) of such a window: sensors' noise is a fifth, a hand's tremor more.";
    STILL_RATE = 0.1, "rad/s", "Largest offset of a sensor's angular rate: more is motion.";
    ATTITUDE_STEP = 0.05, "rad", "Turns are added in parts no larger than this, since each part is a straight step.";
    ATTITUDE_GAP = 0.5, "s", "After a longer gap the orientation starts anew from gravity.";
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
