//! The first of two passes through a recording: clock, sensor and resting level.

use std::borrow::Cow;

use crate::channel::Quantity;
use crate::constants::{
    ENTER, ENTER_LEAST, ENTER_SHARE, ENTER_SIGMAS, LEAVE_SHARE, LEAVE_SIGMAS, LOW_PASS, MIN_SAMPLES, OTHER_AXIS,
    REST_WINDOW, STEP_SHARE, UNREST, UNREST_SHARE,
};
use crate::error::Error;
use crate::gravity::weight_n;
use crate::interval::Interval;
use crate::quality::clock::{Clock, Ticks};
use crate::quality::sensor::{Health, Sensor, without_spikes};
use crate::rest::{Rest, Window, Windows};
use crate::rotation::direction;
use crate::samples::Samples;
use crate::source::{Header, Source};
use crate::vector::{Vec3, add, dot, median, norm, quantile, samples, sub};

/// What the first pass found.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    pub(crate) ticks: Ticks,
    pub(crate) health: Health,
    pub(crate) rest: Option<Rest>,
    pub(crate) threshold: Threshold,
    /// Does the recording itself say how the tool was held in the room?
    pub(crate) knows_pose: bool,
    /// Moments of single-sample spikes, s.
    pub(crate) spikes_s: Vec<f64>,
}

/// Departures from the resting level at which contact begins and ends.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Threshold {
    pub(crate) enter_n: f64,
    pub(crate) leave_n: f64,
    /// Standard deviation of the filtered resting force, N.
    pub(crate) noise_n: f64,
    /// The usual force of a press, N; zero when there is none.
    pub(crate) pressed_n: f64,
    /// The way in which the tool is pressed, a unit vector by the tool's axes; zero when nothing is pressed.
    pub(crate) way: Vec3,
}

impl Survey {
    /// Reads `source` from front to back. `mass_kg` of the tool is taken off the force before its resting level is looked for.
    ///
    /// # Errors
    /// Those of the reader; [`Error::NoForce`], [`Error::TooFewSamples`], [`Error::ClockStands`].
    pub(crate) fn of(
        source: &mut dyn Source,
        mass_kg: Option<f64>,
        progress: &mut dyn FnMut(f64),
    ) -> Result<Self, Error> {
        source.rewind()?;
        let mut clock = Clock::new();
        let mut sensor = Sensor::new(source.header());
        let mut windows: Option<Windows> = None;
        while let Some(more) = source.next_samples()? {
            force_of(source, &more)?;
            clock.add(&more.time_s);
            sensor.add(&more.time_s, &more.force_n);
            let windows = windows.get_or_insert_with(|| Windows::new(window_size(&more)));
            windows.add(&more.time_s, &without_spikes(&without_weight(&more, mass_kg)));
            source.progress().into_iter().for_each(&mut *progress);
        }
        let ticks = clock.finish();
        enough(&ticks)?;
        let windows = windows.map(Windows::finish).unwrap_or_default();
        let knows_pose = knows_pose(source.header());
        Ok(Self { knows_pose, ..Self::found(ticks, sensor.finish(), &windows) })
    }

    /// What samples in memory show, with the resting level of `windows`, which may reach further back.
    pub(crate) fn of_held(header: &Header, held: &Samples, windows: &[Window]) -> Self {
        let (mut clock, mut sensor) = (Clock::new(), Sensor::new(header));
        clock.add(&held.time_s);
        sensor.add(&held.time_s, &held.force_n);
        Self { knows_pose: knows_pose(header), ..Self::found(clock.finish(), sensor.finish(), windows) }
    }

    fn found(ticks: Ticks, health: Health, windows: &[Window]) -> Self {
        let rest = Rest::find(windows);
        let threshold = Threshold::of(windows, rest.as_ref(), ticks.rate_hz(), health.step_n);
        let spikes_s = health.spikes_s(rest.as_ref().map_or(0.0, |rest| rest.noise_n));
        Self { knows_pose: false, ticks, health, rest, threshold, spikes_s }
    }

    /// From the first to the last sample.
    pub(crate) fn extent(&self) -> Interval {
        Interval::new(0.0, self.ticks.end_s)
    }
}

