//! Two data sets side by side that have nothing, little or too much in common.

use ndarray::{Array1, Array2, Array3, array};
use ndsight::{Comparison, Dataset, Error, compare, dict};

use crate::{WORDS, dataset, drawn, refused, sketched, two_features};

fn compared(before: &Dataset, after: &Dataset) -> Comparison {
    compare(before, after).unwrap()
}

/// Draws a comparison, and shows it: neither may fail.
fn shown(comparison: &Comparison) -> String {
    sketched(comparison);
    comparison.show();
    comparison.to_text().unwrap()
}

#[test]
fn nothing_in_common() {
    assert_eq!(
        refused(
            compare(&two_features(), &dataset(vec!["a"])),
            Error::is_name
        ),
        "expected data sets with a feature, a label or images in common, but the elements before are float64 (2,) and those after are string (); name features alike with with_feature_names([…])"
    );
    let named = two_features().with_feature_names(["a", "b"]).unwrap();
    assert!(compare(&two_features(), &named).unwrap_err().is_name());
}

#[test]
fn sides_without_rows() {
    let (some, none) = (two_features(), two_features().take(0));
    for (before, after) in [(&some, &none), (&none, &some), (&none, &none)] {
        let comparison = compared(before, after);
        let feature = comparison.feature(0).unwrap();
        assert_eq!((feature.ks(), feature.mean_shift()), (None, None));
        assert!(comparison.leakage().is_none());
        assert_eq!(comparison.unchanged(), None);
        shown(&comparison);
    }
    let labelled = dataset((vec![1.0, 2.0], vec!["a", "b"]));
    let comparison = compared(&labelled, &labelled.take(0));
    let share = &comparison.class_shares()[0];
    assert_eq!((share.before(), share.after()), (0.5, 0.0));
    shown(&comparison);
}

#[test]
fn one_row_each() {
    let comparison = compared(&dataset(vec![1.0]), &dataset(vec![2.0]));
    let feature = comparison.feature(0).unwrap();
    assert_eq!((feature.ks(), feature.mean_shift()), (Some(1.0), None));
    shown(&comparison);
    drawn(&comparison);
    let same = compared(&dataset(vec![1.0]), &dataset(vec![1.0]));
    assert_eq!(same.unchanged(), Some((1, 1)));
}

#[test]
fn values_that_are_no_numbers() {
    let odd = [
        vec![f64::NAN; 3],
        vec![f64::INFINITY, f64::NEG_INFINITY],
        vec![f64::MAX, -f64::MAX],
        vec![5e-324, 0.0],
        vec![7.0; 4],
    ];
    for before in &odd {
        for after in &odd {
            let comparison = compared(&dataset(before.clone()), &dataset(after.clone()));
            let feature = comparison.feature(0).unwrap();
            assert!(feature.ks().is_none_or(|ks| (0.0..=1.0).contains(&ks)));
            assert!(feature.mean_shift().is_none_or(|shift| !shift.is_nan()));
            sketched(&comparison);
        }
    }
    let large = dataset(vec![u64::MAX, u64::MAX - 1]);
    assert!(compared(&large, &large.take(1)).leakage().is_some());
    assert!(compared(&large.take(1), &large.skip(1)).leakage().is_none());
}

#[test]
fn data_without_an_end() {
    let endless = two_features().repeat(None);
    for (before, after) in [(&endless, &two_features()), (&endless, &endless)] {
        let text = shown(&compared(before, after));
        let said = "before: the first 10,000 rows of an endless data set";
        assert!(text.contains(said), "{text}");
    }
    let never = endless.filter(|x: Array1<f64>| x[0] < 0.0).unwrap();
    shown(&compared(&two_features(), &never));
}

#[test]
fn elements_that_fail() {
    let some = two_features();
    let fails = |from: f64| {
        let failing = some.map(move |x: Array1<f64>| match x[0] {
            first if first >= from => Err(format!("{first} is too much")),
            _ => Ok(x),
        });
        failing.unwrap()
    };
    let comparison = compared(&some, &fails(6.0));
    let problem = comparison.problem_after().unwrap().to_string();
    assert_eq!(problem, "map: element 3: 6 is too much");
    let text = shown(&comparison);
    let said = "some elements of 'after' are missing: map: element 3: 6 is too much";
    assert!(text.contains(said), "{text}");
    // Where all fail, there is nothing to compare.
    let all = compare(&some, &fails(1.0).skip(1));
    assert_eq!(
        refused(all, Error::is_function),
        "data set 'after': map: element 1: 2 is too much"
    );
}

#[test]
fn other_structures() {
    let vectors = dataset(dict! { "x": array![[1.0, 2.0], [3.0, 4.0]] });
    let numbers = dataset(dict! { "x 1": array![1.0, 2.0], "y": array![1, 2] });
    let comparison = compared(&vectors, &numbers);
    assert_eq!(comparison.only_before(), ["x 2"]);
    assert_eq!(comparison.feature("x 1").unwrap().ks(), Some(0.5));
    shown(&comparison);
    let (small, large) = (
        Array3::<u8>::zeros((3, 4, 4)),
        Array3::<u8>::ones((2, 9, 5)),
    );
    let comparison = compared(&dataset(small), &dataset(large));
    assert_eq!(comparison.feature("pixels").unwrap().ks(), Some(1.0));
    shown(&comparison);
    let batched = two_features().batch(4).unwrap();
    assert_eq!(
        compared(&two_features(), &batched).unchanged(),
        Some((6, 6))
    );
}

#[test]
fn ten_thousand_features() {
    let wide = dataset(Array2::from_shape_fn((3, 10_000), |(i, j)| (i * j) as f64));
    let moved = wide.map(|x: Array1<f64>| x + 1.0).unwrap();
    let comparison = compared(&wide, &moved);
    assert_eq!(comparison.drift().len(), 10_000);
    let text = shown(&comparison);
    let said = "12 of 10,000 features, those that differ most";
    assert!(text.contains(said), "{text}");
}

#[test]
fn very_many_classes() {
    let labels = Array1::from_iter(0..100_000_i64);
    let ds = dataset((labels.mapv(|v| v as f64), labels));
    let comparison = compared(&ds.take(50_000), &ds.skip(50_000));
    assert!(comparison.class_shares().len() >= 20_000);
    assert!(comparison.leakage().is_none());
    shown(&comparison);
}

#[test]
fn hostile_names() {
    for name in WORDS {
        let named = two_features().with_feature_names([name, "x"]).unwrap();
        let comparison = compared(&named, &named).names(name, name);
        shown(&comparison);
        let alike = two_features().with_feature_names([name, name]).unwrap();
        assert_eq!(compared(&alike, &alike).drift().len(), 2);
        let classes = dataset((vec![1.0, 2.0], vec![name, "x"]));
        shown(&compared(&classes, &classes));
    }
}
