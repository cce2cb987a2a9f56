//! A filter run forward and backward, so that nothing is shifted: at once and in blocks.

use std::ops::Range;

use crate::filter::Filter;
use crate::lanes::{Frame, Lanes, WIDTH, Way};

/// Samples that are turned into frames and filtered while they are still in the innermost cache.
const TILE: usize = 256;
/// Least samples of a block: the buffer of eight channels stays in the second cache.
const BLOCK: usize = 8192;

/// Filters each of `channels` forward and backward: SciPy's `sosfiltfilt(sos, channel)`, edges included.
///
/// All channels have the same length, and so have the results, in the same order. A signal of up to [`Filter::pad`]
/// samples, which SciPy refuses, is continued by its length less one instead.
pub fn zero_phase(filter: &Filter, channels: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = channels.iter().map(|channel| Vec::with_capacity(channel.len())).collect();
    let mut blocks = ZeroPhase::new(filter, channels.len());
    blocks.push(channels, &mut out);
    blocks.finish(&mut out);
    out
}

/// The same for samples that come some at a time: they leave in order, late by [`Filter::memory`] and a block.
///
/// Forward nothing is forgotten. Backward each block begins far enough behind its end that what lies beyond it has faded; so it takes
/// memory for a block and [`Filter::memory`], however long the signal is, and the result is that of the whole signal to
/// about 1e-13 of its largest value. How the samples are cut into parts changes nothing.
#[derive(Debug, Clone)]
pub struct ZeroPhase {
    channels: usize,
    groups: Vec<Group>,
}

impl ZeroPhase {
    /// For `channels` signals that come together.
    pub fn new(filter: &Filter, channels: usize) -> Self {
        let widths = (0..channels).step_by(WIDTH).map(|first| WIDTH.min(channels - first));
        Self { channels, groups: widths.map(|used| Group::new(filter, used)).collect() }
    }

    /// Takes the next samples of each channel and appends what is ready to `out`, one vector a channel.
    ///
    /// # Panics
    ///
    /// When the number of channels is another than that of `new`, or their lengths differ.
    pub fn push(&mut self, samples: &[&[f64]], out: &mut [Vec<f64>]) {
        assert_eq!(
            (samples.len(), out.len()),
            (self.channels, self.channels),
            "one slice and one vector for each channel"
        );
        let parts = samples.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
        for (group, (samples, out)) in self.groups.iter_mut().zip(parts) {
            group.push(samples, out);
        }
    }

    /// Appends the rest to `out`.
    pub fn finish(self, out: &mut [Vec<f64>]) {
        for (group, out) in self.groups.into_iter().zip(out.chunks_mut(WIDTH)) {
            group.finish(out);
        }
    }
}

/// Up to [`WIDTH`] channels.
#[derive(Debug, Clone)]
struct Group {
    forward: Lanes,
    backward: Lanes,
    pad: usize,
    memory: usize,
    block: usize,
    /// The first samples until they can be continued to the left, later the last ones to be continued to the right.
    edge: Vec<Frame>,
    /// Filtered forward, still to be filtered backward.
    ahead: Vec<Frame>,
    /// Frames at the start of `ahead` that lie before the first sample.
    before: usize,
    started: bool,
}

impl Group {
    fn new(filter: &Filter, used: usize) -> Self {
        let (lanes, memory) = (Lanes::new(filter, used), filter.memory());
        Self {
            forward: lanes.clone(),
            backward: lanes,
            pad: filter.pad(),
            memory,
            block: BLOCK.max(2 * memory),
            edge: Vec::new(),
            ahead: Vec::new(),
            before: 0,
            started: false,
        }
    }

    fn push(&mut self, samples: &[&[f64]], out: &mut [Vec<f64>]) {
        let length = samples.first().map_or(0, |channel| channel.len());
        assert!(samples.iter().all(|channel| channel.len() == length), "channels of the same length");
        for start in (0..length).step_by(TILE) {
            self.take(samples, start..length.min(start + TILE));
            while self.ahead.len() >= self.before + self.block + self.memory {
                self.emit(out);
            }
        }
    }

