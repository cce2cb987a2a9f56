//! The processor's time.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Time that this process has had on all cores.
pub fn time() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(now.tv_sec).unwrap_or(0), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// Some work, and the processor's time that it took, s.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = time();
    let done = work();
    (done, time().saturating_sub(start).as_secs_f64())
}
