//! The clock of a stream against that of the recording computer, from the offsets measured every few seconds.
//!
//! The rules and the robust fit are those of pyxdf's `_clock_sync`, so that stamps agree with what other programs show.

/// A measured offset: the stream's time, and what must be added to it to get the recorder's time. Both s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Offset {
    pub(super) time_s: f64,
    pub(super) value_s: f64,
}

/// A part of the recording between two resets of the clock: recorder's time = stamp + intercept + slope * stamp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Segment {
    first_s: f64,
    last_s: f64,
    intercept_s: f64,
    slope: f64,
}

/// The clock of a stream.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Clock {
    pub(super) segments: Vec<Segment>,
}

/// Goes through the stamps in the order of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hand {
    pub(super) segment: usize,
}

/// A reset needs a step of the measurements' times this far from the usual one, s (and in deviations).
const TIME_STEP: (f64, f64) = (5.0, 5.0);
/// A reset needs a step of the offsets this far from the usual one, s (and in deviations).
const VALUE_STEP: (f64, f64) = (1.0, 10.0);
/// Departures from the line above this count less, s.
const ROBUST_S: f64 = 1e-4;
/// Rounds of the robust fit.
const ROUNDS: usize = 1000;
/// A round that moves nothing by more than this, in robust units, is the last.
const SETTLED: f64 = 1e-10;

impl Clock {
    /// From the offsets in the order of the file.
    pub(super) fn new(offsets: &[Offset]) -> Self {
        let segments = parts(offsets).into_iter().map(Segment::of);
        Self { segments: segments.collect() }
    }

    /// The recorder's time of a stamp.
    pub(super) fn map(&self, hand: &mut Hand, stamp_s: f64) -> f64 {
        while let Some([now, next]) = self.segments.get(hand.segment..hand.segment + 2) {
            if (stamp_s - now.last_s).abs() < (stamp_s - next.first_s).abs() {
                break;
            }
            hand.segment += 1;
        }
        self.segments.get(hand.segment).map_or(stamp_s, |s| stamp_s + s.intercept_s + s.slope * stamp_s)
    }
}

impl Segment {
    fn of(offsets: &[Offset]) -> Self {
        let (first_s, last_s) = (offsets[0].time_s, offsets[offsets.len() - 1].time_s);
        let (intercept_s, slope) = fit(offsets);
        Self { first_s, last_s, intercept_s, slope }
    }
}

/// The offsets between the resets.
fn parts(offsets: &[Offset]) -> Vec<&[Offset]> {
    let steps = |of: fn(&Offset) -> f64| offsets.windows(2).map(|w| of(&w[1]) - of(&w[0])).collect::<Vec<_>>();
    let (times, values) = (steps(|o| o.time_s), steps(|o| o.value_s));
    let is_far = far(&times, TIME_STEP).into_iter().zip(far(&values, VALUE_STEP)).map(|(time, value)| time && value);
    let is_reset: Vec<bool> = times.iter().zip(is_far).map(|(step, is_far)| *step < 0.0 || is_far).collect();
    let mut parts = Vec::new();
    let mut start = 0;
    for end in (1..=offsets.len()).filter(|end| *end == offsets.len() || is_reset[end - 1]) {
        parts.push(&offsets[start..end]);
        start = end;
    }
    parts
}

/// Which steps lie far from the median one, in seconds and in median deviations.
fn far(steps: &[f64], (seconds, deviations): (f64, f64)) -> Vec<bool> {
    let middle = median(steps.to_vec());
    let away: Vec<f64> = steps.iter().map(|step| (step - middle).abs()).collect();
    let usual = median(away.clone()) + f64::EPSILON;
    away.into_iter().map(|away| away > seconds && away / usual > deviations).collect()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[half],
        _ => f64::midpoint(values[half - 1], values[half]),
    }
}

