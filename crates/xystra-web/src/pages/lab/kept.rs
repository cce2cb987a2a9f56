//! Answers that were worked out before: the same settings need not be worked out twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The last answers by their settings; the oldest goes when there is no room.
#[derive(Debug)]
pub(in crate::pages) struct Kept<T>(Mutex<VecDeque<(String, Arc<T>)>>);

/// Most answers kept; one takes some ten thousand bytes.
const MOST: usize = 256;

impl<T> Kept<T> {
    /// None yet.
    pub(in crate::pages) const fn new() -> Self {
        Self(Mutex::new(VecDeque::new()))
    }

    /// The answer to these settings. It is worked out without holding others up; two who ask at once both work.
    pub(in crate::pages) fn get<E>(&self, key: &str, work: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(known) = self.known(key) {
            return Ok(known);
        }
        let fresh = Arc::new(work()?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == MOST {
            all.pop_front();
        }
        all.push_back((key.to_owned(), Arc::clone(&fresh)));
        Ok(fresh)
    }

    /// The answer, if it was worked out before.
    pub(in crate::pages) fn known(&self, key: &str) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(known, _)| known == key).map(|(_, answer)| Arc::clone(answer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_worked_out_once_and_a_failure_again() {
        let kept = Kept::new();
        assert_eq!(kept.get("a", || Err::<i32, _>("no")), Err("no"));
        assert_eq!(kept.get("a", || Ok::<_, &str>(1)).map(|n| *n), Ok(1));
        assert_eq!(kept.get("a", || Err("again")).map(|n| *n), Ok(1));
    }

    #[test]
    fn the_oldest_answer_goes_first() {
        let kept = Kept::new();
        for n in 0..=MOST {
            kept.get(&n.to_string(), || Ok::<_, ()>(n)).expect("an answer");
        }
        assert!(kept.known("0").is_none() && kept.known("1").is_some() && kept.known(&MOST.to_string()).is_some());
    }
}
