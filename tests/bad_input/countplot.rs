//! Counted classes: labels that are none, hostile names, very many.

use ndarray::{Array2, Array3};
use ndsight::{Dataset, Error, dict};

use crate::{WORDS, dataset, drawn, refused, sketched, two_features};

#[test]
fn what_has_no_label() {
    assert_eq!(
        refused(two_features().countplot().to_svg(), Error::is_name),
        "expected a label to count, but the elements are float64 (2,); say what to count with of(key)"
    );
    let words = sketched(&two_features().countplot().of("Feature 2"));
    assert!(words.contains(&"11".to_owned()), "{words:?}");
    let pictures = dataset((Array3::<u8>::zeros((2, 8, 8)), vec![0, 1]));
    sketched(&pictures.countplot());
    assert!(pictures.countplot().of(0).to_svg().unwrap_err().is_shape());
    assert!(
        pictures
            .countplot()
            .of("age")
            .to_svg()
            .unwrap_err()
            .is_name()
    );
}

#[test]
fn choices_that_are_none() {
    let labels = dataset((vec![1.0, 2.0], vec![0, 1]));
    assert_eq!(
        refused(labels.countplot().stat("density").to_svg(), Error::is_name),
        "expected a measure of the bars (count, percent, proportion), but found \"density\""
    );
    assert_eq!(
        refused(
            labels.countplot().hue(1).against(&labels, "test").to_svg(),
            Error::is_value
        ),
        "expected either a hue or other data sets to compare with, but found both"
    );
    let err = labels.countplot().against(&two_features(), "test").to_svg();
    let err = refused(err, Error::is_name);
    assert!(
        err.starts_with("data set 'test': there is no component 1"),
        "{err}"
    );
    let none: [&str; 0] = [];
    sketched(&labels.countplot().order(none));
}

#[test]
fn hostile_classes() {
    let words: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    let ds = dataset(dict! { "kind": words.clone(), "other": words });
    drawn(&ds.countplot().of("kind").hue("other"));
    drawn(
        &ds.countplot()
            .of("kind")
            .hue("other")
            .stacked(true)
            .horizontal(true)
            .stat("proportion"),
    );
    sketched(&ds.countplot().of("kind").against(&ds.take(0), WORDS[1]));
    sketched(&ds.take(0).countplot().of("kind"));
    let odd = vec![f64::NAN, f64::NAN, f64::INFINITY, -0.0, f64::MAX];
    sketched(&dataset(dict! { "x": odd }).countplot().of("x").sort(true));
}

#[test]
fn very_many_classes_and_rows_without_end() {
    let many: Vec<u64> = (0..200_000).map(|i| u64::MAX - i).collect();
    let words = sketched(&dataset(dict! { "label": many }).countplot());
    assert!(
        words.contains(&"199,970 other classes".to_owned()),
        "{words:?}"
    );
    let words = sketched(&Dataset::counter(0, 1).countplot().of(0));
    assert!(
        words
            .iter()
            .any(|word| word.contains("of an endless data set")),
        "{words:?}"
    );
    let wide = dataset((Array2::<u8>::zeros((3, 10_000)), vec!["a", "b", "b"]));
    sketched(&wide.countplot());
}
