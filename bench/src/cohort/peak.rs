//! The most floating-point operations that this core does in a second: independent fused multiplications and additions.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use pulp::{Simd, WithSimd};
use xystra_cohort::batch::Width;

use super::processor;

const ROUNDS: usize = 20_000_000;

/// Operations a second of one core; `None` where it lacks the instructions. A fused operation is two.
pub fn of(width: Width) -> Option<f64> {
    match width {
        Width::Portable => Some(best(pulp::Scalar)),
        #[cfg(target_arch = "x86_64")]
        Width::Avx2 => pulp::x86::V3::try_new().map(best),
        #[cfg(target_arch = "x86_64")]
        Width::Avx512 => pulp::x86::V4::try_new().map(best),
        _ => None,
    }
}

/// The better of two loops: with twelve sums all stay in sixteen registers, with sixteen more latency is hidden.
fn best<S: Simd>(simd: S) -> f64 {
    rate::<S, 12>(simd).max(rate::<S, 16>(simd))
}

fn rate<S: Simd, const SUMS: usize>(simd: S) -> f64 {
    let (sum, seconds) = processor::timed(|| Simd::vectorize(simd, Loop::<SUMS>));
    assert!(sum.is_finite(), "the sums stay finite");
    (2 * SUMS * ROUNDS * S::F64_LANES) as f64 / seconds
}

/// So many sums under way at once.
struct Loop<const SUMS: usize>;

impl<const SUMS: usize> WithSimd for Loop<SUMS> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (by, more) = (simd.splat_f64s(0.999_999), simd.splat_f64s(1e-6));
        let mut sums = [simd.splat_f64s(0.5); SUMS];
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                *sum = simd.mul_add_e_f64s(*sum, by, more);
            }
        }
        sums.into_iter().map(|sum| simd.reduce_sum_f64s(sum)).sum()
    }
}
