//! Pair plots of too many features and of none, and of numbers without a scale.

use ndarray::{Array2, array};
use ndsight::{Density, DiagKind, Error};

use crate::{dataset, drawn, refused, sketched, two_features};

#[test]
fn features_and_names_that_do_not_fit() {
    assert_eq!(
        refused(
            two_features().pairplot().features([0, 2]).to_svg(),
            Error::is_name
        ),
        "there is no feature 2; there are 2, counted from 0"
    );
    let none: [usize; 0] = [];
    assert_eq!(
        refused(
            two_features().pairplot().features(none).to_svg(),
            Error::is_value
        ),
        "expected at least one feature to draw, but features([]) names none"
    );
    assert_eq!(
        refused(
            two_features().pairplot().names(["a"]).to_svg(),
            Error::is_shape
        ),
        "expected 2 names, one for each feature, but found 1"
    );
    assert_eq!(
        refused(
            dataset(array!["a", "b"]).pairplot().to_svg(),
            Error::is_shape
        ),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are string ()"
    );
    assert_eq!(
        refused(
            two_features().pairplot().alpha(2.0).to_svg(),
            Error::is_value
        ),
        "expected an alpha from 0 (transparent) to 1 (opaque), but found 2.0"
    );
}

#[test]
fn ten_thousand_features() {
    let wide = dataset(Array2::from_shape_fn((3, 10_000), |(i, j)| (i * j) as f64));
    let words = drawn(&wide.pairplot());
    let note = "8 of 10,000 features; choose others with features([…])";
    assert!(words.iter().any(|word| word == note), "{words:?}");
}

#[test]
fn hostile_numbers_have_a_picture() {
    let columns = [
        vec![f64::NAN; 4],
        vec![0.0; 4],
        vec![f64::MAX, f64::MIN, 0.0, 1.0],
        vec![5e-324, 0.0, -5e-324, f64::INFINITY],
        vec![1e17, 1e17, 1e17 + 16.0, 1e17],
    ];
    let rows = Array2::from_shape_fn((4, columns.len()), |(i, j)| columns[j][i]);
    let ds = dataset((rows, vec!["a", "b", "a", "c"]));
    for kind in [DiagKind::Auto, DiagKind::Hist, DiagKind::Kde] {
        let plot = ds.pairplot().diag_kind(kind);
        sketched(&plot);
        sketched(&plot.clone().hue(1).corner(true));
        sketched(&plot.hue(1).density(Density::Always));
    }
    for rows in 0..3 {
        let few = dataset(Array2::from_shape_fn((rows, 3), |(i, j)| (i + j) as f64));
        drawn(&few.pairplot());
        drawn(&few.pairplot().density(Density::Always).features([0]));
    }
}
