//! Chains of steps, over elements that can be reached in any order and over those that
//! come one after another, compared with the same steps on a plain vector.

use ndarray::Array1;
use ndsight::{Cardinality, Dataset, PaddedBatch, Result, Window};
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

/// A step that makes numbers of numbers.
#[derive(Clone, Debug)]
enum Step {
    Take(usize),
    Skip(usize),
    Repeat(usize),
    Shard(usize, usize),
    Concatenate(i64),
    Double,
    DoubleOnThreads(usize),
    Number(i64),
    Batched(usize, bool),
    Sum(usize, usize, usize, bool),
    Zip,
    Cache,
    Prefetch(usize),
    Thirds,
    Sums,
    Unique,
    Spread,
    Below(i64),
    Sorted,
    Rebatched(usize, usize, bool),
    Padded(usize, bool),
    NumberedBatches(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_usize..40).prop_map(Step::Take),
        (0_usize..20).prop_map(Step::Skip),
        (0_usize..4).prop_map(Step::Repeat),
        (1_usize..5, 0_usize..5).prop_map(|(n, i)| Step::Shard(n, i % n)),
        (0_i64..9).prop_map(Step::Concatenate),
        Just(Step::Double),
        (1_usize..4).prop_map(Step::DoubleOnThreads),
        (-3_i64..3).prop_map(Step::Number),
        (1_usize..7, any::<bool>()).prop_map(|(n, drop)| Step::Batched(n, drop)),
        (1_usize..5, 1_usize..6, 1_usize..4, any::<bool>())
            .prop_map(|(size, shift, stride, drop)| Step::Sum(size, shift, stride, drop)),
        Just(Step::Zip),
        Just(Step::Cache),
        (0_usize..4).prop_map(Step::Prefetch),
        Just(Step::Thirds),
        Just(Step::Sums),
        Just(Step::Unique),
        Just(Step::Spread),
        (0_i64..30).prop_map(Step::Below),
        Just(Step::Sorted),
        (1_usize..5, 1_usize..40, any::<bool>())
            .prop_map(|(n, m, drop)| Step::Rebatched(n, m, drop)),
        (1_usize..9, any::<bool>()).prop_map(|(n, drop)| Step::Padded(n, drop)),
        (1_usize..7).prop_map(Step::NumberedBatches),
    ]
}

fn chain() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 0..5)
}

fn sum_of(window: &Dataset) -> Result<i64> {
    window.reduce(0_i64, |sum, x: i64| sum.wrapping_add(x))
}

fn apply(ds: &Dataset, step: &Step) -> Result<Dataset> {
    match *step {
        Step::Take(n) => Ok(ds.take(n)),
        Step::Skip(n) => Ok(ds.skip(n)),
        Step::Repeat(n) => Ok(ds.repeat(n)),
        Step::Shard(n, i) => ds.shard(n, i),
        Step::Concatenate(n) => ds.concatenate(&Dataset::range(0..n)),
        Step::Double => ds.map(|x: i64| x.wrapping_mul(2)),
        Step::DoubleOnThreads(n) => ds.map_parallel(n, |x: i64| x.wrapping_mul(2)),
        Step::Number(start) => ds
            .enumerate_from(start)
            .map(|(i, x): (i64, i64)| i.wrapping_add(x)),
        Step::Batched(n, false) => ds.batch(n)?.unbatch(),
        Step::Batched(n, true) => ds.batch_drop_remainder(n)?.unbatch(),
        Step::Sum(size, shift, stride, drop) => {
            let window = Window::new(size).shift(shift).stride(stride);
            ds.window(window.drop_remainder(drop))?
                .map(|window: Dataset| sum_of(&window))
        }
        Step::Zip => {
            Dataset::zip((ds, Dataset::counter(0, 1)))?.map(|(x, i): (i64, i64)| x.wrapping_sub(i))
        }
        Step::Cache => Ok(ds.cache()),
        Step::Prefetch(n) => Ok(ds.prefetch(n)),
        Step::Thirds => ds.filter(|x: i64| x % 3 == 0),
        Step::Sums => ds.scan(0_i64, |sum, x: i64| {
            let sum = sum.wrapping_add(x);
            (sum, sum)
        }),
        Step::Unique => Ok(ds.unique()),
        Step::Spread => ds.flat_map(|x: i64| Dataset::range(0..x.rem_euclid(4))),
        Step::Below(n) => ds.take_while(move |x: i64| x < n),
        Step::Sorted => ds.collect()?.sort_by(0),
        // Batches go through closures that take them as they come.
        Step::Rebatched(n, m, false) => ds.batch(n)?.rebatch(m)?.map(row)?.unbatch(),
        Step::Rebatched(n, m, true) => ds.batch(n)?.rebatch_drop_remainder(m)?.map(row)?.unbatch(),
        Step::Padded(n, drop) => ds
            .padded_batch(PaddedBatch::new(n).drop_remainder(drop))?
            .map(row)?
            .unbatch(),
        Step::NumberedBatches(n) => ds
            .batch(n)?
            .enumerate()
            .map(|(_, batch): (i64, Array1<i64>)| batch)?
            .unbatch(),
    }
}

