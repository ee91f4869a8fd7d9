//! Steps over data of any size, compared with the same steps on a plain vector.

use ndsight::{Cardinality, Dataset};
use proptest::prelude::*;

use crate::{counting, dataset, scalars, values};

/// A step that keeps elements as they are.
#[derive(Clone, Copy, Debug)]
enum Step {
    Take(usize),
    Skip(usize),
    Shuffle(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0_usize..60).prop_map(Step::Take),
        (0_usize..30).prop_map(Step::Skip),
        any::<u64>().prop_map(Step::Shuffle),
    ];
    prop::collection::vec(step, 0..6)
}

fn apply(ds: &Dataset, steps: &[Step]) -> Dataset {
    steps.iter().fold(ds.clone(), |ds, step| match *step {
        Step::Take(n) => ds.take(n),
        Step::Skip(n) => ds.skip(n),
        Step::Shuffle(seed) => ds.shuffle(seed),
    })
}

/// The same on a vector. The order of a shuffle is its own affair, but depends on
/// nothing but length and seed, so it is read off a data set of positions.
fn model(values: Vec<u32>, steps: &[Step]) -> Vec<u32> {
    steps.iter().fold(values, |values, step| match *step {
        Step::Take(n) => values.into_iter().take(n).collect(),
        Step::Skip(n) => values.into_iter().skip(n).collect(),
        Step::Shuffle(seed) => {
            let order: Vec<u32> = scalars(&counting(values.len()).shuffle(seed), 0);
            order.iter().map(|&i| values[i as usize]).collect()
        }
    })
}

fn all_batches(batches: &Dataset) -> Vec<Vec<u32>> {
    batches
        .iter()
        .map(|batch| values(&batch.unwrap(), 0))
        .collect()
}

fn finite(n: usize) -> Cardinality {
    Cardinality::Finite(n)
}

