//! Slows somebody who tries one password at many logins: failures are counted by the client's address too, on each node by
//! itself. A restart forgives.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::Extension;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use jiff::{SignedDuration, Timestamp};

/// Failures that are free: a whole practice may stand behind one address.
const FREE: u32 = 30;
/// Wait after each further failure.
const WAIT: SignedDuration = SignedDuration::from_secs(30);
/// Failures older than this are forgotten.
const MEMORY: SignedDuration = SignedDuration::from_mins(15);
/// Addresses remembered before old ones are forgotten.
const REMEMBERED: usize = 10_000;

/// Where a request comes from, if the server told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address(Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let told = Extension::<ConnectInfo<SocketAddr>>::from_request_parts(parts, state).await.ok();
        Ok(Self(told.map(|Extension(ConnectInfo(address))| address.ip())))
    }
}

/// Failed sign-ins by address.
#[derive(Debug, Default)]
pub(crate) struct Addresses(Mutex<HashMap<IpAddr, (u32, Timestamp)>>);

impl Addresses {
    /// Seconds to wait before this address may try again; `None` when it may.
    pub(crate) fn wait(&self, Address(address): Address, now: Timestamp) -> Option<i64> {
        let failures = self.lock();
        let (count, last) = failures.get(&address?)?;
        let left = WAIT - now.duration_since(*last);
        (*count >= FREE && left.is_positive()).then(|| left.as_secs().min(WAIT.as_secs()))
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, Address(address): Address, now: Timestamp) {
        let Some(address) = address else { return };
        let mut failures = self.lock();
        if failures.len() > REMEMBERED {
            failures.retain(|_, (_, last)| now.duration_since(*last) < MEMORY);
        }
        let entry = failures.entry(address).or_insert((0, now));
        let is_old = now.duration_since(entry.1) >= MEMORY;
        *entry = (if is_old { 1 } else { entry.0 + 1 }, now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<IpAddr, (u32, Timestamp)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_fails_at_many_logins_waits_and_others_do_not() {
        let addresses = Addresses::default();
        let now = Timestamp::UNIX_EPOCH;
        let (guesser, other) = (Address(Some([192, 0, 2, 1].into())), Address(Some([192, 0, 2, 2].into())));
        for _ in 0..FREE {
            assert_eq!(addresses.wait(guesser, now), None);
            addresses.failed(guesser, now);
        }
        assert_eq!((addresses.wait(guesser, now), addresses.wait(other, now)), (Some(30), None));
        assert_eq!(addresses.wait(guesser, now + WAIT), None);
        addresses.failed(guesser, now + MEMORY);
        assert_eq!(addresses.wait(guesser, now + MEMORY), None, "the old failures are forgotten");
    }
}
