//! Histograms: wrong bins, ranges, features and names.

use ndarray::{Array2, Array3, array};
use ndsight::{Bins, Error, dict};

use crate::{dataset, drawn, refused, two_features};

#[test]
fn bins_that_are_none() {
    let refused_bins = |bins: Bins, is| refused(two_features().hist().bins(bins).to_svg(), is);
    let cases: [(Bins, &str); 8] = [
        (0.into(), "expected at least one bin, but found 0"),
        ((-3).into(), "expected at least one bin, but found -3"),
        (
            100_000_000.into(),
            "expected at most 10000000 bins, but found 100000000; give a number of bins, or a range that leaves outliers out",
        ),
        (
            usize::MAX.into(),
            "expected at most 10000000 bins, but found 9e18; give a number of bins, or a range that leaves outliers out",
        ),
        (
            [0.0, 3.0, 2.0].into(),
            "expected edges of bins that do not fall, but edge 1 is 3 and the next one 2",
        ),
        (
            Vec::new().into(),
            "expected at least two edges of bins, but found none",
        ),
        (
            [1.0, f64::NAN].into(),
            "expected numbers as edges of bins, but edge 1 is NaN",
        ),
        (
            [f64::NAN, 1.0].into(),
            "expected numbers as edges of bins, but edge 0 is NaN",
        ),
    ];
    for (bins, text) in cases {
        assert_eq!(
            refused_bins(bins, Error::is_value),
            format!("feature 'Feature 1': {text}")
        );
    }
    assert_eq!(
        refused_bins("squareroot".into(), Error::is_name),
        "feature 'Feature 1': expected a rule for the bins (auto, fd, doane, scott, stone, rice, sturges, sqrt), but found \"squareroot\""
    );
}

#[test]
fn odd_edges_that_numpy_takes_too() {
    for bins in [vec![1.0], vec![2.0, 2.0], vec![1.0, f64::INFINITY]] {
        drawn(&two_features().hist().bins(bins));
    }
}

#[test]
fn a_range_that_is_none() {
    for (first, last, found) in [
        (3.0, 1.0, "3.0 to 1.0"),
        (f64::NAN, 1.0, "NaN to 1.0"),
        (0.0, f64::INFINITY, "0.0 to inf"),
    ] {
        assert_eq!(
            refused(
                two_features().hist().range(first, last).to_svg(),
                Error::is_value
            ),
            format!(
                "feature 'Feature 1': expected a range from a finite number to one not below it, but found {found}"
            )
        );
    }
    drawn(&two_features().hist().range(2.0, 2.0));
}

#[test]
fn an_unknown_feature() {
    assert_eq!(
        refused(
            two_features().hist().features(["width"]).to_svg(),
            Error::is_name
        ),
        "there is no feature named 'width'; the features are 'Feature 1', 'Feature 2'"
    );
    assert_eq!(
        refused(
            two_features().hist().features([0, 7]).to_svg(),
            Error::is_name
        ),
        "there is no feature 7; there are 2, counted from 0"
    );
    let many =
        dataset(Array2::<f64>::zeros((3, 22))).with_feature_names((0..22).map(|i| i.to_string()));
    assert_eq!(
        refused(
            many.unwrap().hist().features(["x"]).to_svg(),
            Error::is_name
        ),
        "there is no feature named 'x'; the features are '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18', '19' and 2 more"
    );
}

#[test]
fn words_are_no_feature() {
    assert_eq!(
        refused(dataset(array!["a", "b"]).hist().to_svg(), Error::is_shape),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are string ()"
    );
    let mixed = dataset(dict! { "name": array!["a", "b"], "x": vec![1.0, 2.0] });
    assert_eq!(
        refused(mixed.hist().features(["name"]).to_svg(), Error::is_name),
        "there is no feature named 'name'; the features are 'x'"
    );
}

#[test]
fn no_features() {
    let pictures = dataset((Array3::<u8>::zeros((2, 8, 8)), vec![0, 1]));
    assert_eq!(
        refused(pictures.hist().to_svg(), Error::is_shape),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are (uint8 (8, 8), int32 ())"
    );
    let none: [usize; 0] = [];
    assert_eq!(
        refused(
            two_features().hist().features(none).to_svg(),
            Error::is_value
        ),
        "expected at least one feature to draw, but features([]) names none"
    );
}

#[test]
fn a_wrong_number_of_names() {
    assert_eq!(
        refused(two_features().hist().names(["a"]).to_svg(), Error::is_shape),
        "expected 2 names, one for each feature, but found 1"
    );
    assert_eq!(
        refused(
            two_features()
                .hist()
                .features([1])
                .names(["a", "b"])
                .to_svg(),
            Error::is_shape
        ),
        "expected 1 names, one for each feature, but found 2"
    );
}

#[test]
fn no_columns_or_far_too_many() {
    assert_eq!(
        refused(two_features().hist().columns(0).to_svg(), Error::is_value),
        "expected at least 1 column of panels, but found 0"
    );
    let wide = two_features().hist().columns(usize::MAX);
    assert_eq!(
        wide.to_svg().unwrap(),
        two_features().hist().to_svg().unwrap()
    );
}

#[test]
fn more_features_than_a_page_holds() {
    let wide = dataset(Array2::from_shape_fn((3, 100), |(i, j)| (i * j) as f64));
    let words = drawn(&wide.hist());
    assert!(
        words.contains(&"60 of 100 features; choose others with features([…])".to_owned()),
        "{words:?}"
    );
}
