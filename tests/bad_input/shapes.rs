//! Pictures of odd shapes, and plots of batches.

use ndarray::{Array2, Array3, Array4};
use ndsight::{Dataset, Tensor};

use crate::{dataset, drawn};

/// Digits 0 to 9 as labels of ten images of this shape.
fn labelled(shape: (usize, usize, usize)) -> Dataset {
    let (h, w, c) = shape;
    let images = Array4::from_shape_fn((10, h, w, c), |(i, y, x, _)| (i + y * x) as u8);
    dataset((images, (0..10).collect::<Vec<i64>>()))
}

#[test]
fn every_number_of_channels_and_every_size() {
    for channels in [1, 3, 4] {
        for (h, w) in [(1, 1), (2, 3), (150, 200), (5000, 1), (1, 5000)] {
            let ds = labelled((h, w, channels));
            let words = drawn(&ds.images());
            for label in 0..10 {
                let title = format!("Label: {label}");
                assert!(words.contains(&title), "{h}×{w}: {words:?}");
            }
            drawn(&ds.take(1).images().rows(1).columns(1));
            drawn(&ds.at(3).unwrap());
        }
    }
}

#[test]
fn booleans_are_black_and_white() {
    let masks = Array3::from_shape_fn((2, 8, 8), |(i, y, x)| (x + y + i) % 2 == 0);
    let words = drawn(&dataset(masks.clone()).images());
    assert_eq!(words, Vec::<String>::new(), "nothing was rescaled");
    drawn(&Tensor::from(masks));
}

#[test]
fn a_large_picture_says_that_it_is_reduced() {
    let large = Array3::from_shape_fn((1, 900, 1800), |(_, y, x)| ((x + y) % 256) as u8);
    let words = drawn(&dataset(large).images());
    assert_eq!(
        words,
        ["pictures of 1,800 × 900 pixels shown at 1/3 of their size"]
    );
    let words = drawn(&Tensor::from(Array2::<f32>::zeros((1700, 10))));
    assert!(
        words.contains(&"blocks of 3 × 1 cells averaged".to_owned()),
        "{words:?}"
    );
}

#[test]
fn a_large_array_has_a_picture() {
    let long = Tensor::from((0..100_000).collect::<Vec<i32>>());
    let words = drawn(&long);
    assert!(
        words.contains(&"least and greatest of each 100 of 100,000 values".to_owned()),
        "{words:?}"
    );
    for shape in [(1, 5000), (5000, 1), (1, 1)] {
        drawn(&Tensor::from(Array2::<f32>::zeros(shape)));
    }
}

#[test]
fn empty_axes_are_no_data() {
    for shape in [(0, 3, 3), (3, 0, 3), (3, 3, 0)] {
        let words = drawn(&Tensor::from(Array3::<f64>::zeros(shape)));
        assert_eq!(words, ["no data"], "{shape:?}");
    }
    drawn(&dataset(Array3::<f64>::zeros((3, 0, 3))));
    drawn(&dataset(Array2::<f64>::zeros((3, 0))));
}

#[test]
fn batches_are_drawn_as_their_rows() {
    let ds = labelled((4, 4, 1));
    let batches = ds.batch(3).unwrap();
    assert_eq!(drawn(&batches.images()), drawn(&ds.images()));
    let rows = dataset((
        Array2::from_shape_fn((10, 2), |(i, j)| (i * i + j) as f64),
        (0..10).map(|i| i % 2).collect::<Vec<u8>>(),
    ));
    let batches = rows.batch(4).unwrap();
    let same = |a: ndsight::Result<String>, b: ndsight::Result<String>| {
        assert_eq!(a.unwrap(), b.unwrap());
    };
    same(batches.hist().to_svg(), rows.hist().to_svg());
    same(
        batches.scatter(0, 1).color_by(1).to_svg(),
        rows.scatter(0, 1).color_by(1).to_svg(),
    );
    same(batches.to_svg(), rows.to_svg());
    same(
        batches.at(0).unwrap().hist().to_svg(),
        rows.take(4).hist().to_svg(),
    );
    drawn(&batches.batch(2).unwrap().take(1));
}
