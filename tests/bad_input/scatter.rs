//! Scatter plots: unknown features, and colours that are none.

use ndarray::{Array2, Array3, array};
use ndsight::{Error, dict};

use crate::{dataset, refused, two_features};

#[test]
fn an_unknown_feature() {
    assert_eq!(
        refused(two_features().scatter(0, 2).to_svg(), Error::is_name),
        "there is no feature 2; there are 2, counted from 0"
    );
    assert_eq!(
        refused(two_features().scatter("width", 1).to_svg(), Error::is_name),
        "there is no feature named 'width'; the features are 'Feature 1', 'Feature 2'"
    );
    let named = two_features().with_feature_names(["a", "b"]).unwrap();
    assert_eq!(
        refused(named.scatter("a", "c").to_svg(), Error::is_name),
        "there is no feature named 'c'; the features are 'a', 'b'"
    );
}

#[test]
fn words_are_no_feature() {
    let mixed = dataset(dict! { "name": array!["a", "b"], "x": vec![1.0, 2.0] });
    assert_eq!(
        refused(mixed.scatter("name", "x").to_svg(), Error::is_name),
        "there is no feature named 'name'; the features are 'x'"
    );
}

#[test]
fn numbers_that_look_like_labels_are_found_by_name() {
    let curve = dataset(dict! { "x": vec![1.0, 2.0], "y": vec![1, 4] });
    let words = crate::drawn(&curve.scatter("x", "y"));
    assert!(words.contains(&"y".to_owned()), "{words:?}");
    crate::drawn(&curve.hist().features(["x", "y"]));
    assert_eq!(
        refused(curve.scatter(0, 1).to_svg(), Error::is_name),
        "there is no feature 1; there is 1, counted from 0"
    );
}

#[test]
fn no_features() {
    let text = |found| {
        format!(
            "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are {found}"
        )
    };
    assert_eq!(
        refused(
            dataset(array!["a", "b"]).scatter(0, 0).to_svg(),
            Error::is_shape
        ),
        text("string ()")
    );
    let pictures = dataset((Array3::<u8>::zeros((2, 8, 8)), vec![0, 1]));
    assert_eq!(
        refused(pictures.scatter(0, 1).to_svg(), Error::is_shape),
        text("(uint8 (8, 8), int32 ())")
    );
}

#[test]
fn colours_that_are_none() {
    let plot = |key: &str| two_features().scatter(0, 1).color_by(key).to_svg();
    assert_eq!(
        refused(plot("kind"), Error::is_name),
        "there is no component named 'kind'; the components are '0'"
    );
    assert_eq!(
        refused(
            two_features().scatter(0, 1).color_by(3).to_svg(),
            Error::is_name
        ),
        "there is no component 3; there is 1, counted from 0"
    );
    let pair = dataset((vec![1.0, 2.0], Array2::<f64>::zeros((2, 3))));
    assert_eq!(
        refused(pair.scatter(0, 1).color_by(1).to_svg(), Error::is_shape),
        "expected one value a row to colour by, but component '1' has float64 (3,)"
    );
}

#[test]
fn an_element_has_one_row() {
    let words = crate::drawn(&two_features().at(0).unwrap().scatter(0, 1));
    assert!(words.contains(&"Feature 1".to_owned()), "{words:?}");
}
