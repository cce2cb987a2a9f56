//! How well a measured dose is known.
//!
//! Independent causes, each a standard deviation: the scale of the sensor, the resting level, the moments at which contact
//! begins and ends, the noise of a peak. Parts that could not be measured may hold more contact: they widen upwards. Cuts between
//! strokes that were nearly made or nearly not widen the count both ways.

use crate::constants::{CLOCK_DOUBT, EDGE_DOUBT, LENGTH_DOUBT, PEAK_NOISE, SCALE_DOUBT};
use crate::estimate::Estimate;

/// The causes of doubt of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Doubt {
    /// Of the sensor's scale, as a share.
    pub(crate) scale: f64,
    /// Of the resting level, N.
    pub(crate) level_n: f64,
    /// Of the filtered force of one sample, N.
    pub(crate) noise_n: f64,
    /// Of the beginning or end of a contact, s.
    pub(crate) edge_s: f64,
    /// Contact that could not be measured as a share of all contact, 0-1.
    pub(crate) lost: f64,
    /// Strokes that contacts may hide in which nothing tells reversals, as a share of all strokes.
    pub(crate) hidden: f64,
    /// Decisions on strokes that could as well have gone the other way, as a share of all strokes.
    pub(crate) close: f64,
}

/// Doubt about some strokes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct On {
    doubt: Doubt,
    strokes: f64,
    bursts: f64,
    contact_s: f64,
}

impl Doubt {
    /// From what is known of the sensor; `accuracy` is what its maker or calibration states.
    pub(crate) fn of_sensor(accuracy: Option<f64>, level_n: f64, noise_n: f64, step_s: f64) -> Self {
        Self {
            scale: accuracy.unwrap_or(SCALE_DOUBT.value),
            level_n,
            noise_n,
            edge_s: EDGE_DOUBT.value.hypot(0.5 * step_s),
            lost: 0.0,
            hidden: 0.0,
            close: 0.0,
        }
    }

    pub(crate) fn on(&self, strokes: usize, bursts: usize, contact_s: f64) -> On {
        On { doubt: *self, strokes: strokes as f64, bursts: bursts as f64, contact_s }
    }
}

impl On {
    pub(crate) fn contact(&self) -> Estimate {
        self.with_the_lost(Estimate::normal(self.contact_s, self.edges_s())).at_least(0.0)
    }

    pub(crate) fn strokes(&self) -> Estimate {
        let close = (self.doubt.close * self.strokes).sqrt().ceil();
        let lost = (self.strokes * self.doubt.lost / (1.0 - self.doubt.lost)).ceil();
        let hidden = (self.strokes * self.doubt.hidden).ceil();
        Estimate::new(self.strokes, (self.strokes - close).max(1.0), self.strokes + close + lost + hidden)
    }

    pub(crate) fn rate(&self, per_min: f64) -> Estimate {
        let cycles = (self.strokes - 1.0).max(1.0);
        let step_s = 60.0 / per_min;
        let ends_s = self.doubt.edge_s * (2.0 * self.bursts).sqrt();
        let share = CLOCK_DOUBT.value.hypot(ends_s / (step_s * cycles));
        let of_count = (self.doubt.close * self.strokes).sqrt() / self.strokes;
        let estimate = Estimate::normal(per_min, per_min * share.hypot(of_count)).at_least(0.0);
        Estimate { high: estimate.high * (1.0 + self.doubt.hidden), ..estimate }
    }

    pub(crate) fn duty(&self, duty: f64) -> Estimate {
        let estimate = Estimate::normal(duty, duty * self.edges_s() / self.contact_s);
        Estimate::new(duty, estimate.low.max(0.0), estimate.high.min(1.0))
    }

    pub(crate) fn mean(&self, newton: f64) -> Estimate {
        let edges_n = newton * self.edges_s() / self.contact_s;
        Estimate::normal(newton, (self.doubt.scale * newton).hypot(self.doubt.level_n).hypot(edges_n))
    }

    pub(crate) fn peak(&self, newton: f64) -> Estimate {
        let noise_n = self.doubt.level_n.hypot(self.doubt.noise_n);
        let estimate = Estimate::normal(newton, (self.doubt.scale * newton).hypot(noise_n));
        // The largest of many samples holds the largest of their noise.
        Estimate { low: estimate.low - PEAK_NOISE.value * self.doubt.noise_n, ..estimate }
    }

    pub(crate) fn impulse(&self, newton_s: f64) -> Estimate {
        let level_ns = self.doubt.level_n * self.contact_s;
        self.with_the_lost(Estimate::normal(newton_s, (self.doubt.scale * newton_s).hypot(level_ns)))
    }

    /// Of the strokes as they were measured, not of the clinician.
    pub(crate) fn variation(&self, cv: f64) -> Estimate {
        let of_a_stroke = self.edges_s() / self.contact_s;
        Estimate::normal(cv, of_a_stroke.hypot(CLOCK_DOUBT.value)).at_least(0.0)
    }

    pub(crate) fn length(&self, metre: f64) -> Estimate {
        self.with_the_lost(Estimate::normal(metre, LENGTH_DOUBT.value * metre)).at_least(0.0)
    }

    /// All edges err by chance, and all a little the same way.
    fn edges_s(&self) -> f64 {
        let edges = 2.0 * self.strokes;
        self.doubt.edge_s * edges.sqrt().hypot(0.25 * edges)
    }

    fn with_the_lost(&self, estimate: Estimate) -> Estimate {
        Estimate { high: estimate.high / (1.0 - self.doubt.lost).max(0.1), ..estimate }
    }
}