fn row(batch: Array1<i64>) -> Array1<i64> {
    batch
}

fn model(values: Vec<i64>, step: &Step) -> Vec<i64> {
    match *step {
        Step::Take(n) => values.into_iter().take(n).collect(),
        Step::Skip(n) => values.into_iter().skip(n).collect(),
        Step::Repeat(n) => values.repeat(n),
        Step::Shard(n, i) => values.into_iter().skip(i).step_by(n).collect(),
        Step::Concatenate(n) => values.into_iter().chain(0..n).collect(),
        Step::Double | Step::DoubleOnThreads(_) => {
            values.into_iter().map(|x| x.wrapping_mul(2)).collect()
        }
        Step::Number(start) => {
            let numbered = values.into_iter().zip(start..);
            numbered.map(|(x, i)| i.wrapping_add(x)).collect()
        }
        Step::Rebatched(_, _, false) | Step::NumberedBatches(_) => values,
        Step::Batched(n, drop) | Step::Rebatched(_, n, drop) | Step::Padded(n, drop) => {
            let kept = if drop {
                values.len() / n * n
            } else {
                values.len()
            };
            values[..kept].to_vec()
        }
        Step::Sum(size, shift, stride, drop) => {
            let windows = (0..values.len()).step_by(shift).map(|start| {
                let window = values[start..].iter().step_by(stride).take(size);
                window.copied().collect::<Vec<i64>>()
            });
            let whole = windows.filter(|window| !drop || window.len() == size);
            whole
                .map(|window| window.into_iter().fold(0, i64::wrapping_add))
                .collect()
        }
        Step::Zip => {
            let numbered = values.into_iter().zip(0..);
            numbered.map(|(x, i)| x.wrapping_sub(i)).collect()
        }
        Step::Cache | Step::Prefetch(_) => values,
        Step::Thirds => values.into_iter().filter(|x| x % 3 == 0).collect(),
        Step::Sums => {
            let sums = values.into_iter().scan(0_i64, |sum, x| {
                *sum = sum.wrapping_add(x);
                Some(*sum)
            });
            sums.collect()
        }
        Step::Unique => {
            let mut seen = std::collections::HashSet::new();
            values.into_iter().filter(|x| seen.insert(*x)).collect()
        }
        Step::Spread => values
            .into_iter()
            .flat_map(|x| 0..x.rem_euclid(4))
            .collect(),
        Step::Below(n) => values.into_iter().take_while(|x| *x < n).collect(),
        Step::Sorted => {
            let mut values = values;
            values.sort();
            values
        }
    }
}

fn numbers(ds: &Dataset) -> Vec<i64> {
    let numbers = ds
        .iter()
        .map(|element| element.unwrap().scalar::<i64>(0).unwrap());
    numbers.collect()
}

