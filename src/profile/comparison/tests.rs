use ndarray::{Array1, Array2, Array3, Array4, array};

use super::*;
use crate::{Rule, dict};

fn iris() -> Dataset {
    let names = ["sepal length", "sepal width", "petal length", "petal width"];
    let iris = Dataset::from_npz("notebooks/data/iris.npz").unwrap();
    iris.with_feature_names(names).unwrap()
}

fn dataset(components: impl crate::IntoStructure) -> Dataset {
    Dataset::from_tensor_slices(components).unwrap()
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

#[test]
fn drift_is_that_of_scipy() {
    let comparison = compare(&iris().take(75), &iris().skip(75)).unwrap();
    // scipy.stats.ks_2samp and the means over std(ddof=1) of SciPy 1.17.1, NumPy 2.4.6.
    let expected = [
        ("sepal length", 0.5866666666666667, 1.572607942622955),
        ("sepal width", 0.38666666666666666, -0.6377328887044544),
        ("petal length", 0.6666666666666666, 1.946216671359913),
        ("petal width", 0.68, 2.1712473385051774),
    ];
    assert_eq!(comparison.drift().len(), 4);
    for (feature, (name, ks, shift)) in comparison.drift().iter().zip(expected) {
        assert_eq!(feature.name(), name);
        close(feature.ks(), ks);
        close(feature.mean_shift(), shift);
    }
    let named = comparison.feature("petal width").unwrap();
    assert_eq!(named.name(), comparison.feature(3).unwrap().name());
    let err = comparison.feature("height").unwrap_err();
    assert!(err.to_string().contains("'petal width'"), "{err}");
    assert!(comparison.only_before().is_empty() && comparison.only_after().is_empty());
}

#[test]
fn classes_have_shares() {
    let named = iris().with_class_names(["setosa", "versicolor", "virginica"]);
    // The names of one side are those of both.
    for (before, after) in [(named.clone(), iris()), (iris(), named)] {
        let comparison = compare(&before.take(75), &after.skip(75)).unwrap();
        let shares = comparison.class_shares().iter();
        let shares: Vec<_> = shares
            .map(|s| (s.class(), s.before(), s.counts()))
            .collect();
        assert_eq!(
            shares,
            [
                ("setosa", 2.0 / 3.0, (50, 0)),
                ("versicolor", 1.0 / 3.0, (25, 25)),
                ("virginica", 0.0, (0, 50)),
            ]
        );
    }
}

#[test]
fn features_are_matched_by_name_and_others_are_listed() {
    let before =
        dataset(dict! { "a": array![1.0, 2.0], "b": array![3.0, 4.0], "w": vec!["x", "y"] });
    let after = dataset(dict! { "b": array![3, 5], "c": array![0, 1], "label": vec![0, 1] });
    let comparison = compare(&before, &after).unwrap();
    let names: Vec<&str> = comparison.drift().iter().map(FeatureDrift::name).collect();
    assert_eq!(names, ["b"]);
    assert_eq!(comparison.only_before(), ["a", "w"]);
    assert_eq!(comparison.only_after(), ["c", "label"]);
    close(comparison.feature("b").unwrap().ks(), 0.5);
    // Features without names are those at the same place.
    let by_place = compare(&dataset(array![[1.0, 2.0]]), &dataset(array![[1.0], [2.0]])).unwrap();
    assert_eq!(by_place.drift()[0].name(), "Feature 1");
    assert_eq!(by_place.only_before(), ["Feature 2"]);
}

#[test]
fn nothing_in_common_is_an_error() {
    let err = compare(&dataset(vec!["a", "b"]), &iris()).unwrap_err();
    assert!(err.is_name());
    assert_eq!(
        err.to_string(),
        "expected data sets with a feature, a label or images in common, but the elements before are string () and those after are {'features': float64 (4,), 'labels': int64 ()}; name features alike with with_feature_names([…])"
    );
}

#[test]
fn values_that_are_not_numbers_are_left_out() {
    let before = dataset(vec![f64::NAN, 1.0, f64::INFINITY, 2.0]);
    let none = dataset(vec![f64::NAN, f64::NAN]);
    let x = &compare(&before, &dataset(vec![1.0, 2.0])).unwrap().drift()[0].clone();
    assert_eq!((x.ks(), x.mean_shift()), (Some(0.0), Some(0.0)));
    assert_eq!((x.before().missing(), x.before().infinite()), (1, 1));
    let x = &compare(&before, &none).unwrap().drift()[0].clone();
    assert_eq!((x.ks(), x.mean_shift()), (None, None));
    // Values that do not vary have no unit to measure a shift in.
    let x = &compare(&dataset(vec![1.0, 1.0]), &before).unwrap().drift()[0].clone();
    assert_eq!((x.ks(), x.mean_shift()), (Some(0.5), None));
}

#[test]
fn the_largest_numbers_shift_by_finite_amounts() {
    let low = dataset(vec![-f64::MAX, -f64::MAX / 2.0]);
    let high = dataset(vec![f64::MAX, f64::MAX / 2.0]);
    let comparison = compare(&low, &high).unwrap();
    assert_eq!(comparison.drift()[0].ks(), Some(1.0));
}

#[test]
fn images_are_compared_by_all_their_pixels() {
    let images = Array3::from_shape_fn((8, 4, 4), |(i, y, x)| (16 * i + 4 * y + x) as u8);
    let before = dataset((images.clone(), Array1::from_iter(0..8)));
    let after = before
        .map(|(image, label): (Array2<u8>, i32)| (image.mapv(f32::from) / 255.0, label))
        .unwrap();
    let comparison = compare(&before, &after).unwrap();
    let pixels = comparison.feature("pixels").unwrap();
    assert_eq!(pixels.before().count(), 128);
    // Only 0 and 1 of 0 to 127 lie in the range after.
    close(pixels.ks(), 127.0 / 128.0);
    let pictures = comparison.found.pictures.as_ref().unwrap();
    assert!(pictures.same_length);
    assert_eq!(pictures.rows.len(), 5);
    let [Some(first), Some(second)] = &pictures.rows[4].images else {
        panic!("a picture is missing");
    };
    assert_eq!(first.label.as_deref(), Some("4"));
    assert_eq!(second.label, first.label);
    assert_eq!(
        first.image,
        before.at(4).unwrap().component(0).unwrap().clone()
    );
}

#[test]
fn leaked_images_are_found_whatever_their_label() {
    let digits = Dataset::from_npz("notebooks/data/digits.npz").unwrap();
    let (train, test) = (digits.take(1000), digits.skip(1000));
    assert!(compare(&train, &test).unwrap().leakage().is_none());
    let leaked = train
        .skip(7)
        .take(20)
        .map(|(image, _): (Array2<u8>, i64)| dict! { "images": image, "labels": 99_i64 });
    let spoilt = test.concatenate(&leaked.unwrap()).unwrap();
    let comparison = compare(&train, &spoilt).unwrap().names("train", "test");
    let leakage = comparison.leakage().unwrap();
    assert_eq!(leakage.rule(), Rule::Leakage);
    assert_eq!(leakage.number(), 20.0);
    assert_eq!(
        leakage.message(),
        "20 of 817 images of 'test' are also in 'train'"
    );
    assert_eq!(comparison.leaks()[0], (7, 797));
    assert_eq!(comparison.leaks().len(), 20);
    assert_eq!(leakage.rows()[..2], [797, 798]);
    assert_eq!(comparison.unchanged(), None);
}

#[test]
fn what_a_step_left_alone_is_no_leak() {
    let numbers = Array1::from_iter((0..100).map(f64::from));
    let before = dataset(numbers);
    let clipped = before.map(|x: f64| x.min(79.0)).unwrap();
    let comparison = compare(&before, &clipped).unwrap();
    assert_eq!(comparison.unchanged(), Some((80, 100)));
    assert!(comparison.leakage().is_none() && comparison.leaks().is_empty());
    let moved = before.map(|x: f64| x + 0.5).unwrap();
    let comparison = compare(&before, &moved).unwrap();
    assert_eq!((comparison.unchanged(), comparison.leakage()), (None, None));
}

#[test]
fn few_different_rows_leak_nothing() {
    let coins = dataset(Array1::from_iter((0..40).map(|i| i % 2)));
    let comparison = compare(&coins, &coins.take(10)).unwrap();
    assert!(comparison.leakage().is_none());
}

#[test]
fn leaks_are_sought_in_all_rows_of_large_data() {
    let rows = Array2::from_shape_fn((30_000, 2), |(i, j)| (2 * i + j) as f64);
    let all = dataset(rows);
    let part = all.skip(29_000);
    let comparison = compare(&all, &part).unwrap();
    assert_eq!(comparison.leakage().map(Finding::number), Some(1000.0));
    assert_eq!(comparison.leaks()[99], (29_099, 99));
    // Without an end only those that were looked at are known.
    let endless = compare(&all.repeat(None), &part).unwrap();
    assert_eq!(endless.leakage(), None);
    let endless = compare(&all.skip(25_000).repeat(None), &part).unwrap();
    assert_eq!(
        endless.leakage().unwrap().message(),
        "1,000 of 1,000 rows of 'after' are also in 'before' (among the 10,000 looked at)"
    );
}

#[test]
fn findings_are_matched_by_rule_and_subject() {
    let one = |rule, n: f64, name: &str| Finding::new(rule, n, "it's", "hint").about([name]);
    let before = [one(Rule::Skewed, 2.5, "x"), one(Rule::Missing, 1.0, "x")];
    let after = [
        one(Rule::Skewed, 7.0, "x"),
        one(Rule::Missing, 1.0, "y"),
        one(Rule::Constant, 1.0, "x"),
    ];
    let [only_before, only_after] = only_in_one([&before, &after], &[]);
    assert_eq!(only_before, before[1..]);
    assert_eq!(only_after, after[1..]);
}

#[test]
fn images_and_labels_of_another_name_are_the_same_subjects() {
    let dark = Array4::<u8>::from_shape_fn((9, 8, 8, 3), |(i, y, x, c)| {
        let shade = (37 * (i + 1) * (y + 2) * (x + 3) * (c + 4)) % 251;
        if i == 4 { shade as u8 / 8 } else { shade as u8 }
    });
    let labels = Array1::from_iter(0..9).mapv(|i| i % 2);
    let named = |image: &str, label: &str| {
        let parts = vec![
            (image.to_owned(), crate::Structure::Leaf((&dark).into())),
            (label.to_owned(), crate::Structure::Leaf((&labels).into())),
        ];
        dataset(crate::Structure::Dict(parts))
    };
    let (before, after) = (named("photo", "class"), named("image", "label"));
    let found = after.findings().unwrap();
    let dark = found.iter().find(|f| f.rule() == Rule::Dark).unwrap();
    assert_eq!(dark.subjects(), ["image"]);
    let comparison = compare(&before, &after).unwrap();
    assert_eq!(comparison.findings_only_before(), []);
    assert_eq!(comparison.findings_only_after(), []);
}

#[test]
fn elements_that_fail_are_told_and_the_others_compared() {
    let before = dataset(Array1::from_iter(0..20));
    let failing = before
        .map(|x: i32| match x {
            3 => Err(format!("{x} is no number")),
            x => Ok(x),
        })
        .unwrap();
    let comparison = compare(&before, &failing).unwrap();
    assert_eq!(comparison.drift()[0].after().count(), 19);
    assert_eq!(comparison.problem_before().map(ToString::to_string), None);
    let problem = comparison.problem_after().unwrap().to_string();
    assert!(problem.contains("element 3"), "{problem}");
    assert_eq!(comparison.unchanged(), Some((19, 19)));
}
