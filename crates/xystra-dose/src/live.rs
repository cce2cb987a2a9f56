//! Strokes as they are made: samples in, strokes out, in constant memory.

use std::collections::VecDeque;

use xystra_signal::{Causal, Filter};

use crate::analysis::Options;
use crate::constants::{LIVE_HELD, LIVE_LIFT, LIVE_WINDOWS, LOW_PASS, LOW_PASS_LEAST, PART_AIR};
use crate::interval::Interval;
use crate::part::Part;
use crate::rest::{Window, Windows};
use crate::samples::Samples;
use crate::source::Header;
use crate::stroke::Stroke;
use crate::survey::{Survey, window_size, without_weight};
use crate::vector::{Vec3, sub};

/// Follows an instrumented tool while it is used.
///
/// The force of the moment comes through the causal filter; a contact is measured once the tool has been lifted for a third of
/// a second, by the same code as a file, from the samples of the last minute. The resting level is that of the last ten minutes:
/// until the tool was at rest once, no stroke is told. A stroke longer than a minute is cut.
#[derive(Debug)]
pub struct Live {
    header: Header,
    options: Options,
    held: Samples,
    /// From where on strokes have not been told, s.
    from_s: f64,
    gathering: Option<Windows>,
    windows: VecDeque<Window>,
    causal: Option<Causal>,
    force_n: Vec3,
    pressing_ns: f64,
}

impl Live {
    /// For a tool whose channels `header` names. Of the options the target band and the tool's mass count.
    pub fn new(header: Header, options: Options) -> Self {
        Self {
            header,
            options,
            held: Samples::default(),
            from_s: 0.0,
            gathering: None,
            windows: VecDeque::new(),
            causal: None,
            force_n: [0.0; 3],
            pressing_ns: 0.0,
        }
    }

    /// The force of the moment by the tool's axes, N, without what moves faster than a hand; the resting level is still in it.
    pub fn force_n(&self) -> Vec3 {
        self.force_n
    }

    /// Takes the next samples, in order of time, and tells the strokes that are finished. Samples without force are left out.
    pub fn push(&mut self, samples: &Samples) -> Vec<Stroke> {
        if samples.force_n.len() != samples.len() || samples.is_empty() {
            return Vec::new();
        }
        self.held.append(samples);
        self.gather(samples);
        self.filter(samples);
        let survey = self.survey();
        match survey.as_ref().and_then(|survey| self.place_to_cut(survey)) {
            Some(at_s) => self.tell(survey, at_s),
            None => self.forget(),
        }
    }

    /// The strokes that were not finished when the samples ended.
    pub fn finish(mut self) -> Vec<Stroke> {
        let survey = self.survey();
        self.tell(survey, f64::INFINITY)
    }

    fn gather(&mut self, samples: &Samples) {
        let force_n = without_weight(samples, self.options.mass_kg);
        let size = window_size(&self.held);
        let gathering = self.gathering.get_or_insert_with(|| Windows::new(size));
        gathering.add(&samples.time_s, &force_n);
        self.windows.extend(gathering.found.drain(..));
        let most = crate::vector::samples(LIVE_WINDOWS.value, 1.0);
        self.windows.drain(..self.windows.len().saturating_sub(most));
    }

    fn filter(&mut self, samples: &Samples) {
        let rate_hz = 1.0 / self.held.step_s();
        if self.causal.is_none() && rate_hz >= LOW_PASS_LEAST.value * LOW_PASS.value {
            let filter = Filter::low_pass(4, LOW_PASS.value, rate_hz).ok();
            self.causal = filter.map(|filter| Causal::new(&filter, 3));
        }
        for force_n in &samples.force_n {
            self.force_n = *force_n;
            self.causal.iter_mut().for_each(|causal| causal.step(&mut self.force_n));
        }
    }