impl Threshold {
    fn of(windows: &[Window], rest: Option<&Rest>, rate_hz: f64, step_n: f64) -> Self {
        let noise_n = rest.map_or(0.0, |rest| filtered_n(rest, rate_hz));
        let least_n = ENTER_LEAST.value.max(ENTER_SIGMAS.value * noise_n).max(STEP_SHARE.value * step_n);
        let over_n: Vec<Vec3> =
            windows.iter().map(|w| sub(w.mean_n, rest.map_or([0.0; 3], |rest| rest.level_n(w.time_s)))).collect();
        let way = way(&over_n, least_n);
        let along: Vec<f64> = over_n.iter().map(|f| dot(*f, way)).collect();
        let pressed: Vec<f64> = along.iter().copied().filter(|n| *n > least_n).collect();
        let pressed_n = if pressed.is_empty() { 0.0 } else { median(pressed) };
        let unrest_n = unrest_n(windows, &along, rest.map_or(0.0, |rest| rest.noise_n), pressed_n);
        let unrest_n = (UNREST.value * unrest_n).min(UNREST_SHARE.value * pressed_n);
        let enter_n = (ENTER_SHARE.value * pressed_n).min(ENTER.value).max(least_n).max(unrest_n);
        let leave_n = (LEAVE_SHARE.value * enter_n).max(LEAVE_SIGMAS.value * noise_n);
        Self { enter_n, leave_n, noise_n, pressed_n, way }
    }

    /// How hard the tool presses with a force over its resting level, N: along the usual way when there is one.
    pub(crate) fn departure_n(&self, over_n: Vec3) -> f64 {
        if self.has_way() { dot(over_n, self.way) } else { norm(over_n) }
    }

    fn has_way(&self) -> bool {
        norm(self.way) > 0.5
    }

    /// The axis along which the tool presses: z, unless almost nothing lies along it.
    pub(crate) fn axis(&self) -> usize {
        let share = self.way.map(f64::abs);
        let strongest = usize::from(share[1] >= share[0]);
        if share[2] < OTHER_AXIS.value && share[strongest] > 2.0 * OTHER_AXIS.value { strongest } else { 2 }
    }
}

/// The direction in which the harder half of the presses go.
fn way(over_n: &[Vec3], least_n: f64) -> Vec3 {
    let hardest = quantile(over_n.iter().map(|f| norm(*f)).collect(), 0.98);
    let hard = over_n.iter().filter(|f| norm(**f) > least_n.max(0.5 * hardest));
    direction(hard.fold([0.0; 3], |sum, f| add(sum, *f))).unwrap_or_default()
}

/// How far the force swings against the way of pressing while the tool is in the air, N: a hand-held tool has weight and inertia.
/// `along` is the force along that way in each window.
fn unrest_n(windows: &[Window], along: &[f64], noise_n: f64, pressed_n: f64) -> f64 {
    let swing_n = |w: &Window| (w.spread_n.powi(2) - noise_n.powi(2)).max(0.0).sqrt();
    let air = along.iter().zip(windows).filter(|(n, _)| **n < UNREST_SHARE.value * pressed_n);
    let lowest: Vec<f64> = air.map(|(n, w)| n - swing_n(w)).collect();
    if lowest.is_empty() { 0.0 } else { (-quantile(lowest, 0.05)).max(0.0) }
}

/// The force by axis without the tool's weight, N.
pub(crate) fn without_weight(samples: &Samples, mass_kg: Option<f64>) -> Cow<'_, [Vec3]> {
    let weight_n = mass_kg.map(|mass_kg| weight_n(samples, &samples.orientation, mass_kg)).unwrap_or_default();
    if weight_n.len() != samples.len() {
        return Cow::Borrowed(&samples.force_n);
    }
    samples.force_n.iter().zip(weight_n).map(|(f, w)| sub(*f, w)).collect()
}

/// What the filter leaves of the resting noise along one axis: of white noise its share of the band, of wandering all.
fn filtered_n(rest: &Rest, rate_hz: f64) -> f64 {
    let share = (2.0 * LOW_PASS.value / rate_hz).min(1.0);
    let over_axes_n = (rest.noise_n.powi(2) * share).sqrt().max(rest.scatter_n);
    over_axes_n / (rest.axes.max(1) as f64).sqrt()
}

/// Does the recording itself say how the tool was held in the room?
fn knows_pose(header: &Header) -> bool {
    [Quantity::Orientation, Quantity::Angle].into_iter().any(|quantity| header.of(quantity).next().is_some())
}

/// Samples of a window of a quarter of a second.
pub(crate) fn window_size(first: &Samples) -> usize {
    let step_s = first.step_s();
    if step_s > 0.0 { samples(REST_WINDOW.value, step_s).max(5) } else { 25 }
}

fn force_of(source: &dyn Source, samples: &Samples) -> Result<(), Error> {
    if samples.force_n.len() == samples.len() {
        return Ok(());
    }
    let names = source.header().channels.iter().map(|channel| channel.name.as_str());
    Err(Error::NoForce { columns: names.collect::<Vec<_>>().join(", ") })
}

fn enough(ticks: &Ticks) -> Result<(), Error> {
    let needed = samples(MIN_SAMPLES.value, 1.0);
    if ticks.samples < needed {
        return Err(Error::TooFewSamples { found: ticks.samples, needed });
    }
    if ticks.step_s > 0.0 { Ok(()) } else { Err(Error::ClockStands) }
}