    fn finish(mut self, out: &mut [Vec<f64>]) {
        if !self.started {
            if self.edge.is_empty() {
                return;
            }
            self.pad = self.edge.len() - 1;
            self.start();
        }
        let last = self.edge.len() - 1;
        let beyond = (1..=self.pad).map(|i| mirror(&self.edge[last], &self.edge[last - i]));
        let from = self.ahead.len();
        self.ahead.extend(beyond);
        self.forward.run(Way::Forward, &mut self.ahead[from..]);
        let mut beyond = self.ahead.split_off(from);
        self.back_over(&mut beyond);
        self.back_into(self.ahead.len(), out);
    }

    /// Samples into frames, and forward.
    fn take(&mut self, samples: &[&[f64]], range: Range<usize>) {
        if !self.started {
            append(&mut self.edge, samples, range);
            if self.edge.len() > self.pad {
                self.start();
            }
            return;
        }
        let from = self.ahead.len();
        append(&mut self.ahead, samples, range);
        keep_last(&mut self.edge, &self.ahead[from..], self.pad + 1);
        self.forward.run(Way::Forward, &mut self.ahead[from..]);
    }

    /// Continues the first samples to the left and begins.
    fn start(&mut self) {
        let before = (1..=self.pad).rev().map(|i| mirror(&self.edge[0], &self.edge[i]));
        self.ahead.extend(before);
        self.ahead.extend_from_slice(&self.edge);
        self.forward.settle(&self.ahead[0]);
        self.forward.run(Way::Forward, &mut self.ahead);
        self.edge.drain(..self.edge.len() - self.pad - 1);
        (self.before, self.started) = (self.pad, true);
    }

    /// A block backward, from as far behind its end as the filter remembers.
    fn emit(&mut self, out: &mut [Vec<f64>]) {
        let ready = self.before + self.block;
        let mut behind = self.ahead[ready..ready + self.memory].to_vec();
        self.back_over(&mut behind);
        self.back_into(ready, out);
        self.ahead.drain(..ready);
        self.before = 0;
    }

    /// Backward over frames that nobody asked for, from a steady state at the last of them.
    fn back_over(&mut self, behind: &mut [Frame]) {
        let last = behind.last().or(self.ahead.last());
        self.backward.settle(last.unwrap_or(&[0.0; WIDTH]));
        self.backward.run(Way::Backward, behind);
    }

    /// Backward over the first `ready` frames, appended to `out` without those before the first sample.
    fn back_into(&mut self, ready: usize, out: &mut [Vec<f64>]) {
        let ready = &mut self.ahead[..ready];
        let from = out.first().map_or(0, Vec::len);
        for channel in out.iter_mut() {
            channel.resize(from + ready.len() - self.before, 0.0);
        }
        let mut end = ready.len();
        while end > self.before {
            let start = self.before.max(end.saturating_sub(TILE));
            self.backward.run(Way::Backward, &mut ready[start..end]);
            spread(&ready[start..end], out, from + start - self.before);
            end = start;
        }
    }
}

/// What continues a signal beyond its end: turned about the end in time and value.
fn mirror(end: &Frame, inside: &Frame) -> Frame {
    std::array::from_fn(|i| 2.0 * end[i] - inside[i])
}

/// Samples of several channels as frames; lanes without a channel repeat the first one.
fn append(frames: &mut Vec<Frame>, samples: &[&[f64]], range: Range<usize>) {
    let length = range.len();
    let lanes: [&[f64]; WIDTH] =
        std::array::from_fn(|i| &samples[if i < samples.len() { i } else { 0 }][range.clone()]);
    frames.extend((0..length).map(|i| lanes.map(|lane| lane[i])));
}

/// Frames as samples of several channels, written from `at` on.
fn spread(frames: &[Frame], out: &mut [Vec<f64>], at: usize) {
    for (lane, channel) in out.iter_mut().enumerate() {
        for (sample, frame) in channel[at..at + frames.len()].iter_mut().zip(frames) {
            *sample = frame[lane];
        }
    }
}

/// The last `count` frames of `kept` followed by `fresh`.
fn keep_last(kept: &mut Vec<Frame>, fresh: &[Frame], count: usize) {
    kept.extend_from_slice(&fresh[fresh.len().saturating_sub(count)..]);
    kept.drain(..kept.len() - count);
}
