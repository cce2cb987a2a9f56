//! How many clients go side by side.

use pulp::{Arch, Scalar, Simd, WithSimd};

use crate::Error;

/// How many clients go side by side: results differ between widths by rounding, and by the steps that rounding tips.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// As many as this machine can.
    #[default]
    Widest,
    /// Eight, with AVX-512.
    Avx512,
    /// Four, with AVX2 and fused multiplication and addition.
    Avx2,
    /// One, with what every machine can.
    Portable,
}

impl Width {
    /// Runs `work` with the instructions of this width.
    ///
    /// # Errors
    /// When this machine does not have them.
    pub(super) fn dispatch<W: WithSimd>(self, work: W) -> Result<W::Output, Error> {
        match self {
            Width::Widest => Ok(Arch::new().dispatch(work)),
            Width::Portable => Ok(Scalar.vectorize(work)),
            #[cfg(target_arch = "x86_64")]
            Width::Avx512 => {
                pulp::x86::V4::try_new().map(|simd| Simd::vectorize(simd, work)).ok_or_else(|| self.lacking())
            }
            #[cfg(target_arch = "x86_64")]
            Width::Avx2 => {
                pulp::x86::V3::try_new().map(|simd| Simd::vectorize(simd, work)).ok_or_else(|| self.lacking())
            }
            #[cfg(not(target_arch = "x86_64"))]
            Width::Avx512 | Width::Avx2 => Err(self.lacking()),
        }
    }

    fn lacking(self) -> Error {
        let key = format!("{self:?}");
        Error::Unknown {
            what: "width on this machine like",
            key,
            known: "Widest, Portable, and what its processor has".into(),
        }
    }
}
