//! The batch beside itself: threads, shards and neighbours make no difference.

use std::panic::{AssertUnwindSafe, catch_unwind};

use xystra_cohort::Error;
use xystra_cohort::batch::{Options, Seen, Watch, each, run};

use super::people::People;

const OUTPUTS: [&str; 3] = ["pain", "grade-1", "stiffness"];

fn bits(seen: &Seen) -> Vec<u64> {
    seen.values.iter().map(|value| value.to_bits()).collect()
}

fn seen(people: &People, threads: usize) -> Seen {
    run(people, &OUTPUTS, &Options { threads, ..Options::default() }).expect("it goes well")
}

#[test]
fn one_thread_and_three_give_the_same_bits() {
    let people = People::new(1800, 0);
    assert_eq!(bits(&seen(&people, 1)), bits(&seen(&people, 3)));
}

#[test]
fn any_shard_gives_the_same_bits() {
    let people = People::new(700, 1);
    let all = seen(&people, 0);
    let each = all.times * all.outputs.len();
    for (of, shards) in [(1, 3), (6, 7)] {
        let numbers: Vec<usize> = (0..700).filter(|i| i % shards == of).collect();
        let part = seen(&People { numbers: numbers.clone(), ..People::new(0, 1) }, 0);
        for (row, i) in numbers.into_iter().enumerate() {
            assert_eq!(bits(&part)[row * each..(row + 1) * each], bits(&all)[i * each..(i + 1) * each], "client {i}");
        }
    }
}

#[test]
fn a_client_who_fails_is_no_number_and_harms_no_neighbour() {
    let well = seen(&People::new(40, 2), 1);
    let ill = seen(&People { sick: vec![0, 7, 8, 39], ..People::new(40, 2) }, 1);
    for i in 0..40 {
        for t in 0..well.times {
            if [0, 7, 8, 39].contains(&i) {
                assert!(ill.at(i, t).iter().all(|value| value.is_nan()), "client {i}");
            } else {
                assert_eq!(ill.at(i, t), well.at(i, t), "client {i}");
            }
        }
    }
}

#[test]
fn what_comes_by_and_by_is_what_comes_at_once() {
    let people = People::new(1300, 0);
    let (mut values, mut next) = (Vec::new(), 0);
    let take = |first: usize, some: &Seen| {
        assert_eq!(first, next);
        next += some.clients;
        values.extend(bits(some));
        Ok(())
    };
    each(&people, &OUTPUTS, &Options { threads: 2, ..Options::default() }, take).expect("it goes well");
    assert_eq!((next, values), (1300, bits(&seen(&people, 1))));
}

#[test]
fn whoever_takes_may_end_the_batch() {
    let wrong = Error::Number { field: "x".into(), value: 1.0, must: "something else" };
    let result = each(&People::new(3000, 0), &OUTPUTS, &Options::default(), |_, _| Err(wrong.clone()));
    assert_eq!(result, Err(wrong));
}

#[test]
fn a_panic_is_seen_and_leaves_nobody_waiting() {
    let options = Options { threads: 3, ..Options::default() };
    let take = |first, _: &Seen| {
        assert!(first == 0, "the second chunk is too much");
        Ok(())
    };
    let batch = || each(&People::new(600, 0), &OUTPUTS, &options, take);
    assert!(catch_unwind(AssertUnwindSafe(batch)).is_err());
}

#[test]
fn a_watch_counts_all_and_stops_soon() {
    let people = People::new(1100, 0);
    let watch = Watch::default();
    run(&people, &OUTPUTS, &Options { watch: Some(&watch), ..Options::default() }).expect("it goes well");
    assert_eq!(watch.done(), 1100);
    let watch = Watch::default();
    watch.stop();
    let result = run(&people, &OUTPUTS, &Options { watch: Some(&watch), threads: 1, ..Options::default() });
    assert!(matches!(result, Err(Error::Stopped { done, size: 1100 }) if done < 100), "{result:?}");
}

#[test]
fn nobody_and_no_time_are_nothing() {
    assert!(seen(&People::new(0, 0), 2).values.is_empty());
    let timeless = People { times_h: Vec::new(), ..People::new(5, 0) };
    assert!(seen(&timeless, 2).values.is_empty());
}

#[test]
fn an_unknown_output_and_falling_times_are_refused() {
    let people = People::new(3, 0);
    let unknown = run(&people, &["pian"], &Options::default()).unwrap_err().to_string();
    assert!(unknown.contains("pian") && unknown.contains("disability"), "{unknown}");
    let falling = People { times_h: vec![2.0, 1.0], ..People::new(3, 0) };
    assert!(run(&falling, &OUTPUTS, &Options::default()).is_err());
}
