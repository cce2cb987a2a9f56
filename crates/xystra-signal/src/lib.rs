//! Filters and spectra: plain functions on slices that know nothing of recordings.
//!
//! | here | equals in SciPy |
//! |---|---|
//! | [`Filter::low_pass`], [`Filter::band_pass`] | `scipy.signal.butter(.., output='sos')` |
//! | [`Filter::steady_state`] | `scipy.signal.sosfilt_zi` |
//! | [`zero_phase`], and [`ZeroPhase`] in blocks | `scipy.signal.sosfiltfilt` |
//! | [`Causal`] | `scipy.signal.sosfilt` with `zi = sosfilt_zi(sos) * x[0]` |
//! | [`welch`], and [`Welch`] in parts | `scipy.signal.welch(x, rate, nperseg=..)` |
//! | [`Transform`], forward and inverse | `scipy.fft.rfft`, `irfft` |
//! | [`PlaneTransform`], forward and inverse | `scipy.fft.rfft2`, `irfft2` |
//!
//! ```
//! use xystra_signal::{Filter, ZeroPhase, band_power, welch, zero_phase};
//!
//! let rate_hz = 1000.0;
//! let wave: Vec<f64> = (0..4000).map(|i| (std::f64::consts::TAU * 50.0 * f64::from(i) / rate_hz).sin()).collect();
//! let filter = Filter::low_pass(4, 5.0, rate_hz)?;
//!
//! // All at once, for any number of channels of the same length.
//! let smooth = zero_phase(&filter, &[&wave]);
//! assert!(smooth[0][2000].abs() < 1e-6);
//!
//! // The same, some samples at a time and in bounded memory.
//! let mut blocks = ZeroPhase::new(&filter, 1);
//! let mut out = vec![Vec::new()];
//! for part in wave.chunks(300) {
//!     blocks.push(&[part], &mut out);
//! }
//! blocks.finish(&mut out);
//! assert_eq!(out, smooth);
//!
//! let spectrum = welch(&wave, rate_hz, 1000);
//! let power = band_power(&spectrum.density, &spectrum.frequency_hz, 40.0, 60.0);
//! assert!((power - 0.5).abs() < 1e-3);
//! # Ok::<(), xystra_signal::Error>(())
//! ```
//!
//! The vector instructions of the machine are found at run time, and a processor that fuses a multiplication with an addition
//! rounds once instead of twice: results agree between machines to about 1e-13 of the signal, not to the last bit.

mod causal;
mod error;
mod filter;
mod lanes;
mod spectrum;
mod transform;
mod zero_phase;

pub use causal::Causal;
pub use error::Error;
pub use filter::{Filter, Section};
pub use spectrum::{Spectrum, Welch, band_power, welch};
pub use transform::{Bin, PlaneTransform, Transform};
pub use zero_phase::{ZeroPhase, zero_phase};