/// Intercept and slope of the line that minimises Huber's loss, by alternating directions (Boyd and others, 2011).
fn fit(offsets: &[Offset]) -> (f64, f64) {
    let level_s = offsets[0].value_s;
    let Some(base) = Base::of(offsets) else { return (level_s, 0.0) };
    let values: Vec<f64> = offsets.iter().map(|o| (o.value_s - level_s) / ROBUST_S).collect();
    let mut split = vec![0.0; values.len()];
    let mut dual = split.clone();
    let mut line = (0.0, 0.0);
    for _ in 0..ROUNDS {
        line = base.line((0..values.len()).map(|i| values[i] + split[i] - dual[i]));
        let mut moved = 0.0_f64;
        for i in 0..values.len() {
            let away = line.0 + line.1 * base.times[i] - values[i] + dual[i];
            let shrunk = if away == 0.0 { 0.0 } else { (1.0 - 2.0 / away.abs()).max(0.0) * away };
            let before = (split[i], dual[i]);
            split[i] = f64::midpoint(away, shrunk);
            dual[i] = away - split[i];
            moved = moved.max((split[i] - before.0).abs()).max((dual[i] - before.1).abs());
        }
        if moved < SETTLED {
            break;
        }
    }
    (level_s + (line.0 - line.1 * base.middle_s) * ROBUST_S, line.1 * ROBUST_S)
}

/// Times about their mean: what least squares over them needs.
struct Base {
    middle_s: f64,
    times: Vec<f64>,
    square: f64,
}

impl Base {
    /// None when the times do not span anything.
    fn of(offsets: &[Offset]) -> Option<Self> {
        let middle_s = offsets.iter().map(|o| o.time_s).sum::<f64>() / offsets.len() as f64;
        let times: Vec<f64> = offsets.iter().map(|o| o.time_s - middle_s).collect();
        let square: f64 = times.iter().map(|t| t * t).sum();
        (square > 0.0 && square.is_finite()).then_some(Self { middle_s, times, square })
    }

    /// Level at the mean time and slope.
    fn line(&self, values: impl Iterator<Item = f64>) -> (f64, f64) {
        let (level, slope) = values.zip(&self.times).fold((0.0, 0.0), |(l, s), (value, t)| (l + value, s + value * t));
        (level / self.times.len() as f64, slope / self.square)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(count: u32, of: impl Fn(f64) -> (f64, f64)) -> Vec<Offset> {
        let pair = |i| of(f64::from(i) * 5.0);
        (0..count).map(pair).map(|(time_s, value_s)| Offset { time_s, value_s }).collect()
    }

    #[test]
    fn an_outlier_hardly_moves_the_line() {
        let mut measured = offsets(40, |t| (1000.0 + t, -3.0 + 2e-5 * t));
        measured[20].value_s += 0.5;
        let clock = Clock::new(&measured);
        assert_eq!(clock.segments.len(), 1);
        let found = clock.map(&mut Hand::default(), 1100.0);
        assert!((found - (1100.0 - 3.0 + 2e-5 * 100.0)).abs() < 1e-5, "{found}");
    }

    #[test]
    fn a_reset_begins_a_segment() {
        let mut measured = offsets(10, |t| (1000.0 + t, 7.0));
        measured.extend(offsets(10, |t| (20.0 + t, 1100.0)));
        let (clock, mut hand) = (Clock::new(&measured), Hand::default());
        assert_eq!(clock.segments.len(), 2);
        assert!((clock.map(&mut hand, 1047.0) - 1054.0).abs() < 1e-9);
        assert!((clock.map(&mut hand, 19.0) - 1119.0).abs() < 1e-9);
        assert_eq!(hand.segment, 1);
    }

    #[test]
    fn one_offset_or_none_is_enough() {
        let one = Clock::new(&[Offset { time_s: 5.0, value_s: 2.0 }]);
        assert!((one.map(&mut Hand::default(), 5.0) - 7.0).abs() < 1e-12);
        assert!((Clock::default().map(&mut Hand::default(), 5.0) - 5.0).abs() < 1e-12);
    }
}
