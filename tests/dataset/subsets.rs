//! Splits, samples, sorting and selections: parts of data sets.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array2, Ix1, Ix2, array};
use ndsight::{Dataset, Shuffle, Split, dict};
use proptest::prelude::*;

use crate::{counting, dataset, scalars};

/// Ids, and a class that comes `i`-th in `shares[i]` of every `sum(shares)` elements.
fn classes(shares: &[usize], times: usize) -> Dataset {
    let period: Vec<i64> = (shares.iter().enumerate())
        .flat_map(|(class, &n)| std::iter::repeat_n(class as i64, n))
        .collect();
    let labels = period.repeat(times);
    let ids: Vec<u32> = (0..labels.len() as u32).collect();
    dataset((ids, labels))
}

fn ids(ds: &Dataset) -> Vec<u32> {
    scalars(ds, 0)
}

fn counts(ds: &Dataset) -> BTreeMap<i64, usize> {
    let mut counts = BTreeMap::new();
    for label in scalars::<i64>(ds, 1) {
        *counts.entry(label).or_default() += 1;
    }
    counts
}

proptest! {
    #[test]
    fn a_split_parts_the_whole(
        times in 1_usize..20, fraction in 0.0..=1.0_f64,
        seed in proptest::option::of(any::<u64>()), stratified in any::<bool>(),
    ) {
        let ds = classes(&[5, 3, 1], times);
        let split = Split::new(fraction);
        let split = if stratified { split.stratify(1) } else { split };
        let split = seed.map_or(split.clone(), |seed| split.seed(seed));
        let (first, second) = ds.split(split).unwrap();
        let all: BTreeSet<u32> = ids(&first).into_iter().chain(ids(&second)).collect();
        prop_assert_eq!(all.len(), 9 * times);
        prop_assert_eq!(first.len().unwrap() + second.len().unwrap(), 9 * times);
        if stratified {
            for (class, n) in counts(&ds) {
                let got = counts(&first).get(&class).copied().unwrap_or(0);
                prop_assert_eq!(got, (n as f64 * fraction).round() as usize);
            }
        }
    }

    #[test]
    fn a_sample_is_of_different_elements(n in 0_usize..60, count in 0_usize..80, seed in any::<u64>()) {
        let passing = counting(n).filter(|_: u32| true).unwrap();
        for ds in [counting(n), passing] {
            let sample = ids(&ds.sample(count, seed).unwrap());
            prop_assert_eq!(sample.len(), count.min(n));
            prop_assert_eq!(sample.iter().collect::<BTreeSet<_>>().len(), sample.len());
            prop_assert_eq!(&ids(&ds.sample(count, seed).unwrap()), &sample);
        }
    }
}

/// Each element is in a sample of 3 of 10 about as often as any other, whether reached in
/// any order or read one after another: a chi-squared of 9 degrees of freedom stays
/// below its 99.99 % point.
#[test]
fn samples_are_uniform() {
    let passing = counting(10).filter(|_: u32| true).unwrap();
    for ds in [counting(10), passing] {
        let (mut seen, trials) = ([0_u32; 10], 3_000);
        for seed in 0..trials {
            for id in ids(&ds.sample(3, seed).unwrap()) {
                seen[id as usize] += 1;
            }
        }
        let expected = trials as f64 * 0.3;
        let chi2: f64 = seen
            .iter()
            .map(|&n| (f64::from(n) - expected).powi(2) / expected)
            .sum();
        assert!(chi2 < 34.0, "chi² {chi2}: {seen:?}");
    }
}

/// What a shuffle orders anew on each pass does not move from one part to the other.
#[test]
fn parts_do_not_leak_into_one_another() {
    let shuffled = counting(100).shuffle(Shuffle::new(1).reshuffle_each_iteration(true));
    let (train, test) = shuffled.split(0.7).unwrap();
    let seen: BTreeSet<u32> = (0..5).flat_map(|_| ids(&train)).collect();
    assert_eq!(seen.len(), 70);
    assert!(
        (0..5)
            .flat_map(|_| ids(&test))
            .all(|id| !seen.contains(&id))
    );
    let few = shuffled.sample(5, 2).unwrap();
    assert_eq!(ids(&few), ids(&few));
    // Of the shuffle itself each pass is another.
    assert_ne!(ids(&shuffled), ids(&shuffled));
}

