//! Projections of too few rows or features, and of numbers of any size.

use ndarray::{Array2, Array3, array};
use ndsight::{Density, Error};

use crate::{dataset, drawn, refused, sketched, two_features};

#[test]
fn components_that_there_are_not() {
    let text = |plot: ndsight::Projection| refused(plot.to_svg(), Error::is_value);
    assert_eq!(
        text(two_features().pca().components(1, 3)),
        "expected at least 3 features to find component 3, but found 2 features"
    );
    assert_eq!(
        text(two_features().pca().components(0, 1)),
        "expected two components, counted from 1, but found 0 and 1"
    );
    assert_eq!(
        text(two_features().take(1).pca()),
        "expected at least two rows to find principal components of, but found 1"
    );
    let few = dataset(Array2::from_shape_fn((2, 4), |(i, j)| (i * j) as f64));
    assert_eq!(
        text(few.pca().components(1, 3)),
        "expected 1 to 2 components of 2 rows of 4 features, but found 3"
    );
}

#[test]
fn nothing_to_project() {
    assert_eq!(
        refused(dataset(array!["a", "b"]).pca().to_svg(), Error::is_shape),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are string ()"
    );
    let empty = drawn(&dataset(Array2::<f64>::zeros((0, 3))).pca());
    assert!(empty.contains(&"no data".to_owned()), "{empty:?}");
    let unknown = drawn(&dataset(Array2::from_elem((3, 3), f64::NAN)).pca());
    assert!(unknown.contains(&"no data".to_owned()), "{unknown:?}");
    let pictures = dataset(Array3::<u8>::zeros((0, 8, 8)));
    drawn(&pictures.pca().thumbnails(true));
}

#[test]
fn hostile_numbers_have_a_picture() {
    let tables = [
        array![
            [f64::MAX, 1.0],
            [f64::MIN, 2.0],
            [0.0, f64::NAN],
            [1.0, -1.0]
        ],
        array![[5e-324, 0.0], [0.0, 5e-324], [1e-300, 1.0], [0.0, 0.0]],
        Array2::from_elem((4, 2), 1e17),
        Array2::zeros((5, 2)),
    ];
    for table in tables {
        for standardize in [true, false] {
            let plot = dataset(table.clone()).pca().standardize(standardize);
            sketched(&plot);
            sketched(&plot.clone().marginal(true).density(Density::Never));
        }
    }
}

#[test]
fn wide_and_flat_tables() {
    drawn(
        &dataset(Array2::from_shape_fn((3, 10_000), |(i, j)| {
            ((i + 1) * j % 7) as f64
        }))
        .pca(),
    );
    let pictures = Array3::from_shape_fn((20, 16, 16), |(i, j, k)| ((i * j + k) % 256) as u8);
    drawn(&dataset(pictures).pca().thumbnails(true).equal(true));
}
