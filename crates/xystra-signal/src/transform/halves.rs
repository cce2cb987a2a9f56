//! Even and odd samples as the two parts of one complex signal of half the length.

use std::f64::consts::TAU;

use rustfft::num_complex::Complex;

use super::Bin;

/// The turns that part a packed spectrum into that of the even and that of the odd samples, and put it together again.
///
/// With Z the transform of `even + i odd`, m its length: `E[k] = (Z[k] + Z*[m-k]) / 2`, `O[k] = (Z[k] - Z*[m-k]) / 2i`, and the
/// spectrum of all samples is `X[k] = E[k] + w^k O[k]`, `X*[m-k] = E[k] - w^k O[k]`, with `w = exp(-i pi / m)`.
#[derive(Clone)]
pub(super) struct Halves {
    turns: Vec<Complex<f64>>,
}

impl Halves {
    pub(super) fn new(half: usize) -> Self {
        let turn = |k: usize| Complex::from_polar(1.0, -TAU * k as f64 / (2 * half) as f64);
        Self { turns: (0..=half / 2).map(turn).collect() }
    }

    /// The spectrum of all samples.
    pub(super) fn unpack(&self, packed: &[Complex<f64>], spectrum: &mut [Bin]) {
        let m = packed.len();
        for (k, turn) in self.turns.iter().enumerate() {
            let (even, odd) = part(packed[k], packed[(m - k) % m]);
            let odd = turn * odd;
            spectrum[k] = bin(even + odd);
            spectrum[m - k] = bin((even - odd).conj());
        }
    }

    /// What [`Self::unpack`] would make `spectrum` of.
    pub(super) fn pack(&self, spectrum: &[Bin], packed: &mut [Complex<f64>]) {
        let m = packed.len();
        for (k, turn) in self.turns.iter().enumerate() {
            let (x, mirror) = (complex(spectrum[k]), complex(spectrum[m - k]).conj());
            let (even, odd) = ((x + mirror) * 0.5, (x - mirror) * 0.5 * turn.conj());
            join(packed, k, (m - k) % m, even, odd);
        }
    }

    /// Multiplies each bin of the spectrum by its gain without unpacking it.
    pub(super) fn scale(&self, gains: &[f64], packed: &mut [Complex<f64>]) {
        let m = packed.len();
        for (k, turn) in self.turns.iter().enumerate() {
            let mirror = (m - k) % m;
            let (even, odd) = part(packed[k], packed[mirror]);
            let (even, odd) = scaled(gains[k], gains[m - k], *turn, even, odd);
            join(packed, k, mirror, even, odd);
        }
    }

    /// The turn of wave `k`.
    pub(super) fn turn(&self, k: usize) -> Complex<f64> {
        self.turns[k]
    }
}

/// What two gains, of a wave and of its mirror, make of the even and the odd half.
#[inline]
pub(super) fn scaled(
    gain: f64,
    mirror: f64,
    turn: Complex<f64>,
    even: Complex<f64>,
    odd: Complex<f64>,
) -> (Complex<f64>, Complex<f64>) {
    let (sum, difference) = (0.5 * (gain + mirror), 0.5 * (gain - mirror));
    (even * sum + turn * odd * difference, turn.conj() * even * difference + odd * sum)
}

/// The halves that a packed pair holds.
#[inline]
pub(super) fn part(z: Complex<f64>, mirror: Complex<f64>) -> (Complex<f64>, Complex<f64>) {
    let (sum, difference) = (z + mirror.conj(), z - mirror.conj());
    (sum * 0.5, Complex::new(difference.im * 0.5, -difference.re * 0.5))
}

/// Puts the halves back where they came from.
#[inline]
pub(super) fn join(packed: &mut [Complex<f64>], at: usize, mirror: usize, even: Complex<f64>, odd: Complex<f64>) {
    let turned = Complex::new(-odd.im, odd.re);
    packed[at] = even + turned;
    packed[mirror] = (even - turned).conj();
}

fn bin(z: Complex<f64>) -> Bin {
    [z.re, z.im]
}

fn complex(bin: Bin) -> Complex<f64> {
    Complex::new(bin[0], bin[1])
}
