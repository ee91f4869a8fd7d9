//! Grids of images: wrong shapes, grids and ranges.

use ndarray::{Array2, Array3, Array4, Array5, array};
use ndsight::{BoxFormat, ChannelReduction, Dataset, Error, Tensor, ValueRange, dict};

use crate::{dataset, drawn, refused, sketched};

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
    let channels = "choose channels with channels([0, 1, 2]), make one of them with reduce(ChannelReduction::Mean), or show the first axis as frames with sequences(true)";
    let frames = "choose channels of each frame with channels([0, 1, 2]), or make one of them with reduce(ChannelReduction::Mean)";
    for (data, found, way_out) in [
        (dataset(vec![1.0, 2.0]), "float64 ()", reshape),
        (dataset(array![[1.0, 2.0]]), "float64 (2,)", reshape),
        (dataset(array!["a", "b"]), "string ()", reshape),
        (
            dataset(Array3::<u8>::zeros((2, 0, 8))),
            "uint8 (0, 8)",
            reshape,
        ),
        (
            dataset(Array3::<u8>::zeros((2, 8, 0))),
            "uint8 (8, 0)",
            reshape,
        ),
        (
            dataset(Array4::<u8>::zeros((2, 8, 8, 2))),
            "uint8 (8, 8, 2)",
            channels,
        ),
        (
            dataset(Array5::<u8>::zeros((2, 8, 8, 3, 2))),
            "uint8 (8, 8, 3, 2)",
            frames,
        ),
        (
            dataset(Array4::<u8>::zeros((2, 3, 8, 8))),
            "uint8 (3, 8, 8)",
            "the channels come first: say so with channels_first(true)",
        ),
    ] {
        assert_eq!(
            refused(data.images().to_svg(), Error::is_shape),
            text(found, way_out)
        );
    }
}

#[test]
fn options_that_no_component_fits() {
    let missing = "give the array the missing axes with reshape, or leave that option out";
    for (plot, expected) in [
        (
            pictures().images().channels([0]),
            "images of shape (h, w, channels)",
        ),
        (
            pictures()
                .images()
                .channels_first(true)
                .reduce(ChannelReduction::Max),
            "images of shape (channels, h, w)",
        ),
        (
            pictures().images().sequences(true),
            "sequences of images of shape (t, h, w) or (t, h, w, 1|3|4)",
        ),
    ] {
        assert_eq!(
            refused(plot.to_svg(), Error::is_shape),
            format!("expected {expected}, but the elements are uint8 (8, 8); {missing}")
        );
    }
    let mixed = dataset(dict! { "a": Array3::<u8>::zeros((2, 8, 8)), "b": vec![1, 2] });
    assert_eq!(
        refused(mixed.images().component("b").to_svg(), Error::is_shape),
        "expected images of shape (h, w) or (h, w, 1|3|4), but component 'b' is int32 (); reshape the array to (n, h, w) or (n, h, w, channels) first"
    );
    assert_eq!(
        refused(mixed.images().component("c").to_svg(), Error::is_name),
        "there is no component named 'c'; the components are 'a', 'b'"
    );
}

#[test]
fn channels_that_are_not_there() {
    let deep = dataset(Array4::<u8>::zeros((2, 4, 4, 6)));
    assert_eq!(
        refused(deep.images().channels([0, 6, 1]).to_svg(), Error::is_name),
        "there is no channel 6; there are 6, counted from 0"
    );
    assert_eq!(
        refused(deep.images().channels([0, 1]).to_svg(), Error::is_value),
        "expected 1, 3 or 4 channels to show, but found 2; choose as many with channels([0, 1, 2]), or make one of them with reduce(ChannelReduction::Mean)"
    );
    assert_eq!(
        refused(deep.images().channels([]).to_svg(), Error::is_value),
        "expected channels to show, but found none"
    );
    assert_eq!(
        refused(
            deep.images().channels([0, 1, 2]).cmap("gray").to_svg(),
            Error::is_value
        ),
        "expected images of one channel for the colormap 'gray', but found more; choose one with channels([0]), or make one of them with reduce(ChannelReduction::Mean)"
    );
}

