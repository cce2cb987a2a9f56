//! Force channels that are frozen, clipped, silent or spiked.

use super::run::Runs;
use crate::constants::{MIN_CONTACT, SPIKE, SPIKE_SIGMAS, SPIKE_STEPS, SPOILED};
use crate::error::Error;
use crate::interval::{Interval, inside, total_s, union};
use crate::quality::{Issue, IssueKind};
use crate::source::Header;
use crate::vector::{Vec3, add, norm, scale, sub};

/// Stretches in which a force channel did not measure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) kind: IssueKind,
    pub(crate) channel: String,
    pub(crate) extents: Vec<Interval>,
}

/// Watches all force channels.
#[derive(Debug, Clone)]
pub(crate) struct Sensor {
    names: [Option<String>; 3],
    runs: [Runs; 3],
    /// The last four samples, the newest last.
    last: Vec<(f64, Vec3)>,
    spikes: Vec<(f64, f64)>,
}

/// What the force channels showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Health {
    pub(crate) faults: Vec<Fault>,
    /// Shear channels that never change.
    pub(crate) silent: Vec<String>,
    /// The largest of the channels' smallest steps, N.
    pub(crate) step_n: f64,
    /// Moments (s) of single samples far from both neighbours, with their distance, N.
    spikes: Vec<(f64, f64)>,
}

impl Sensor {
    pub(crate) fn new(header: &Header) -> Self {
        let names = header.force_names().map(|name| name.map(str::to_owned));
        Self { names, runs: Default::default(), last: Vec::new(), spikes: Vec::new() }
    }

    pub(crate) fn add(&mut self, time_s: &[f64], force_n: &[Vec3]) {
        for (t, f) in time_s.iter().zip(force_n) {
            for (axis, runs) in self.runs.iter_mut().enumerate().filter(|(axis, _)| self.names[*axis].is_some()) {
                runs.add(*t, f[axis]);
            }
            self.look_for_spike(*t, *f);
        }
    }

    /// A shear axis that never changes is not connected, and no fault.
    pub(crate) fn finish(self) -> Health {
        let mut health = Health { spikes: self.spikes, ..Health::default() };
        for (axis, (name, runs)) in self.names.into_iter().zip(self.runs).enumerate() {
            let Some(channel) = name else { continue };
            let spoiled = runs.finish();
            health.step_n = health.step_n.max(spoiled.step);
            if axis != 2 && spoiled.is_silent {
                health.silent.push(channel);
                continue;
            }
            for (kind, extents) in [(IssueKind::Frozen, spoiled.frozen), (IssueKind::Saturated, spoiled.clipped)] {
                health.faults.push(Fault { kind, channel: channel.clone(), extents });
            }
        }
        health.faults.retain(|fault| !fault.extents.is_empty());
        health
    }

    fn look_for_spike(&mut self, t: f64, f: Vec3) {
        if let [(_, a), (_, b), (at_s, middle), (_, c)] = *self.last.as_slice() {
            self.spikes.extend(spike_n([a, b, middle, c, f]).map(|away_n| (at_s, away_n)));
            self.last.remove(0);
        }
        self.last.push((t, f));
    }
}

impl Health {
    /// Moments of spikes, s: samples that stand out of the noise (N).
    pub(crate) fn spikes_s(&self, noise_n: f64) -> Vec<f64> {
        self.spikes.iter().filter(|(_, n)| *n > SPIKE_SIGMAS.value * noise_n).map(|(t, _)| *t).collect()
    }

    /// Shear axes that never change.
    pub(crate) fn silent_issues(&self, whole: Interval) -> Vec<Issue> {
        let text = "the channel never changes, as if not connected: the resultant lacks this axis";
        let issue =
            |name: &String| Issue { channel: Some(name.clone()), ..Issue::whole(IssueKind::Silent, whole, text) };
        self.silent.iter().map(issue).collect()
    }
}

/// How far the middle of five samples is from its neighbours' middle, N, when that is much further than the four others are from
/// one another. A short tap or a steep rise moves them too.
fn spike_n([a, b, middle, c, d]: [Vec3; 5]) -> Option<f64> {
    let away_n = norm(sub(middle, scale(add(b, c), 0.5)));
    let others_n = [(a, b), (b, c), (c, d)].map(|(x, y)| norm(sub(y, x))).into_iter().fold(0.0, f64::max);
    (away_n > SPIKE.value && away_n > SPIKE_STEPS.value * others_n).then_some(away_n)
}

/// The force with whatever looks like a spike on its neighbours' middle: good enough to look for quiet parts in it.
pub(crate) fn without_spikes(force_n: &[Vec3]) -> Vec<Vec3> {
    let mut calm = force_n.to_vec();
    for (out, w) in calm.iter_mut().skip(2).zip(force_n.windows(5)) {
        if spike_n([w[0], w[1], w[2], w[3], w[4]]).is_some() {
            *out = scale(add(w[1], w[3]), 0.5);
        }
    }
    calm
}

/// Everything spoiled by any of `faults`.
pub(crate) fn spoiled(faults: &[Fault]) -> Vec<Interval> {
    union(faults.iter().flat_map(|fault| fault.extents.clone()).collect())
}

