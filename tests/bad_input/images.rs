//! Grids of images: wrong shapes, grids and ranges.

use ndarray::{Array3, Array4, Array5, array};
use ndsight::{Dataset, Error};

use crate::{dataset, refused};

fn pictures() -> Dataset {
    dataset(Array3::<u8>::zeros((2, 8, 8)))
}

#[test]
fn what_is_no_image() {
    let text = |found: &str, way_out: &str| {
        format!(
            "expected images of shape (h, w) or (h, w, 1|3|4), but the elements are {found}; {way_out}"
        )
    };
    let reshape = "reshape the array to (n, h, w) or (n, h, w, channels) first";
    for (data, found) in [
        (dataset(vec![1.0, 2.0]), "float64 ()"),
        (dataset(array![[1.0, 2.0]]), "float64 (2,)"),
        (dataset(array!["a", "b"]), "string ()"),
        (
            dataset(Array4::<u8>::zeros((2, 8, 8, 2))),
            "uint8 (8, 8, 2)",
        ),
        (
            dataset(Array5::<u8>::zeros((2, 8, 8, 3, 2))),
            "uint8 (8, 8, 3, 2)",
        ),
        (dataset(Array3::<u8>::zeros((2, 0, 8))), "uint8 (0, 8)"),
        (dataset(Array3::<u8>::zeros((2, 8, 0))), "uint8 (8, 0)"),
    ] {
        assert_eq!(
            refused(data.images().to_svg(), Error::is_shape),
            text(found, reshape)
        );
    }
    let channels_first = dataset(Array4::<u8>::zeros((2, 3, 8, 8)));
    assert_eq!(
        refused(channels_first.images().to_svg(), Error::is_shape),
        text(
            "uint8 (3, 8, 8)",
            "the channels come first: move them last with permuted_axes([0, 2, 3, 1])"
        )
    );
}

#[test]
fn no_rows_or_columns() {
    assert_eq!(
        refused(pictures().images().columns(0).to_svg(), Error::is_value),
        "expected at least 1 column of images, but found 0"
    );
    assert_eq!(
        refused(pictures().images().rows(0).to_svg(), Error::is_value),
        "expected at least 1 row of images, but found 0"
    );
}

#[test]
fn a_huge_grid() {
    assert_eq!(
        refused(
            pictures().images().rows(51).columns(50).to_svg(),
            Error::is_value
        ),
        "expected a grid of at most 2,500 images, but found 51 rows of 50; take a sample with shuffle(seed) and show fewer"
    );
    let grid = pictures().images().rows(usize::MAX).columns(usize::MAX);
    assert_eq!(
        refused(grid.to_svg(), Error::is_value),
        format!(
            "expected a grid of at most 2,500 images, but found {0} rows of {0}; take a sample with shuffle(seed) and show fewer",
            usize::MAX
        )
    );
}

#[test]
fn a_range_that_is_none() {
    for (low, high, found) in [
        (1.0, 0.0, "1 and 0"),
        (1.0, 1.0, "1 and 1"),
        (f64::NAN, 1.0, "NaN and 1"),
        (0.0, f64::INFINITY, "0 and inf"),
    ] {
        assert_eq!(
            refused(
                pictures().images().range(low, high).to_svg(),
                Error::is_value
            ),
            format!("expected a range of two finite numbers, the lower first, but found {found}")
        );
    }
}

#[test]
fn an_error_reaches_every_form() {
    let plot = pictures().images().columns(0);
    let text = "expected at least 1 column of images, but found 0";
    assert_eq!(refused(plot.to_png(), Error::is_value), text);
    assert_eq!(refused(plot.to_text(), Error::is_value), text);
    assert_eq!(refused(plot.save("none.png"), Error::is_value), text);
}