#[test]
fn predictions_that_do_not_fit() {
    let labelled = dataset((Array3::<u8>::zeros((3, 8, 8)), vec![0, 1, 2]));
    let predicted = |values: Tensor| labelled.images().predicted(values).to_svg();
    assert_eq!(
        refused(predicted(vec![0, 1].into()), Error::is_shape),
        "expected 3 predictions, one for each row, but found 2"
    );
    assert_eq!(
        refused(predicted(vec![0.0, 0.87, 1.0].into()), Error::is_value),
        "expected predictions of classes, or a row of scores for each, but found 0.87; round them, or compare them with a threshold first"
    );
    assert_eq!(
        refused(
            predicted(Array3::<f64>::zeros((3, 2, 2)).into()),
            Error::is_shape
        ),
        "expected predictions of one class a row, or of a row of scores, but found float64 of shape (3, 2, 2)"
    );
    assert_eq!(
        refused(
            labelled.images().predicted("guess").to_svg(),
            Error::is_name
        ),
        "there is no component named 'guess'; the components are '0', '1'"
    );
    assert_eq!(
        refused(labelled.images().predicted(0).to_svg(), Error::is_shape),
        "expected predictions of one class a row, or of a row of scores, but found uint8 of shape (3, 8, 8)"
    );
    let plot = labelled.images().predicted(vec![0, 1, 2]);
    assert_eq!(
        refused(
            plot.confidence(vec![0.5, 87.0, 1.0]).to_svg(),
            Error::is_value
        ),
        "expected confidences from 0 to 1, but found 87"
    );
    let none = "expected predictions to tell which images are wrong, but found none; give them with predicted(…)";
    let images = || labelled.images();
    for plot in [
        images().only_wrong(true),
        images().worst_first(true),
        images().confidence(vec![0.5, 0.5, 0.5]),
    ] {
        assert_eq!(refused(plot.to_svg(), Error::is_value), none);
    }
    assert_eq!(
        refused(
            pictures().images().predicted(vec![0, 1]).to_svg(),
            Error::is_name
        ),
        "expected a label to compare predictions with, but the elements are uint8 (8, 8); say with titles_by(…) which component holds what is true"
    );
}

#[test]
fn predictions_of_every_kind() {
    let labelled = dataset((Array3::<u8>::zeros((3, 8, 8)), vec![0, 1, 2]));
    let huge = array![
        [f64::NAN, f64::NAN],
        [f64::MAX, f64::MIN],
        [f64::INFINITY, 0.0]
    ];
    for predicted in [
        Tensor::from(vec![f64::NAN, f64::INFINITY, f64::MAX]),
        Tensor::from(vec![u64::MAX, 1, 2]),
        Tensor::from(vec!["<b>", "a\nb", "\u{202e}x"]),
        Tensor::from(vec![true, false, true]),
        Tensor::from(Array2::<f32>::zeros((3, 1))),
        Tensor::from(huge),
    ] {
        let plot = labelled.images().predicted(predicted).worst_first(true);
        drawn(&plot);
        assert!(plot.to_text().unwrap().contains("[8×8 pixels]"));
    }
    let empty = labelled.take(0);
    let words = drawn(&empty.images().predicted(Vec::<i64>::new()).only_wrong(true));
    assert!(words.contains(&"no wrong images".to_owned()), "{words:?}");
}

#[test]
fn titles_that_do_not_fit() {
    assert_eq!(
        refused(
            pictures().images().titles_by(["a"]).to_svg(),
            Error::is_shape
        ),
        "expected 2 titles, one for each row, but found an array of shape (1,)"
    );
    let named = dataset(dict! { "a": Array3::<u8>::zeros((2, 8, 8)), "x": array![[1, 2], [3, 4]] });
    assert_eq!(
        refused(named.images().titles_by("x").to_svg(), Error::is_shape),
        "expected one value a row as its title, but component 'x' has int64 (2,)"
            .replace("int64", "int32")
    );
}

#[test]
fn boxes_that_do_not_fit() {
    let boxed = |boxes: Tensor| {
        dataset(
            dict! { "a": Array3::<u8>::zeros((2, 8, 8)), "at": boxes, "what": array![["x"], ["y"]] },
        )
    };
    let flat = boxed(array![[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]].into());
    assert_eq!(
        refused(flat.images().boxes("at").to_svg(), Error::is_shape),
        "expected boxes of shape (n, 4), but component 'at' has float64 of shape (3,)"
    );
    assert_eq!(
        refused(flat.images().box_labels("what").to_svg(), Error::is_value),
        "expected boxes for the labels, but found none; give them with boxes(…)"
    );
    let two = boxed(Array3::<f64>::zeros((2, 2, 4)).into());
    assert_eq!(
        refused(
            two.images().boxes("at").box_labels("what").to_svg(),
            Error::is_shape
        ),
        "expected 2 labels, one for each box of the image, but found 1"
    );
    let words = Tensor::from(array![["a", "b", "c", "d"], ["a", "b", "c", "d"]]);
    assert_eq!(
        refused(boxed(words).images().boxes("at").to_svg(), Error::is_shape),
        "expected boxes of shape (n, 4), but component 'at' has string of shape (4,)"
    );
}

#[test]
fn boxes_of_hostile_numbers() {
    let far = [f64::MIN, f64::NAN, f64::INFINITY, f64::MAX];
    let boxes = Array3::from_shape_fn((2, 40, 4), |(n, i, k)| match i {
        0..16 => far[(i / [1, 2, 4, 8][k] + n) % 4],
        i => (i * k) as f64 - 30.0,
    });
    let words = Array2::from_shape_fn((2, 40), |(_, i)| format!("<{i}>\u{202e}&"));
    let ds = dataset(dict! { "a": Array3::<u8>::zeros((2, 9, 8)), "at": boxes, "what": words });
    for format in [
        BoxFormat::XyXy,
        BoxFormat::XyWh,
        BoxFormat::YxYxNormalized,
        BoxFormat::CxCyWhNormalized,
    ] {
        drawn(
            &ds.images()
                .boxes("at")
                .box_labels("what")
                .box_format(format),
        );
    }
    let none = dataset(
        dict! { "a": Array3::<u8>::zeros((2, 9, 8)), "at": Array3::<f32>::zeros((2, 0, 4)) },
    );
    drawn(&none.images().boxes("at"));
}

