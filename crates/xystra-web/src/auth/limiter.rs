//! Slows guessing: after a few failures a login has to wait.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// Failures that are free.
const FREE: u32 = 5;
/// Wait after each further failure.
const WAIT: SignedDuration = SignedDuration::from_secs(30);

/// Failed sign-ins by login, in memory: a restart forgives.
#[derive(Debug, Default)]
pub(crate) struct Limiter(Mutex<HashMap<String, (u32, Timestamp)>>);

impl Limiter {
    /// Seconds to wait before this login may be tried again; `None` when it may.
    pub(crate) fn wait(&self, login: &str, now: Timestamp) -> Option<i64> {
        let failures = self.lock();
        let (count, last) = failures.get(login)?;
        let left = WAIT - now.duration_since(*last);
        (*count >= FREE && left.is_positive()).then(|| left.as_secs() + 1)
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, login: &str, now: Timestamp) {
        let mut failures = self.lock();
        let entry = failures.entry(login.to_owned()).or_insert((0, now));
        *entry = (entry.0 + 1, now);
    }

    /// Forgets the failures of a login.
    pub(crate) fn succeeded(&self, login: &str) {
        self.lock().remove(login);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_and_success_forgives() {
        let limiter = Limiter::default();
        let now = Timestamp::UNIX_EPOCH;
        for _ in 0..FREE {
            assert_eq!(limiter.wait("owner", now), None);
            limiter.failed("owner", now);
        }
        assert_eq!(limiter.wait("owner", now), Some(31));
        assert_eq!(limiter.wait("other", now), None);
        limiter.succeeded("owner");
        assert_eq!(limiter.wait("owner", now), None);
    }
}