/// The faults that spoil `contacts`. A channel that repeats itself while nothing touches it is only quiet: what is frozen must
/// reach into a contact by 0.1 s, more than the filter smears, and what is clipped by half of its length.
pub(crate) fn in_contact(faults: &[Fault], contacts: &[Interval]) -> Vec<Fault> {
    let reaches = |fault: &Fault, extent: &Interval| {
        let least_s = if fault.kind == IssueKind::Frozen { MIN_CONTACT.value } else { 0.5 * extent.duration_s() };
        let first = contacts.partition_point(|contact| contact.end_s <= extent.start_s);
        let touching = contacts[first..].iter().take_while(|contact| contact.start_s < extent.end_s);
        let overlap_s: f64 = touching.filter_map(|contact| contact.overlap(extent)).map(|o| o.duration_s()).sum();
        overlap_s > 0.0 && overlap_s >= least_s
    };
    let spoiling = |fault: &Fault| {
        let extents = fault.extents.iter().filter(|extent| reaches(fault, extent)).copied().collect();
        Fault { extents, ..fault.clone() }
    };
    faults.iter().map(spoiling).filter(|fault| !fault.extents.is_empty()).collect()
}

/// Refuses when most of `contact` is spoiled, and names the worst channel.
pub(crate) fn refuse_spoiled(faults: &[Fault], contact: &[Interval]) -> Result<(), Error> {
    let share_of = |extents: &[Interval]| total_s(&inside(contact, extents)) / total_s(contact);
    let worst = faults.iter().map(|f| (f, share_of(&f.extents))).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((fault, share)) = worst.filter(|(_, share)| *share > SPOILED.value) {
        let channel = fault.channel.clone();
        return Err(if fault.kind == IssueKind::Frozen {
            Error::Frozen { channel, share }
        } else {
            Error::Saturated { channel, share }
        });
    }
    let share = share_of(&spoiled(faults));
    let channels = faults.iter().map(|f| f.channel.as_str()).collect::<Vec<_>>().join(", ");
    if share > SPOILED.value { Err(Error::Spoiled { channels, share }) } else { Ok(()) }
}

/// The faults that touch `contact`, each extent with its share of it.
pub(crate) fn issues(faults: &[Fault], contact: &[Interval]) -> Vec<Issue> {
    let touching = |fault: &Fault, extent: Interval| {
        let share = total_s(&inside(contact, &[extent])) / total_s(contact);
        let consequence = match fault.kind {
            IssueKind::Frozen => "the channel repeats one value: this part is left out of strokes and dose",
            _ => "the channel is clipped: this part is left out of strokes and dose",
        };
        let issue = Issue {
            kind: fault.kind,
            channel: Some(fault.channel.clone()),
            extent,
            share,
            consequence: consequence.to_owned(),
        };
        (share > 0.0).then_some(issue)
    };
    faults.iter().flat_map(|fault| fault.extents.iter().filter_map(move |extent| touching(fault, *extent))).collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;
    use crate::recording::Recording;

    fn health(force: impl Fn(f64) -> Vec3) -> Health {
        let time: Vec<f64> = (0..400).map(|i| f64::from(i) * 0.01).collect();
        let recording = Recording::new("", &time, time.iter().map(|t| force(*t)).collect()).unwrap();
        let mut sensor = Sensor::new(&recording.header);
        sensor.add(&time, &recording.samples.force_n);
        sensor.finish()
    }

    fn kinds(force: impl Fn(f64) -> f64) -> Vec<(IssueKind, f64)> {
        health(|t| [0.0, 0.0, force(t)]).faults.iter().map(|f| (f.kind, total_s(&f.extents))).collect()
    }

    #[test]
    fn a_wave_has_no_fault_even_when_coarse() {
        assert!(kinds(|t| (TAU * t).sin()).is_empty());
        assert!(kinds(|t| (20.0 * (TAU * t).sin()).round() / 4.0).is_empty());
    }

    #[test]
    fn freezing_and_clipping_are_told_apart() {
        let frozen = kinds(|t| if t < 1.0 { 0.7 } else { (TAU * t).sin() });
        assert_eq!(frozen[0].0, IssueKind::Frozen);
        assert!((frozen[0].1 - 0.99).abs() < 1e-9);
        let clipped = kinds(|t| (TAU * t).sin().min(0.9));
        assert_eq!(clipped.iter().map(|c| c.0).collect::<Vec<_>>(), [IssueKind::Saturated]);
        let long = kinds(|t| (0.5 * TAU * t).sin().min(0.7));
        assert_eq!(long.iter().map(|c| c.0).collect::<Vec<_>>(), [IssueKind::Saturated]);
    }

    #[test]
    fn an_axis_that_never_changes_is_named_and_no_fault() {
        let health = health(|t| [0.2, (3.0 * t).cos(), (TAU * t).sin()]);
        assert!(health.faults.is_empty());
        assert_eq!(health.silent, ["fx"]);
    }

    #[test]
    fn a_spike_is_one_sample_out_of_the_noise() {
        let spiked = health(|t| [0.0, 0.0, (TAU * t).sin() + if (1.995..2.005).contains(&t) { 9.0 } else { 0.0 }]);
        assert_eq!(spiked.spikes_s(0.1).len(), 1);
        assert!(spiked.spikes_s(2.0).is_empty());
        assert!(health(|t| [0.0, 0.0, if t > 2.0 { 9.0 } else { 0.0 }]).spikes_s(0.0).is_empty());
    }

    #[test]
    fn most_of_the_contact_spoiled_is_refused() {
        let fault = |channel: &str, a, b| Fault {
            kind: IssueKind::Frozen,
            channel: channel.into(),
            extents: vec![Interval::new(a, b)],
        };
        let contact = [Interval::new(0.0, 10.0)];
        assert!(refuse_spoiled(&[fault("fz", 0.0, 5.0)], &contact).is_ok());
        assert!(matches!(refuse_spoiled(&[fault("fz", 0.0, 5.1)], &contact), Err(Error::Frozen { .. })));
        let both = [fault("fy", 0.0, 3.0), fault("fz", 6.0, 9.0)];
        assert!(matches!(refuse_spoiled(&both, &contact), Err(Error::Spoiled { .. })));
        assert!((issues(&both, &contact)[1].share - 0.3).abs() < 1e-12);
    }
}