#[test]
fn masks_that_do_not_fit() {
    let masked = |mask: Tensor| dataset(dict! { "a": Array3::<u8>::zeros((2, 8, 8)), "m": mask });
    let small = masked(Array3::<u8>::zeros((2, 8, 7)).into());
    assert_eq!(
        refused(small.images().masks("m").to_svg(), Error::is_shape),
        "expected masks of the size of their images, (8, 8), but component 'm' has uint8 of shape (8, 7)"
    );
    let soft = masked(Array3::from_elem((2, 8, 8), 0.25).into());
    assert_eq!(
        refused(soft.images().masks("m").to_svg(), Error::is_value),
        "expected masks of booleans or whole numbers, but found 0.25 in component 'm'; compare it with a threshold first"
    );
    for opacity in [-0.1, 1.5, f64::NAN] {
        let plot = small.images().masks("m").mask_opacity(opacity);
        assert!(
            refused(plot.to_svg(), Error::is_value).starts_with("expected an opacity from 0 to 1")
        );
    }
    let wild =
        masked(Array3::from_shape_fn((2, 8, 8), |(_, y, x)| u64::MAX - (x * y) as u64).into());
    drawn(&wild.images().masks("m"));
    let video = dataset(
        dict! { "v": Array5::<u8>::zeros((2, 3, 8, 8, 3)), "m": Array3::<u8>::zeros((2, 8, 8)) },
    );
    assert_eq!(
        refused(video.images().masks("m").to_svg(), Error::is_shape),
        "expected single images under masks and boxes, but found sequences of them; take them apart first with unbatch()"
    );
}

#[test]
fn ranges_and_colormaps_that_are_none() {
    let percentile = |low, high| {
        let plot = pictures()
            .images()
            .value_range(ValueRange::Percentile(low, high));
        refused(plot.to_svg(), Error::is_value)
    };
    assert_eq!(
        percentile(98.0, 2.0),
        "expected two percentiles, the lower first, but found 98 and 2"
    );
    assert_eq!(
        percentile(2.0, 101.0),
        "expected percentiles between 0 and 100, but found 101"
    );
    percentile(f64::NAN, 2.0);
    let err = refused(pictures().images().cmap("<magma>").to_svg(), Error::is_name);
    assert!(err.starts_with("there is no colormap named '<magma>'; the colormaps are 'viridis'"));
}

#[test]
fn pictures_of_hostile_numbers() {
    let rows = [f64::NAN, f64::INFINITY, f64::MIN, f64::MAX, 5e-324, -0.0];
    for (fill, &other) in rows.iter().enumerate() {
        let images = Array4::from_shape_fn((3, 5, 4, 5), |(n, y, _, c)| match (n + y + c) % 3 {
            0 => other,
            _ => rows[fill],
        });
        for reduction in [
            ChannelReduction::Mean,
            ChannelReduction::Max,
            ChannelReduction::Min,
            ChannelReduction::Norm,
        ] {
            for range in [
                ValueRange::Auto,
                ValueRange::PerImage,
                ValueRange::Percentile(2.0, 98.0),
                ValueRange::Fixed(f64::MIN, f64::MAX),
            ] {
                let plot = dataset(&images).images().reduce(reduction);
                sketched(&plot.value_range(range).cmap("coolwarm_r"));
            }
        }
        drawn(&dataset(&images).images().channels([0, 1, 2, 3]));
    }
}

#[test]
fn sequences_of_any_length() {
    for frames in [1, 2, 9, 500] {
        let video = dataset(Array5::<u8>::zeros((3, frames, 4, 5, 1)));
        drawn(&video.images());
        drawn(&video);
    }
    let none = dataset(Array4::<u8>::zeros((3, 0, 4, 5)));
    let words = drawn(&none.images().sequences(true));
    assert!(words.contains(&"no data".to_owned()), "{words:?}");
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
            pictures().images().rows(201).columns(100).to_svg(),
            Error::is_value
        ),
        "expected a grid of at most 20,000 images, 2,500 in a row or column, but found 201 rows of 100; take a sample with shuffle(seed) and show fewer"
    );
    let grid = pictures().images().rows(usize::MAX).columns(usize::MAX);
    assert_eq!(
        refused(grid.to_svg(), Error::is_value),
        format!(
            "expected a grid of at most 20,000 images, 2,500 in a row or column, but found {0} rows of {0}; take a sample with shuffle(seed) and show fewer",
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
