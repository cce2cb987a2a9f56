//! The force of a part, cleaned and filtered.

use xystra_signal::{Filter, zero_phase};

use super::Part;
use crate::constants::{LOW_PASS, LOW_PASS_LEAST};
use crate::gravity::weight_n;
use crate::vector::{Vec3, add, scale, sub};

/// The force by axis, N, as recorded, but for spikes: such a sample becomes the middle of its neighbours.
pub(super) fn without_spikes(part: &Part<'_>) -> Vec<Vec3> {
    let mut force_n = part.samples.force_n.clone();
    let time_s = &part.samples.time_s;
    let (Some(first_s), Some(last_s)) = (time_s.first(), time_s.last()) else { return force_n };
    for spike_s in part.survey.spikes_s.iter().filter(|t| (*first_s..=*last_s).contains(t)) {
        let i = time_s.partition_point(|t| t < spike_s);
        if i > 0 && i + 1 < force_n.len() {
            force_n[i] = scale(add(force_n[i - 1], force_n[i + 1]), 0.5);
        }
    }
    force_n
}

/// The same without the weight of the tool, where it is known.
pub(super) fn without_weight(part: &Part<'_>, force_n: &[Vec3]) -> Vec<Vec3> {
    let mass_kg = part.options.mass_kg.unwrap_or(0.0);
    let weight_n = if mass_kg == 0.0 { Vec::new() } else { weight_n(part.samples, &part.samples.orientation, mass_kg) };
    if weight_n.is_empty() { force_n.to_vec() } else { force_n.iter().zip(weight_n).map(|(f, w)| sub(*f, w)).collect() }
}

/// The same without what moves faster than a hand.
pub(super) fn filtered(part: &Part<'_>, force_n: &[Vec3]) -> Vec<Vec3> {
    let rate_hz = part.survey.ticks.rate_hz();
    let filter = Some(rate_hz).filter(|rate_hz| *rate_hz >= LOW_PASS_LEAST.value * LOW_PASS.value);
    match filter.and_then(|rate_hz| Filter::low_pass(4, LOW_PASS.value, rate_hz).ok()) {
        Some(filter) => pieces(part).into_iter().flat_map(|piece| smooth(&filter, &force_n[piece])).collect(),
        None => force_n.to_vec(),
    }
}

/// The stretches between gaps, which the filter must not bridge.
fn pieces(part: &Part<'_>) -> Vec<std::ops::Range<usize>> {
    let time_s = &part.samples.time_s;
    let cuts = part.gaps().into_iter().map(|gap| time_s.partition_point(|t| *t < gap.end_s));
    let ends: Vec<usize> = std::iter::once(0).chain(cuts).chain([time_s.len()]).collect();
    ends.windows(2).map(|w| w[0]..w[1]).filter(|piece| !piece.is_empty()).collect()
}

fn smooth(filter: &Filter, force_n: &[Vec3]) -> Vec<Vec3> {
    let axes: [Vec<f64>; 3] = std::array::from_fn(|axis| force_n.iter().map(|f| f[axis]).collect());
    let smooth = zero_phase(filter, &axes.each_ref().map(Vec::as_slice));
    (0..force_n.len()).map(|i| std::array::from_fn(|axis| smooth[axis][i])).collect()
}