proptest! {
    #[test]
    fn batches_laid_end_to_end_are_the_whole(n in 0_usize..80, size in 1_usize..20) {
        let batches = counting(n).batch(size).unwrap();
        prop_assert_eq!(batches.cardinality(), finite(n.div_ceil(size)));
        let all = all_batches(&batches);
        prop_assert!(all.iter().rev().skip(1).all(|batch| batch.len() == size));
        prop_assert!(all.iter().all(|batch| !batch.is_empty()));
        prop_assert_eq!(all.concat(), (0..n as u32).collect::<Vec<u32>>());
    }

    #[test]
    fn batches_without_remainder_are_the_full_ones(n in 0_usize..80, size in 1_usize..20) {
        let ds = counting(n);
        let full = all_batches(&ds.batch_drop_remainder(size).unwrap());
        let all = all_batches(&ds.batch(size).unwrap());
        prop_assert_eq!(&full[..], &all[..n / size]);
    }

    #[test]
    fn a_shuffle_is_a_permutation_that_its_seed_decides(n in 0_usize..300, seed in any::<u64>()) {
        let shuffled: Vec<u32> = scalars(&counting(n).shuffle(seed), 0);
        let again: Vec<u32> = scalars(&counting(n).shuffle(seed), 0);
        prop_assert_eq!(&shuffled, &again);
        let mut sorted = shuffled;
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..n as u32).collect::<Vec<u32>>());
    }

    // By chance two orders of 30 agree once in 10^32 pairs.
    #[test]
    fn other_seeds_give_other_orders(n in 30_usize..300, seed in any::<u64>(), by in 1_u64..) {
        let one: Vec<u32> = scalars(&counting(n).shuffle(seed), 0);
        let other: Vec<u32> = scalars(&counting(n).shuffle(seed.wrapping_add(by)), 0);
        prop_assert_ne!(one, other);
    }

    #[test]
    fn take_and_skip_part_the_whole(n in 0_usize..80, at in 0_usize..100) {
        let ds = counting(n).shuffle(7);
        let (mut head, tail) = (scalars::<u32>(&ds.take(at), 0), scalars::<u32>(&ds.skip(at), 0));
        prop_assert_eq!(head.len(), at.min(n));
        head.extend(tail);
        prop_assert_eq!(head, scalars::<u32>(&ds, 0));
    }

    #[test]
    fn compositions_equal_those_of_a_vector(n in 0_usize..60, steps in steps()) {
        let ds = apply(&counting(n), &steps);
        let expected = model((0..n as u32).collect(), &steps);
        prop_assert_eq!(ds.cardinality(), finite(expected.len()));
        prop_assert_eq!(scalars::<u32>(&ds, 0), expected);
    }

    #[test]
    fn batches_of_compositions_are_chunks_of_a_vector(
        n in 0_usize..60,
        before in steps(),
        size in 1_usize..10,
        after in steps(),
    ) {
        let ds = apply(&apply(&counting(n), &before).batch(size).unwrap(), &after);
        let rows = model((0..n as u32).collect(), &before);
        let chunks: Vec<Vec<u32>> = rows.chunks(size).map(<[u32]>::to_vec).collect();
        let order = model((0..chunks.len() as u32).collect(), &after);
        let expected: Vec<Vec<u32>> = order.iter().map(|&i| chunks[i as usize].clone()).collect();
        prop_assert_eq!(all_batches(&ds), expected);
    }

    #[test]
    fn batches_of_batches_keep_every_row(n in 0_usize..60, inner in 1_usize..5, outer in 1_usize..5) {
        let whole = n / inner * inner;
        let nested = counting(n).batch_drop_remainder(inner).unwrap().batch(outer).unwrap();
        let rows: Vec<u32> = nested
            .iter()
            .flat_map(|batch| batch.unwrap().component(0).unwrap().array::<u32, ndarray::Ix2>().unwrap())
            .collect();
        prop_assert_eq!(rows, (0..whole as u32).collect::<Vec<u32>>());
    }

    #[test]
    fn an_index_finds_what_iteration_yields(n in 0_usize..60, steps in steps()) {
        let ds = apply(&counting(n), &steps);
        for (i, element) in ds.iter().enumerate() {
            let (by_index, element) = (ds.at(i).unwrap(), element.unwrap());
            prop_assert_eq!(by_index.structure(), element.structure());
        }
        prop_assert!(ds.at(ds.len().unwrap()).is_err());
    }

    #[test]
    fn components_stay_together(n in 1_usize..60, steps in steps(), size in 1_usize..10) {
        let squares: Vec<i64> = (0..n as i64).map(|i| i * i).collect();
        let names: Vec<String> = (0..n).map(|i| format!("row {i}")).collect();
        let ds = dataset(((0..n as u32).collect::<Vec<u32>>(), squares, names));
        for batch in apply(&ds, &steps).batch(size).unwrap() {
            let batch = batch.unwrap();
            let numbers: Vec<u32> = values(&batch, 0);
            let (squares, names): (Vec<i64>, Vec<String>) = (values(&batch, 1), values(&batch, 2));
            for (i, &number) in numbers.iter().enumerate() {
                prop_assert_eq!(squares[i], i64::from(number) * i64::from(number));
                prop_assert_eq!(&names[i], &format!("row {number}"));
            }
        }
    }

    #[test]
    fn an_element_as_a_data_set_is_the_element(n in 1_usize..40, size in 1_usize..10) {
        let ds = counting(n);
        let batches = ds.batch(size).unwrap();
        let rows: Vec<u32> = batches
            .iter()
            .flat_map(|batch| scalars::<u32>(&batch.unwrap().to_dataset(), 0))
            .collect();
        prop_assert_eq!(rows, scalars::<u32>(&ds, 0));
    }
}

#[test]
fn shuffles_are_uniform_enough() {
    // Each of 10 values comes first in about 2,000 of 20,000 shuffles; the
    // standard deviation is 42.
    let mut first = [0_u32; 10];
    for seed in 0..20_000 {
        let value: u32 = counting(10).shuffle(seed).at(0).unwrap().scalar(0).unwrap();
        first[value as usize] += 1;
    }
    assert!(first.iter().all(|n| n.abs_diff(2_000) < 250), "{first:?}");
}