    /// What the last minutes show; none before the tool was at rest.
    fn survey(&mut self) -> Option<Survey> {
        let windows = self.windows.make_contiguous();
        let survey = Survey::of_held(&self.header, &self.held, windows);
        Some(survey).filter(|survey| survey.rest.is_some() && survey.ticks.step_s > 0.0)
    }

    /// The end of what is held, when the tool has been lifted for long enough, or when too much is held.
    fn place_to_cut(&self, survey: &Survey) -> Option<f64> {
        let last_s = *self.held.time_s.last()?;
        let rest = survey.rest.as_ref()?;
        let lifted = |i: &usize| {
            let over_n = sub(self.held.force_n[*i], rest.level_n(self.held.time_s[*i]));
            survey.threshold.departure_n(over_n) <= survey.threshold.enter_n
        };
        let air = (0..self.held.len()).rev().take_while(lifted).last();
        let is_lifted = air.is_some_and(|i| last_s - self.held.time_s[i] >= LIVE_LIFT.value);
        (is_lifted || last_s - self.from_s > LIVE_HELD.value).then_some(last_s)
    }

    fn tell(&mut self, survey: Option<Survey>, at_s: f64) -> Vec<Stroke> {
        let Some(survey) = survey else { return Vec::new() };
        let core = Interval::new(self.from_s, at_s);
        let part = Part { samples: &self.held, core, survey: &survey, options: &self.options };
        let measured = part.measure(Interval::new(f64::NEG_INFINITY, f64::INFINITY));
        self.pressing_ns += measured.pressing_ns;
        let sign = if self.pressing_ns < 0.0 { -1.0 } else { 1.0 };
        self.from_s = at_s;
        self.forget();
        measured.strokes.into_iter().map(|stroke| stroke.turned(sign)).collect()
    }

    /// Lets go of what was told, and of the oldest when nothing can be told.
    fn forget(&mut self) -> Vec<Stroke> {
        let last_s = self.held.time_s.last().copied().unwrap_or(0.0);
        let keep_s = (self.from_s - PART_AIR.value).max(last_s - LIVE_HELD.value - PART_AIR.value);
        let old = self.held.time_s.partition_point(|t| *t < keep_s.min(last_s - PART_AIR.value));
        self.held.drop_first(old);
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Reading};
    use crate::synthetic::Sweeps;
    use crate::{Recording, analyse};

    fn recording() -> Recording {
        read::whole("sweeps.csv", Sweeps::default().to_csv().as_bytes(), &Reading::default()).unwrap()
    }

    fn strokes(recording: &Recording, many: usize) -> Vec<Stroke> {
        let mut live = Live::new(recording.header.clone(), Options::default());
        let length = recording.samples.len();
        let parts = (0..length).step_by(many).map(|i| recording.samples.slice(i..(i + many).min(length)));
        let mut strokes: Vec<Stroke> = parts.flat_map(|part| live.push(&part)).collect();
        assert!(live.held.len() < 6200);
        strokes.extend(live.finish());
        strokes
    }

    #[test]
    fn live_strokes_are_those_of_the_file() {
        let recording = recording();
        let file = analyse(&recording, &Options::default()).unwrap().strokes;
        for many in [5, 40] {
            let live = strokes(&recording, many);
            assert_eq!(live.len(), file.len());
            for (a, b) in live.iter().zip(&file) {
                assert!(
                    (a.start_s - b.start_s).abs() < 0.05 && (a.mean_force_n - b.mean_force_n).abs() < 0.2,
                    "{a:?} {b:?}"
                );
            }
        }
    }

    #[test]
    fn the_force_of_the_moment_lags_by_a_filter_and_no_more() {
        let recording = recording();
        let mut live = Live::new(recording.header.clone(), Options::default());
        live.push(&recording.samples.slice(0..360));
        let now = recording.samples.force_n[359][2];
        assert!((live.force_n()[2] - now).abs() < 0.6, "{} {now}", live.force_n()[2]);
    }
}
