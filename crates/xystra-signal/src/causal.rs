//! A filter for samples as they come.

use crate::filter::Filter;
use crate::lanes::{Frame, Lanes, WIDTH, Way};

/// A filter that looks back only: each result is there as soon as its sample, and later than it by the filter's delay.
///
/// It begins as if the first value had been there for ever, so that no step is seen at the start: SciPy's
/// `sosfilt(sos, x, zi=sosfilt_zi(sos) * x[0])`, continued from one part to the next.
#[derive(Debug, Clone)]
pub struct Causal {
    groups: Vec<Lanes>,
    frame: Vec<Frame>,
    started: bool,
}

impl Causal {
    /// For `channels` signals that come together.
    pub fn new(filter: &Filter, channels: usize) -> Self {
        let widths = (0..channels).step_by(WIDTH).map(|first| WIDTH.min(channels - first));
        let groups: Vec<_> = widths.map(|used| Lanes::new(filter, used)).collect();
        Self { frame: vec![[0.0; WIDTH]; groups.len()], groups, started: false }
    }

    /// Filters one moment in place: the value of each channel.
    ///
    /// # Panics
    ///
    /// With more values than `new` was told of channels.
    pub fn step(&mut self, values: &mut [f64]) {
        assert!(values.len() <= self.groups.len() * WIDTH, "one value for each channel");
        let parts = values.chunks_mut(WIDTH).zip(&mut self.groups).zip(&mut self.frame);
        for ((values, lanes), frame) in parts {
            frame[..values.len()].copy_from_slice(values);
            if !self.started {
                lanes.settle(frame);
            }
            lanes.run(Way::Forward, std::slice::from_mut(frame));
            values.copy_from_slice(&frame[..values.len()]);
        }
        self.started = true;
    }
}
