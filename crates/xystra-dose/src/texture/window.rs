//! Vibration power in short windows of a stroke.

use std::ops::Range;

use xystra_signal::{Filter, zero_phase};

use crate::constants::{
    GAP_STEPS, TEXTURE_HIGH, TEXTURE_LOW, TEXTURE_MARGIN, TEXTURE_ORDER, TEXTURE_RATE, TEXTURE_RATE_SHARE,
    TEXTURE_WINDOW,
};
use crate::samples::Samples;
use crate::texture::mean_of;
use crate::texture::spike::without_spikes;
use crate::texture::way::Way;
use crate::vector::{Vec3, samples as count};

/// What a short part of a stroke shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub(super) stroke: usize,
    pub(super) time_s: f64,
    pub(super) along_m: Option<f64>,
    /// Power in the band, square of the channel's unit.
    pub(super) power: f64,
    /// Mean speed, m/s, when positions are known.
    pub(super) speed_m_s: Option<f64>,
    /// Mean normal force, N.
    pub(super) force_n: f64,
}

/// The band that a recording can show.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) high_hz: f64,
    filter: Filter,
    step_s: f64,
}

impl Band {
    /// From 20 Hz to 250 Hz, or to a little below half the rate; none when that leaves too little.
    pub(super) fn of(samples: &Samples) -> Option<Self> {
        let step_s = samples.step_s();
        let rate_hz = Some(1.0 / step_s).filter(|rate_hz| rate_hz.is_finite() && *rate_hz >= TEXTURE_RATE.value)?;
        let high_hz = TEXTURE_HIGH.value.min(TEXTURE_RATE_SHARE.value * rate_hz);
        let high_hz = (10.0 * high_hz).round() / 10.0;
        let filter = Filter::band_pass(count(TEXTURE_ORDER.value, 1.0), TEXTURE_LOW.value, high_hz, rate_hz).ok()?;
        (!shaking(samples).is_empty()).then_some(Self { high_hz, filter, step_s })
    }

    /// The windows of the samples `part` of stroke `number`, which begins at sample `start`; those too slow to shake are left out.
    pub(super) fn windows(
        &self,
        samples: &Samples,
        number: usize,
        start: usize,
        part: Range<usize>,
        normal_n: &[f64],
    ) -> Vec<Window> {
        let around = self.around(samples, &part);
        let size = self.size();
        let shown = Shown {
            samples,
            number,
            normal_n,
            first: around.start,
            power: self.power(&shaking(samples)[around.clone()], 2 * size),
            way: Way::of(samples, start.min(around.start)..around.end, start),
        };
        let parts = part.clone().step_by(size).map(|first| first..first + size);
        parts.filter(|window| window.end <= part.end).filter_map(|window| shown.window(&window)).collect()
    }

    /// Samples in a window.
    fn size(&self) -> usize {
        count(TEXTURE_WINDOW.value, self.step_s).max(4)
    }

    /// `part` with some samples before and after, so that the filter has settled, but not over a gap.
    fn around(&self, samples: &Samples, part: &Range<usize>) -> Range<usize> {
        let margin = count(TEXTURE_MARGIN.value, self.step_s);
        let limit_s = GAP_STEPS.value * self.step_s;
        let joined = |i: usize| samples.time_s[i + 1] - samples.time_s[i] <= limit_s;
        let before = (part.start.saturating_sub(margin)..part.start).rev().take_while(|i| joined(*i)).count();
        let after = (part.end - 1..(part.end - 1 + margin).min(samples.len() - 1)).take_while(|i| joined(*i)).count();
        part.start - before..part.end + after
    }

    /// Square of what lies in the band, over all axes, at each sample; spikes stand out of stretches of `size` samples.
    fn power(&self, shaking: &[Vec3], size: usize) -> Vec<f64> {
        let axis = |axis: usize| without_spikes(&shaking.iter().map(|v| v[axis]).collect::<Vec<_>>(), size);
        let bands = zero_phase(&self.filter, &[&axis(0), &axis(1), &axis(2)]);
        (0..shaking.len()).map(|i| bands.iter().map(|band| band[i] * band[i]).sum()).collect()
    }
}

/// A stroke and its surroundings, with what shook.
struct Shown<'a> {
    samples: &'a Samples,
    number: usize,
    normal_n: &'a [f64],
    /// Number of the sample to which the first power belongs.
    first: usize,
    power: Vec<f64>,
    way: Option<Way>,
}

impl Shown<'_> {
    /// The window of the samples `part`; none when it is too slow to shake, or its channel stands still.
    fn window(&self, part: &Range<usize>) -> Option<Window> {
        let (time_s, way) = (&self.samples.time_s, self.way.as_ref());
        let is_slow = way.is_some_and(|way| way.is_slow(part));
        let window = Window {
            stroke: self.number,
            time_s: f64::midpoint(time_s[part.start], time_s[part.end - 1]),
            along_m: way.map(|way| way.along_m(part)),
            power: mean_of(&self.power[part.start - self.first..part.end - self.first]),
            speed_m_s: way.map(|way| way.speed_m_s(part)),
            force_n: mean_of(&self.normal_n[part.clone()]),
        };
        Some(window).filter(|window| window.power > 0.0 && !is_slow)
    }
}

/// The channel that shakes: acceleration, else force.
fn shaking(samples: &Samples) -> &[Vec3] {
    if samples.acceleration_m_s2.is_empty() { &samples.force_n } else { &samples.acceleration_m_s2 }
}
