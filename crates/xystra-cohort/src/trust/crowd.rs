//! The same question to many, on several threads, with the answers in order.

use std::thread;

use crate::Error;

/// Asks for each of `0..count`, a block at a time, and says after each block what share is done. Answers come in order, whatever the threads.
pub(super) fn each<T: Send>(
    count: usize,
    threads: usize,
    ask: &(impl Fn(usize) -> Result<T, Error> + Sync),
    hear: &mut dyn FnMut(f64),
) -> Result<Vec<T>, Error> {
    let threads = if threads == 0 { thread::available_parallelism().map_or(1, usize::from) } else { threads };
    let (block, mut all) = (4 * threads, Vec::with_capacity(count));
    while all.len() < count {
        let from = all.len();
        let to = (from + block).min(count);
        all.extend(asked(from..to, threads, ask)?);
        hear(all.len() as f64 / count as f64);
    }
    Ok(all)
}

fn asked<T: Send>(
    range: std::ops::Range<usize>,
    threads: usize,
    ask: &(impl Fn(usize) -> Result<T, Error> + Sync),
) -> Result<Vec<T>, Error> {
    let mut found: Vec<Option<Result<T, Error>>> = range.clone().map(|_| None).collect();
    let share = range.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        for (k, part) in found.chunks_mut(share).enumerate() {
            let first = range.start + k * share;
            scope.spawn(move || part.iter_mut().enumerate().for_each(|(i, to)| *to = Some(ask(first + i))));
        }
    });
    found.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 3] {
            let mut shares = Vec::new();
            let all = each(29, threads, &|i| Ok(i * i), &mut |share| shares.push(share)).unwrap();
            assert_eq!(all, (0..29).map(|i| i * i).collect::<Vec<_>>());
            assert!(shares.windows(2).all(|pair| pair[0] < pair[1]) && shares.last() == Some(&1.0));
        }
    }

    #[test]
    fn an_error_ends_it() {
        let ask = |i: usize| if i == 7 { Err(Error::Stopped { done: 7, size: 9 }) } else { Ok(i) };
        assert_eq!(each(9, 2, &ask, &mut |_| ()), Err(Error::Stopped { done: 7, size: 9 }));
    }
}
