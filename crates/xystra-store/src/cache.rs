//! Records that were read lately, so that a page does not parse them again.
//!
//! A client's records stand under the revision of the client's row that they were read at. Whoever reads asks for the
//! revision first: what another node wrote since is seen, and a record that has changed is never given out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xystra_care::Record;
use xystra_care::id::{ClientId, PracticeId};

/// Clients of one generation, at most.
const MOST_CLIENTS: usize = 2_000;
/// Bytes of the rows that one generation was read from, at most; as records they take about three times as much.
const MOST_BYTES: usize = 16 << 20;

/// Every episode of one client, by its id.
pub(crate) type Records = Arc<[Arc<Record>]>;

/// Whose client.
type Key = (PracticeId, ClientId);

/// Two generations: what is used moves to the younger; when that is full it becomes the older, and the older is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: Generation,
    old: Generation,
}

#[derive(Debug, Default)]
struct Generation {
    clients: HashMap<Key, Known>,
    bytes: usize,
}

#[derive(Debug, Clone)]
struct Known {
    revision: i64,
    records: Records,
    bytes: usize,
}

impl Cache {
    /// The records as of this revision, if they are held.
    pub(crate) fn get(&self, key: Key, revision: i64) -> Option<Records> {
        let mut held = self.lock();
        if let Some(known) = held.young.clients.get(&key) {
            return known.at(revision);
        }
        let known = held.old.take(key)?;
        let records = known.at(revision);
        held.add(key, known);
        records
    }

    /// Holds records that were read at this revision from so many bytes.
    pub(crate) fn keep(&self, key: Key, revision: i64, records: Records, bytes: usize) {
        let mut held = self.lock();
        held.old.take(key);
        held.young.take(key);
        held.add(key, Known { revision, records, bytes });
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn add(&mut self, key: Key, known: Known) {
        if known.bytes > MOST_BYTES {
            return;
        }
        if self.young.clients.len() >= MOST_CLIENTS || self.young.bytes + known.bytes > MOST_BYTES {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.bytes += known.bytes;
        self.young.clients.insert(key, known);
    }
}

impl Generation {
    fn take(&mut self, key: Key) -> Option<Known> {
        let known = self.clients.remove(&key)?;
        self.bytes -= known.bytes;
        Some(known)
    }
}

impl Known {
    fn at(&self, revision: i64) -> Option<Records> {
        (self.revision == revision).then(|| Arc::clone(&self.records))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn key(number: usize) -> Key {
        (PracticeId(Uuid::nil()), ClientId(Uuid::from_u128(number as u128)))
    }

    fn none() -> Records {
        Vec::new().into()
    }

    fn held(cache: &Cache) -> (usize, usize) {
        let held = cache.lock();
        (held.young.clients.len() + held.old.clients.len(), held.young.bytes + held.old.bytes)
    }

    #[test]
    fn only_the_revision_that_was_read_comes_back() {
        let cache = Cache::default();
        cache.keep(key(1), 7, none(), 10);
        assert!(cache.get(key(1), 7).is_some());
        assert!(cache.get(key(1), 8).is_none() && cache.get(key(1), 6).is_none());
        assert!(cache.get(key(2), 7).is_none());
        let stranger = (PracticeId(Uuid::from_u128(9)), key(1).1);
        assert!(cache.get(stranger, 7).is_none());
    }

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let cache = Cache::default();
        for number in 0..5 * MOST_CLIENTS {
            cache.keep(key(number), 1, none(), 10);
            assert!(cache.get(key(0), 1).is_some(), "{number}");
            assert!(held(&cache).0 <= 2 * MOST_CLIENTS);
        }
        assert!(cache.get(key(1), 1).is_none());
    }

    #[test]
    fn large_records_count_by_their_bytes() {
        let cache = Cache::default();
        for number in 0..100 {
            cache.keep(key(number), 1, none(), MOST_BYTES / 3);
            cache.keep(key(number), 2, none(), MOST_BYTES / 3);
            assert!(held(&cache).1 <= 2 * MOST_BYTES);
        }
        assert!(cache.get(key(99), 2).is_some());
        cache.keep(key(100), 1, none(), MOST_BYTES + 1);
        assert!(cache.get(key(100), 1).is_none(), "one that is larger than all is not held");
    }
}
