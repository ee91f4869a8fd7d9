//! Scatter plots: unknown features, and colours that are none.

use ndarray::{Array1, Array2, Array3, array};
use ndsight::{Density, Error, dict};

use crate::{dataset, drawn, refused, sketched, two_features};

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
        "expected one value a row, but component '1' has float64 (3,)"
    );
}

#[test]
fn an_element_has_one_row() {
    let words = crate::drawn(&two_features().at(0).unwrap().scatter(0, 1));
    assert!(words.contains(&"Feature 1".to_owned()), "{words:?}");
}

#[test]
fn options_that_make_no_sense() {
    let plot = || two_features().scatter(0, 1);
    let text = |plot: ndsight::Scatter| refused(plot.to_svg(), Error::is_value);
    for alpha in [-0.1, 1.5, f64::NAN] {
        assert_eq!(
            text(plot().alpha(alpha)),
            format!("expected an alpha from 0 (transparent) to 1 (opaque), but found {alpha:?}")
        );
    }
    assert_eq!(
        text(plot().jitter(f64::INFINITY)),
        "expected a jitter from 0 to 1 (the step between neighbouring values), but found inf"
    );
    assert_eq!(
        text(plot().x_range(2.0, 1.0)),
        "expected a x_range of two finite numbers, the lower first, but found 2.0 and 1.0"
    );
    assert_eq!(
        text(plot().y_range(f64::NAN, 1.0)),
        "expected a y_range of two finite numbers, the lower first, but found NaN and 1.0"
    );
    assert_eq!(
        text(plot().x_range(0.0, 1.0).log_x(true)),
        "expected a x_range above 0, as log_x(true) has no place for others, but found 0.0 to 1.0"
    );
    assert_eq!(
        text(plot().size(0).density(Density::Always)),
        "expected points for size, style or thumbnails, but density(Density::Always) draws none; leave out one or the other"
    );
    assert_eq!(
        text(plot().equal(true).marginal(true)),
        "expected equal(true) or marginal(true), but found both: margins are as long as their axes, and equal units make those shorter"
    );
}

#[test]
fn sizes_are_numbers_and_thumbnails_are_images() {
    let words = dataset(dict! { "x": vec![1.0, 2.0], "kind": array!["a", "b"] });
    assert_eq!(
        refused(words.scatter(0, 0).size("kind").to_svg(), Error::is_dtype),
        "expected numbers in 'kind', but found string"
    );
    assert_eq!(
        refused(
            two_features().scatter(0, 1).thumbnails(true).to_svg(),
            Error::is_shape
        ),
        "expected images of shape (h, w) or (h, w, 1|3|4) to draw for points, but the elements are float64 (2,)"
    );
}

/// Everything at once, as points and as a density.
fn everything(rows: Vec<f64>) {
    let kinds: Vec<String> = (0..rows.len())
        .map(|i| format!("<{}>\n\u{202e}", i % 13))
        .collect();
    let ds = dataset(dict! { "a": rows.clone(), "b": rows, "kind": Array1::from(kinds) });
    let plot = |log| {
        let plot = ds.scatter("a", "b").log_x(log).log_y(log);
        plot.trend(true).marginal(true).jitter(1.0)
    };
    sketched(&plot(true).hue("kind").style("kind").size("a"));
    sketched(&plot(false).hue("a"));
    for log in [false, true] {
        sketched(&plot(log).density(Density::Always).hue("kind"));
    }
    sketched(&plot(true).density(Density::Always));
    sketched(&plot(true).density(Density::Always).hue("b"));
    sketched(&plot(false).x_range(0.5, 1.5).density(Density::Always));
    sketched(&ds.scatter("a", "b").equal(true).trend(true));
}

#[test]
fn hostile_numbers_have_a_picture() {
    everything(Vec::new());
    everything(vec![1.0]);
    everything(vec![f64::NAN; 3]);
    everything(vec![0.0; 4]);
    everything(vec![f64::MAX, f64::MIN, 0.0, 1.0]);
    everything(vec![f64::MAX; 3]);
    everything(vec![5e-324, -5e-324, 0.0, 1e-300]);
    everything(vec![
        1e308,
        1.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        2.0,
    ]);
    everything(vec![1e17, 1e17 + 16.0, 1e17 + 32.0]);
    everything((0..40).map(f64::from).collect());
}

#[test]
fn a_million_classes_share_ten_colours() {
    let n = 1_000_000_i64;
    let x = Array1::from_iter((0..n).map(|i| (i % 1000) as f64));
    let ds = dataset(dict! { "x": &x, "y": x.mapv(f64::sqrt), "id": Array1::from_iter(0..n) });
    drawn(&ds.scatter("x", "y").hue("id"));
    let names: Array1<String> = (0..20_000).map(|i| format!("name {i}")).collect();
    let named = dataset(dict! { "x": x.slice_move(ndarray::s![..20_000]), "name": names });
    let words = drawn(&named.scatter("x", "x").hue("name"));
    assert!(
        words.contains(&"19,991 other classes".to_owned()),
        "{words:?}"
    );
}
