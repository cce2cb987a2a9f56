//! Butterworth's poles and zeros, and how SciPy pairs them into sections.

use std::f64::consts::PI;

use rustfft::num_complex::Complex;

use crate::filter::Section;

/// Samples a second at which SciPy designs: twice Nyquist's frequency of 1.
const RATE: f64 = 2.0;

/// `cutoff` as a part of half the rate, 0-1.
pub(super) fn low_pass(order: usize, cutoff: f64) -> Vec<Section> {
    let warped = warp(cutoff);
    let poles: Vec<_> = prototype(order).iter().map(|p| p * warped).collect();
    let gain = warped.powi(power(order));
    pair(vec![-1.0; order], digital(&poles), gain / product(&poles))
}

/// `low` and `high` as parts of half the rate, 0-1.
pub(super) fn band_pass(order: usize, low: f64, high: f64) -> Vec<Section> {
    let (low, high) = (warp(low), warp(high));
    let (width, centre) = (high - low, (low * high).sqrt());
    let half: Vec<_> = prototype(order).iter().map(|p| p * (width / 2.0)).collect();
    let root = |p: &Complex<f64>| (p * p - centre * centre).sqrt();
    let poles: Vec<_> = half.iter().map(|p| p + root(p)).chain(half.iter().map(|p| p - root(p))).collect();
    // The analog zeros at 0 become 1, those at infinity -1.
    let zeros = [vec![1.0; order], vec![-1.0; order]].concat();
    let gain = width.powi(power(order)) * (2.0 * RATE).powi(power(order));
    pair(zeros, digital(&poles), gain / product(&poles))
}

/// Poles of the analog low-pass at 1 rad/s.
fn prototype(order: usize) -> Vec<Complex<f64>> {
    let span = power(order);
    let angles = (1 - span..span).step_by(2).map(|m| PI * f64::from(m) / f64::from(2 * span));
    angles.map(|angle| -Complex::from_polar(1.0, angle)).collect()
}

/// The analog frequency that the bilinear transform takes to `frequency`.
fn warp(frequency: f64) -> f64 {
    2.0 * RATE * (PI * frequency / RATE).tan()
}

/// The bilinear transform of analog poles.
fn digital(poles: &[Complex<f64>]) -> Vec<Complex<f64>> {
    poles.iter().map(|p| (2.0 * RATE + p) / (2.0 * RATE - p)).collect()
}

/// What the bilinear transform divides the gain by.
fn product(poles: &[Complex<f64>]) -> f64 {
    poles.iter().map(|p| 2.0 * RATE - p).product::<Complex<f64>>().re
}

/// Sections of conjugate poles with the nearest zeros, those nearest the unit circle last: SciPy's `zpk2sos`.
fn pair(mut zeros: Vec<f64>, poles: Vec<Complex<f64>>, gain: f64) -> Vec<Section> {
    let mut upper: Vec<_> = poles.into_iter().filter(|p| p.im > 0.0).collect();
    upper.sort_by(|p, q| (1.0 - p.norm()).abs().total_cmp(&(1.0 - q.norm()).abs()));
    let nearest_first = upper.into_iter().map(|pole| {
        let z = [take_nearest(&mut zeros, pole), take_nearest(&mut zeros, pole)];
        Section { b: [1.0, -(z[0] + z[1]), z[0] * z[1]], a: [1.0, -(pole.re + pole.re), pole.norm_sqr()] }
    });
    let mut sections: Vec<_> = nearest_first.collect();
    sections.reverse();
    for b in &mut sections[0].b {
        *b *= gain;
    }
    sections
}

fn take_nearest(zeros: &mut Vec<f64>, pole: Complex<f64>) -> f64 {
    let far = |zero: f64| (pole - zero).norm();
    let nearest = (0..zeros.len()).min_by(|&i, &j| far(zeros[i]).total_cmp(&far(zeros[j])));
    nearest.map_or(0.0, |i| zeros.remove(i))
}

/// An order as an exponent; `check` holds it to 20.
fn power(order: usize) -> i32 {
    i32::try_from(order).unwrap_or(i32::MAX)
}
