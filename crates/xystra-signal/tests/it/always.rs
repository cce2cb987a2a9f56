use proptest::prelude::*;
use xystra_signal::{Causal, Error, Filter, Section, Welch, ZeroPhase, band_power, welch, zero_phase};

use crate::reference::{difference, noise};

/// The whole signal at once, sample by sample, as SciPy's source says it.
fn plainly(filter: &Filter, signal: &[f64]) -> Vec<f64> {
    let pad = filter.pad().min(signal.len() - 1);
    let (first, last) = (signal[0], signal[signal.len() - 1]);
    let before = signal[1..=pad].iter().rev().map(|x| 2.0 * first - x);
    let after = signal[signal.len() - 1 - pad..signal.len() - 1].iter().rev().map(|x| 2.0 * last - x);
    let mut long: Vec<f64> = before.chain(signal.iter().copied()).chain(after).collect();
    for _ in 0..2 {
        cascade(filter, &mut long);
        long.reverse();
    }
    long[pad..pad + signal.len()].to_vec()
}

fn cascade(filter: &Filter, signal: &mut [f64]) {
    let first = signal[0];
    let mut delays: Vec<[f64; 2]> = filter.steady_state().iter().map(|z| z.map(|z| z * first)).collect();
    for sample in signal {
        for (Section { b, a }, z) in filter.sections().iter().zip(&mut delays) {
            let y = b[0] * *sample + z[0];
            *z = [b[1] * *sample - a[1] * y + z[1], b[2] * *sample - a[2] * y];
            *sample = y;
        }
    }
}

fn in_parts(filter: &Filter, signals: &[Vec<f64>], sizes: &[usize]) -> Vec<Vec<f64>> {
    let mut blocks = ZeroPhase::new(filter, signals.len());
    let mut out = vec![Vec::new(); signals.len()];
    let (mut at, mut sizes) = (0, sizes.iter().cycle());
    while at < signals[0].len() {
        let end = signals[0].len().min(at + sizes.next().unwrap_or(&1));
        let part: Vec<&[f64]> = signals.iter().map(|signal| &signal[at..end]).collect();
        blocks.push(&part, &mut out);
        at = end;
    }
    blocks.finish(&mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn blocks_are_the_whole_and_parts_change_nothing(
        length in 1_usize..40_000,
        channels in 1_usize..11,
        half in 1_usize..4,
        cutoff in 0.004_f64..0.49,
        band in any::<bool>(),
        sizes in prop::collection::vec(1_usize..6000, 1..5),
    ) {
        let order = 2 * half;
        let low_pass = Filter::low_pass(order, cutoff, 1.0);
        let filter = if band { Filter::band_pass(order, cutoff / 2.0, cutoff, 1.0) } else { low_pass }.unwrap();
        let signals: Vec<Vec<f64>> = (0..channels).map(|channel| noise(length, channel)).collect();
        let slices: Vec<&[f64]> = signals.iter().map(Vec::as_slice).collect();
        let whole = zero_phase(&filter, &slices);
        prop_assert_eq!(&whole, &in_parts(&filter, &signals, &sizes));
        for (ours, signal) in whole.iter().zip(&signals) {
            let plain = plainly(&filter, signal);
            let scale = signal.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            let far = ours.iter().zip(&plain).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            prop_assert!(far < 1e-9 * scale, "{:e} of {}", far, scale);
        }
    }

    #[test]
    fn welch_in_parts_is_welch_at_once(length in 0_usize..5000, segment in 1_usize..600, size in 1_usize..1500) {
        let signal = noise(length, 0);
        let mut parts = Welch::new(10.0, segment);
        signal.chunks(size).for_each(|part| parts.push(part));
        let (parts, whole) = (parts.finish(), welch(&signal, 10.0, segment));
        prop_assert_eq!(&parts.frequency_hz, &whole.frequency_hz);
        prop_assert!(difference(&parts.density, &whole.density) < 1e-12);
    }
}

#[test]
fn a_constant_stays_as_it_is() {
    let filter = Filter::low_pass(4, 5.0, 1000.0).unwrap();
    for length in [0, 1, 2, 15, 16, 20_000] {
        let signal = vec![7.5; length];
        let smooth = zero_phase(&filter, &[&signal]);
        assert_eq!(smooth[0].len(), length);
        assert!(smooth[0].iter().all(|x| (x - 7.5).abs() < 1e-11), "{length}");
    }
}

#[test]
fn many_live_channels_are_each_as_if_alone() {
    let filter = Filter::low_pass(2, 20.0, 1000.0).unwrap();
    let mut together = Causal::new(&filter, 9);
    let mut alone: Vec<Causal> = (0..9).map(|_| Causal::new(&filter, 1)).collect();
    for i in 0..500 {
        let mut frame: Vec<f64> = (0..9).map(|channel| noise(500, channel)[i]).collect();
        let expected: Vec<f64> = frame.iter().zip(&mut alone).map(|(x, causal)| one(causal, *x)).collect();
        together.step(&mut frame);
        assert_eq!(frame, expected);
    }
}

fn one(causal: &mut Causal, value: f64) -> f64 {
    let mut frame = [value];
    causal.step(&mut frame);
    frame[0]
}

#[test]
fn no_filter_beyond_half_the_rate_or_of_an_odd_order() {
    let band = Error::Band { low_hz: 0.0, high_hz: 500.0, rate_hz: 1000.0 };
    assert_eq!(Filter::low_pass(4, 500.0, 1000.0), Err(band));
    assert_eq!(Filter::low_pass(3, 5.0, 1000.0), Err(Error::Order(3)));
    assert!(Filter::low_pass(4, f64::NAN, 1000.0).is_err());
    assert!(Filter::band_pass(4, 0.0, 20.0, 1000.0).is_err());
    assert!(Filter::band_pass(4, 30.0, 20.0, 1000.0).is_err());
}

#[test]
fn the_power_of_a_wave_is_found_in_its_band_only() {
    let wave: Vec<f64> =
        (0..8192).map(|i| 3.0 * (std::f64::consts::TAU * 100.0 * f64::from(i) / 1000.0).sin()).collect();
    let spectrum = welch(&wave, 1000.0, 1024);
    let power = |low, high| band_power(&spectrum.density, &spectrum.frequency_hz, low, high);
    assert!((power(90.0, 110.0) - 4.5).abs() < 1e-4);
    assert!(power(150.0, 500.0) < 1e-5);
}