/// Everything that can be asked of a data set agrees with what a pass gives.
fn is_sound(ds: &Dataset, expected: &[i64]) {
    assert_eq!(numbers(ds), expected);
    assert_eq!(numbers(ds), expected, "a second pass");
    if let Cardinality::Finite(n) = ds.cardinality() {
        assert_eq!(n, expected.len());
    }
    assert_eq!(ds.array::<i64, ndarray::Ix1>(0).unwrap().to_vec(), expected);
    for k in [0, 1, expected.len() / 2, expected.len()] {
        let rest: Vec<i64> = expected.iter().copied().skip(k).collect();
        assert_eq!(numbers(&ds.skip(k)), rest, "skip {k}");
        let nth = ds
            .iter()
            .nth(k)
            .map(|e| e.unwrap().scalar::<i64>(0).unwrap());
        assert_eq!(nth, expected.get(k).copied());
    }
    if ds.is_random_access() {
        let reached = (0..expected.len()).map(|i| ds.at(i).unwrap().scalar::<i64>(0).unwrap());
        assert_eq!(reached.collect::<Vec<i64>>(), expected);
        assert!(ds.at(expected.len()).is_err());
    }
    let mut sorted = expected.to_vec();
    sorted.sort_unstable();
    for shuffled in [ds.shuffle(5), ds.sample(expected.len(), 6).unwrap()] {
        let mut found = numbers(&shuffled);
        found.sort_unstable();
        assert_eq!(found, sorted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn chains_do_as_on_a_vector(n in 0_i64..25, steps in chain()) {
        let reached = Dataset::range(0..n);
        // The same elements, one after another.
        let passing = reached.filter(|_: i64| true).unwrap();
        let expected = steps.iter().fold((0..n).collect(), model);
        for start in [reached, passing] {
            let ds = steps.iter().try_fold(start, |ds, step| apply(&ds, step)).unwrap();
            is_sound(&ds, &expected);
        }
    }
}

/// The steps that translate positions do not take random access away.
#[test]
fn random_access_stays() {
    let ds = Dataset::range(0..100);
    let all = ds
        .take(90)
        .skip(10)
        .shuffle(1)
        .shard(2, 1)
        .unwrap()
        .repeat(None)
        .enumerate()
        .map(|(i, x): (i64, i64)| i + x)
        .unwrap()
        .batch(8)
        .unwrap();
    assert!(all.is_random_access());
    assert_eq!(all.cardinality(), Cardinality::Infinite);
    let far = 1_000_000_000_usize;
    let batch = all.at(far).unwrap().array::<i64, ndarray::Ix1>(0).unwrap();
    assert!(batch[0] > 8 * far as i64);
    let zipped = Dataset::zip((&ds, ds.concatenate(&ds).unwrap())).unwrap();
    assert!(zipped.cache().prefetch(2).is_random_access());
    assert!(ds.window(3).unwrap().is_random_access());
    assert!(ds.sample(3, 1).unwrap().is_random_access());
    assert!(!ds.filter(|x: i64| x > 3).unwrap().is_random_access());
}

/// Elements that fail leave the sums as they were.
#[test]
fn a_scan_goes_on_after_an_error() {
    let add = |sum: i64, x: i64| match x {
        2 => Err("two"),
        x => Ok((sum + x, sum + x)),
    };
    let sums = Dataset::range(0..5).scan(0, add).unwrap();
    let sums: Vec<Option<i64>> = sums
        .iter()
        .map(|x| Some(x.ok()?.scalar(0).unwrap()))
        .collect();
    assert_eq!(sums, [Some(0), Some(1), None, Some(4), Some(8)]);
}

#[test]
fn stepping_over_elements_does_not_make_them() {
    let calls = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&calls);
    let counted = move |x: i64| {
        count.fetch_add(1, SeqCst);
        x
    };
    let ds = Dataset::range(0..1_000).map(counted).unwrap();
    let before = calls.load(SeqCst);
    let mut pass = ds.iter();
    assert_eq!(
        pass.nth(900).unwrap().unwrap().scalar::<i64>(0).unwrap(),
        900
    );
    assert_eq!(pass.nth(9).unwrap().unwrap().scalar::<i64>(0).unwrap(), 910);
    assert_eq!(calls.load(SeqCst) - before, 2);
    assert_eq!(pass.size_hint(), (89, Some(89)));
    // A batch that is taken apart again is made once.
    let whole = ds
        .batch_drop_remainder(100)
        .unwrap()
        .unbatch()
        .unwrap()
        .batch(50)
        .unwrap();
    let before = calls.load(SeqCst);
    assert_eq!(
        whole.at(3).unwrap().array::<i64, ndarray::Ix1>(0).unwrap()[0],
        150
    );
    assert_eq!(calls.load(SeqCst) - before, 100);
}

/// A pass that is dropped takes the thread that reads ahead for it with it, even one whose
/// source never gives another element.
#[test]
fn a_thread_that_reads_ahead_ends_with_its_pass() {
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    let few = move |x: i64| {
        count.fetch_add(1, SeqCst);
        x < 5
    };
    let ahead = Dataset::counter(0, 1).filter(few).unwrap().prefetch(1);
    assert_eq!(ahead.iter().take(5).count(), 5);
    let ended = (0..200).any(|_| {
        let before = seen.load(SeqCst);
        std::thread::sleep(Duration::from_millis(20));
        seen.load(SeqCst) == before
    });
    assert!(ended, "the thread still reads");
}