#[test]
fn as_many_of_each_class_are_sampled() {
    let ds = classes(&[50, 5, 1], 2);
    let few = ds.sample_by(1, 4).unwrap();
    assert_eq!(counts(&few), BTreeMap::from([(0, 4), (1, 4), (2, 2)]));
    assert_eq!(scalars::<i64>(&few, 1), [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
    assert_ne!(ids(&few)[..4], [0, 1, 2, 3], "not just the first");
    let others = ds.shuffle(3).sample_by(1, 4).unwrap();
    assert_ne!(ids(&others), ids(&few));
}

#[test]
fn sorting_keeps_equal_elements_in_order() {
    let ds = dataset(dict! {
        "id": vec![0_u32, 1, 2, 3, 4],
        "x": array![[2.0, 0.0], [f64::NAN, 1.0], [1.0, 2.0], [2.0, 3.0], [-1.0, 4.0]],
    });
    let sorted = |by: usize| ids(&ds.sort_by(by).unwrap());
    assert_eq!(ids(&ds.sort_by("id").unwrap()), [0, 1, 2, 3, 4]);
    // Features are counted through: 0 is the id, 1 the first entry of `x`.
    assert_eq!(ids(&ds.sort_by("x 1").unwrap()), [4, 2, 0, 3, 1]);
    assert_eq!(ids(&ds.sort_by_descending("x 1").unwrap()), [0, 3, 2, 4, 1]);
    assert_eq!(sorted(0), [0, 1, 2, 3, 4]);
    let err = ds.sort_by("z").unwrap_err();
    assert_eq!(
        err.to_string(),
        "there is no feature named 'z'; the features are 'id', 'x 1', 'x 2'"
    );
}

#[test]
fn components_and_features_are_selected() {
    let x = Array2::from_shape_fn((4, 3), |(i, j)| (10 * i + j) as f64);
    let pairs = dataset((x.clone(), vec![7_i64, 8, 9, 10]));
    let spec = |ds: ndsight::Result<Dataset>| ds.unwrap().element_spec().to_string();
    assert_eq!(spec(pairs.select([1])), "int64 ()");
    assert_eq!(spec(pairs.select([1, 0])), "(int64 (), float64 (3,))");
    // A name that is no component's is a feature's; the label stays.
    assert_eq!(
        spec(pairs.select(["Feature 3"])),
        "(float64 (1,), int64 ())"
    );
    let named = dataset(x).with_feature_names(["a", "b", "c"]).unwrap();
    let turned = named.select(["c", "a"]).unwrap();
    assert_eq!(
        turned.at(1).unwrap().array::<f64, Ix1>(0).unwrap(),
        array![12.0, 10.0]
    );
    assert_eq!(
        turned
            .select(["a"])
            .unwrap()
            .array::<f64, Ix2>(0)
            .unwrap()
            .shape(),
        [4, 1]
    );
    // Batches are cut along the entries of their rows.
    let batches = named.batch(3).unwrap().select([1]).unwrap();
    assert_eq!(
        batches.at(0).unwrap().array::<f64, Ix2>(0).unwrap(),
        array![[1.0], [11.0], [21.0]]
    );
    let err = named.select(["a", "d"]).unwrap_err();
    assert_eq!(
        err.to_string(),
        "there is no feature named 'd'; the features are 'a', 'b', 'c'"
    );
    let err = pairs.select(["z"]).unwrap_err();
    assert_eq!(
        err.to_string(),
        "there is no component named 'z'; the components are '0', '1'"
    );
}

#[test]
fn components_are_renamed() {
    let pairs = dataset((vec![1, 2], vec![3, 4]));
    assert_eq!(
        pairs.rename([(0, "x")]).unwrap_err().to_string(),
        "expected a name for each of the 2 components of a tuple, but found fewer"
    );
    let named = pairs.rename([(1, "y"), (0, "x")]).unwrap();
    assert_eq!(named.element_spec().names(), ["x", "y"]);
    assert_eq!(
        named.rename([("x", "y")]).unwrap_err().to_string(),
        "expected every name once, but found two components named 'y'"
    );
    assert_eq!(
        named
            .rename([("x", "w")])
            .unwrap()
            .at(1)
            .unwrap()
            .scalar::<i32>("w")
            .unwrap(),
        2
    );
}
