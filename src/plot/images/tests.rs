//! The figures of grids: titles, marks, keys and notes in plain data.

use ndarray::{Array2, Array3, Array4, Array5, array};

use super::*;
use crate::dict;
use crate::plot::figure::{Ink, Key as LookKey, LegendEntry, Limits, Lines, Mark, Pixels, Swatch};
use crate::tensor::Tensor;

/// Six grey pictures of 4 × 3 pixels, whose values go up to 11 + 10n, with labels.
fn pictures() -> Dataset {
    let images = Array3::from_shape_fn((6, 3, 4), |(n, y, x)| (10 * n + 4 * y + x) as i32);
    Dataset::from_tensor_slices((images, vec![0_i64, 1, 2, 0, 1, 2])).unwrap()
}

fn titles(plot: &Images) -> Vec<String> {
    let figure = plot.figure().unwrap();
    let panels = figure.panels();
    panels
        .iter()
        .filter_map(|panel| panel.title.clone())
        .collect()
}

fn notes(plot: &Images) -> Vec<String> {
    plot.figure().unwrap().notes
}

/// The pixels of a panel.
fn pixels(figure: &Figure, panel: usize) -> Pixels {
    match &figure.panels()[panel].marks[0] {
        Mark::Image(image) => image.pixels.clone(),
        other => panic!("{other:?}"),
    }
}

/// Red of each pixel of the first panel.
fn reds(plot: &Images) -> Vec<u8> {
    let figure = plot.figure().unwrap();
    pixels(&figure, 0).rgba.chunks(4).map(|p| p[0]).collect()
}

#[test]
fn titles_are_labels_others_or_none() {
    let ds = pictures().take(3);
    assert_eq!(titles(&ds.images()), ["Label: 0", "Label: 1", "Label: 2"]);
    let named = ds.with_class_names(["cat", "dog"]);
    assert_eq!(
        titles(&named.images()),
        ["Label: cat", "Label: dog", "Label: 2"]
    );
    assert_eq!(
        titles(&named.images().class_names(["a"])),
        ["Label: a", "Label: 1", "Label: 2"]
    );
    assert!(titles(&named.images().titles(false)).is_empty());
    let own = named.images().titles(false).titles_by(["x", "y", "z"]);
    assert_eq!(titles(&own), ["x", "y", "z"]);
    // A component of a tuple has no name; the names of classes are those of labels.
    let three = Dataset::from_tensor_slices((
        Array3::<u8>::zeros((2, 4, 4)),
        vec![0.1 + 0.2, 1e9],
        vec![0, 1],
    ));
    let three = three.unwrap().with_class_names(["cat", "dog"]);
    assert_eq!(titles(&three.images().titles_by(1)), ["0.3", "1×10⁹"]);
    let ids = Dataset::from_tensor_slices(dict! {
        "image": Array3::<u8>::zeros((2, 4, 4)), "id": vec![0, 1], "label": vec![1, 1],
    });
    let ids = ids.unwrap().with_class_names(["cat", "dog"]);
    assert_eq!(titles(&ids.images().titles_by("id")), ["id: 0", "id: 1"]);
}

#[test]
fn wrong_predictions_are_marked_and_counted() {
    let plot = pictures()
        .images()
        .columns(3)
        .predicted([0, 1, 2, 0, 2, 1])
        .class_names(["a", "b", "c"]);
    assert_eq!(
        titles(&plot),
        ["a", "b", "c", "a", "✗ c (true: b)", "✗ b (true: c)"]
    );
    let figure = plot.figure().unwrap();
    let panels = figure.panels();
    assert_eq!(panels[0].title_ink, Ink::Muted);
    assert_eq!(panels[4].title_ink, Ink::Alert);
    assert_eq!((panels[0].marks.len(), panels[4].marks.len()), (1, 2));
    let corners = vec![(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0), (0.0, 0.0)];
    let frame = Lines::new(vec![corners], Ink::Alert, 3.0);
    assert_eq!(panels[4].marks[1], Mark::Lines(frame));
    assert_eq!(figure.notes[0], "accuracy 66.7 %: 2 of 6 wrong (✗)");
}

#[test]
fn the_most_confident_mistakes_come_first() {
    let predicted = [0, 0, 2, 1, 2, 2];
    let sure = [0.9, 0.6, 1.0, 0.8, f64::NAN, 0.7];
    let plot = pictures().images().predicted(predicted).confidence(sure);
    let worst = plot.clone().worst_first(true);
    assert_eq!(
        titles(&worst),
        [
            "✗ 1 80 % (true: 0)",
            "✗ 0 60 % (true: 1)",
            "✗ 2 (true: 1)",
            "0 90 %",
            "2 100 %",
            "2 70 %"
        ]
    );
    assert_eq!(
        notes(&worst)[0],
        "wrong ones first, the most confident at the head; accuracy 50 %: 3 of 6 wrong (✗)"
    );
    let wrong = plot.only_wrong(true);
    assert_eq!(
        titles(&wrong),
        ["✗ 0 60 % (true: 1)", "✗ 1 80 % (true: 0)", "✗ 2 (true: 1)"]
    );
    assert_eq!(
        notes(&wrong)[0],
        "only wrong ones; accuracy 50 %: 3 of 6 wrong (✗)"
    );
    let few = wrong.rows(1).columns(2).worst_first(true);
    assert_eq!(titles(&few), ["✗ 1 80 % (true: 0)", "✗ 0 60 % (true: 1)"]);
    assert_eq!(
        notes(&few)[..2],
        [
            "2 of 3 wrong images",
            "only wrong ones, the most confident first; accuracy 50 %: 3 of 6 wrong (✗)"
        ]
    );
}

#[test]
fn rows_of_scores_are_predictions() {
    let two = pictures().take(3);
    let scores = array![
        [0.2, 0.5, 0.3],
        [0.5, 0.5, 0.0],
        [f64::NAN, f64::NAN, f64::NAN]
    ];
    let expected = [
        "✗ 1 50 % (true: 0)",
        "✗ 0 50 % (true: 1)",
        "✗ none (true: 2)",
    ];
    assert_eq!(titles(&two.images().predicted(&scores)), expected);
    assert_eq!(titles(&two.images().confidence(&scores)), expected);
    // The probability of what was predicted, though it is not the greatest.
    let plot = two.images().predicted([2, 1, 0]).confidence(&scores);
    assert_eq!(
        titles(&plot),
        ["✗ 2 30 % (true: 0)", "1 50 %", "✗ 0 (true: 2)"]
    );
    // Logits are no confidence.
    let logits = scores.mapv(|v: f64| if v.is_nan() { -9.0 } else { v * 20.0 });
    assert_eq!(
        titles(&two.images().predicted(logits)),
        ["✗ 1 (true: 0)", "✗ 0 (true: 1)", "✗ 0 (true: 2)"]
    );
}

#[test]
fn predictions_compare_by_value_or_by_name() {
    let ds = pictures().take(3).with_class_names(["cat", "dog", "dog"]);
    let accuracy = |predicted: PerRow| notes(&ds.images().predicted(predicted))[0].clone();
    assert_eq!(
        accuracy(vec![0_u8, 1, 1].into()),
        "accuracy 66.7 %: 1 of 3 wrong (✗)"
    );
    assert_eq!(
        accuracy(vec![0.0_f32, 1.0, 2.0].into()),
        "accuracy 100 %: 0 of 3 wrong (✗)"
    );
    assert_eq!(
        accuracy(vec!["cat", "dog", "dog"].into()),
        "accuracy 100 %: 0 of 3 wrong (✗)"
    );
    assert_eq!(
        accuracy(vec![false, true, true].into()),
        "accuracy 66.7 %: 1 of 3 wrong (✗)"
    );
    let binary = Dataset::from_tensor_slices((Array3::<u8>::zeros((2, 4, 4)), vec![true, false]));
    let binary = binary
        .unwrap()
        .images()
        .predicted(Array2::<i64>::ones((2, 1)));
    assert_eq!(titles(&binary), ["1", "✗ 1 (true: false)"]);
    let named = binary.class_names(["no", "yes"]);
    assert_eq!(titles(&named), ["yes", "✗ yes (true: no)"]);
}

#[test]
fn predictions_follow_batches_and_streams() {
    let predicted = [0, 1, 2, 0, 2, 1];
    let expected = ["✗ 2 (true: 1)", "✗ 1 (true: 2)"];
    for ds in [
        pictures(),
        pictures().batch(4).unwrap(),
        pictures()
            .filter(|(_, label): (Tensor, i64)| label < 9)
            .unwrap(),
    ] {
        let plot = ds.images().predicted(predicted).only_wrong(true);
        assert_eq!(titles(&plot), expected);
    }
    let endless = pictures().repeat(None).images().predicted(vec![0; 200_000]);
    assert_eq!(
        notes(&endless)[1],
        "accuracy 33.3 %: 66,666 of 100,000 wrong (✗) in the first 100,000 rows of an endless data set"
    );
}

#[test]
fn long_titles_of_predictions_say_less() {
    let plot = |columns| {
        let names = ["Ailurus fulgens", "Vulpes vulpes", "Canis lupus"];
        let plot = pictures().images().predicted([1; 6]).confidence([0.5; 6]);
        titles(&plot.class_names(names).columns(columns)).swap_remove(0)
    };
    assert_eq!(
        plot(2),
        "✗\u{a0}Vulpes\u{a0}vulpes\u{a0}50\u{a0}% (true:\u{a0}Ailurus\u{a0}fulgens)"
    );
    assert_eq!(plot(6), "✗ Vulpes vulpes (Ailurus fulgens)");
    let many = pictures().repeat(2).images();
    let digits = many.predicted([1; 12]).confidence([0.5; 12]);
    let narrow = digits.columns(12).rows(1);
    assert_eq!(titles(&narrow)[0], "✗ 1 (0)");
    assert_eq!(notes(&narrow)[1], "titles: ✗ prediction (true label)");
}

#[test]
fn value_ranges() {
    let plot = pictures().images();
    let last = |plot: &Images| notes(plot).pop().unwrap();
    assert_eq!(reds(&plot)[..2], [0, 4]);
    assert_eq!(last(&plot), "shades: black 0, white 61");
    let fixed = plot.clone().value_range((1.0, 3.0));
    assert_eq!(reds(&fixed)[..5], [0, 0, 128, 255, 255]);
    assert_eq!(
        last(&fixed),
        "shades: black 1, white 3; 95.8 % of the values lie beyond"
    );
    let each = plot.clone().value_range(ValueRange::PerImage);
    let shades = each.figure().unwrap();
    assert_eq!(pixels(&shades, 0).rgba, pixels(&shades, 5).rgba);
    assert_eq!(
        last(&each),
        "each image stretched on its own, from its least to its greatest value"
    );
    // numpy.percentile(values, [10, 90]), NumPy 2.
    let middle = plot.value_range(ValueRange::Percentile(10.0, 90.0));
    assert_eq!(
        last(&middle),
        "shades: black 7.1, white 53.9 (percentiles 10 and 90); 22.2 % of the values lie beyond"
    );
}

#[test]
fn colormaps_bring_their_bar() {
    let plot = pictures().images().cmap("viridis").range(0.0, 61.0);
    let figure = plot.figure().unwrap();
    assert_eq!(pixels(&figure, 0).rgba[..4], [68, 1, 84, 255]);
    let [
        LookKey::ColorBar {
            title: None,
            limits,
            colors,
            ..
        },
    ] = &figure.keys[..]
    else {
        panic!("{:?}", figure.keys)
    };
    assert_eq!(*limits, Limits::from_min_max(0.0, 61.0));
    assert_eq!(colors.first(), Some(&[68, 1, 84]));
    assert!(figure.notes.is_empty());
    assert!(
        pictures()
            .images()
            .cmap("gray")
            .figure()
            .unwrap()
            .keys
            .is_empty()
    );
    let each = pictures()
        .images()
        .cmap("magma")
        .value_range(ValueRange::PerImage);
    let keys = each.figure().unwrap().keys;
    assert!(
        matches!(&keys[..], [LookKey::ColorBar { title: Some(title), .. }] if title == "share of own range")
    );
}

#[test]
fn channels_first_and_last_are_one_picture() {
    let last = Array4::from_shape_fn((2, 3, 4, 3), |(n, y, x, c)| {
        (n + 50 * y + 9 * x + 70 * c) as u8
    });
    let first = last.view().permuted_axes([0, 3, 1, 2]).to_owned();
    let figure = |ds: Dataset, first| ds.images().channels_first(first).figure().unwrap();
    let a = figure(Dataset::from_tensor_slices(&last).unwrap(), false);
    let b = figure(Dataset::from_tensor_slices(&first).unwrap(), true);
    assert_eq!(a, b);
}

#[test]
fn sequences_are_rows_of_frames() {
    let video = Array5::from_shape_fn((3, 20, 2, 2, 1), |(n, t, _, _, _)| (n * 20 + t) as u8);
    let ds = Dataset::from_tensor_slices((video, vec![7, 8, 9])).unwrap();
    let plot = ds.images().columns(4).rows(2);
    let figure = plot.figure().unwrap();
    assert_eq!(figure.panels().len(), 8);
    assert_eq!(titles(&plot), ["Label: 7", "Label: 8"]);
    assert_eq!(
        figure.notes,
        [
            "2 of 3 sequences",
            "4 of 20 frames of each sequence, evenly spaced: 0, 6, 13, 19",
            "shades: black 0, white 39"
        ]
    );
    let shade = |panel| pixels(&figure, panel).rgba[0];
    assert_eq!([shade(0), shade(1), shade(3), shade(7)], [0, 39, 124, 255]);
    assert_eq!(Draw::figure(&ds.take(1)).unwrap().panels().len(), 8);
    // Rank 3 only where it is asked for.
    let gray = Dataset::from_tensor_slices(Array4::<u8>::zeros((2, 3, 5, 4))).unwrap();
    assert_eq!(
        gray.images()
            .sequences(true)
            .figure()
            .unwrap()
            .panels()
            .len(),
        6
    );
    assert!(gray.images().channels([0]).figure().is_ok());
}

#[test]
fn sequences_of_unequal_length_leave_gaps() {
    let ds = Dataset::range(1..4).map(|n: i64| Array3::<u8>::zeros((n as usize, 4, 4)));
    let figure = ds.unwrap().images().sequences(true).figure().unwrap();
    let marks: Vec<usize> = figure
        .panels()
        .iter()
        .map(|panel| panel.marks.len())
        .collect();
    assert_eq!(marks, [1, 0, 0, 1, 1, 0, 1, 1, 1]);
}

/// Two pictures of 100 × 50 pixels with boxes and classes.
fn boxed(boxes: Array3<f64>, what: Array2<i64>) -> Dataset {
    let n = boxes.shape()[0];
    let images = Array3::<u8>::zeros((n, 50, 100));
    Dataset::from_tensor_slices(dict! { "image": images, "at": boxes, "what": what }).unwrap()
}

fn runs(figure: &Figure, panel: usize) -> Vec<Vec<(f64, f64)>> {
    let marks = &figure.panels()[panel].marks;
    let lines = marks.iter().filter_map(|mark| match mark {
        Mark::Lines(lines) => Some(lines.runs.clone()),
        _ => None,
    });
    lines.flatten().collect()
}

#[test]
fn boxes_are_lines_in_pixels() {
    let expected = vec![
        (10.0, 5.0),
        (60.0, 5.0),
        (60.0, 30.0),
        (10.0, 30.0),
        (10.0, 5.0),
    ];
    for (format, four) in [
        (BoxFormat::XyXy, [10.0, 5.0, 60.0, 30.0]),
        (BoxFormat::XyXy, [60.0, 30.0, 10.0, 5.0]),
        (BoxFormat::XyWh, [10.0, 5.0, 50.0, 25.0]),
        (BoxFormat::YxYxNormalized, [0.1, 0.1, 0.6, 0.6]),
        (BoxFormat::CxCyWhNormalized, [0.35, 0.35, 0.5, 0.5]),
    ] {
        let boxes = Array3::from_shape_fn((1, 1, 4), |(_, _, i)| four[i]);
        let ds = boxed(boxes, array![[0]]);
        let figure = ds.images().boxes("at").box_format(format).figure().unwrap();
        // A rim, and the line over it.
        let close = |run: &Vec<(f64, f64)>| {
            let pairs = run.iter().zip(&expected);
            pairs.fold(0.0, |far: f64, (a, b)| {
                far.max((a.0 - b.0).abs()).max((a.1 - b.1).abs())
            }) < 1e-9
        };
        let runs = runs(&figure, 0);
        assert!(
            runs.len() == 2 && runs.iter().all(close),
            "{format:?}: {runs:?}"
        );
    }
}

#[test]
fn boxes_have_names_where_there_is_room() {
    let boxes = Array3::from_shape_fn((2, 2, 4), |(_, i, k)| {
        [[10.0, 20.0, 60.0, 45.0], [200.0, 0.0, 300.0, 10.0]][i][k]
    });
    let ds = boxed(boxes, array![[1, 0], [1, 0]]).with_class_names(["cat", "dog"]);
    let plot = ds.images().boxes("at").box_labels("what");
    let figure = plot.figure().unwrap();
    let words = |figure: &Figure| {
        let marks = figure.panels()[0].marks.clone();
        let texts = marks.into_iter().filter_map(|mark| match mark {
            Mark::Texts(texts) => Some(texts.texts),
            _ => None,
        });
        texts.flatten().collect::<Vec<String>>()
    };
    assert_eq!(words(&figure), ["dog"]);
    assert!(figure.keys.is_empty());
    assert_eq!(
        figure.notes,
        [
            "shades: black −0.5, white 0.5",
            "2 boxes lie outside their images"
        ]
    );
    // Too narrow for words: a legend says which is which.
    let narrow = ds
        .repeat(4)
        .images()
        .boxes("at")
        .box_labels("what")
        .columns(8)
        .figure()
        .unwrap();
    assert!(words(&narrow).is_empty());
    let entry = |label: &str, i| LegendEntry {
        label: label.to_owned(),
        ink: Ink::Series(i),
        swatch: Swatch::Line,
    };
    let legend = LookKey::Legend {
        title: Some("what".to_owned()),
        entries: vec![entry("cat", 0), entry("dog", 1)],
    };
    assert_eq!(*narrow.keys, [legend]);
}

#[test]
fn boxes_may_differ_in_number() {
    let ds = Dataset::range(0..3).map(|n: i64| {
        (
            Array3::<u8>::zeros((8, 9, 3)),
            Array2::<f32>::from_elem((n as usize, 4), 2.5),
        )
    });
    let figure = ds.unwrap().images().boxes(1).figure().unwrap();
    let counts: Vec<usize> = (0..3).map(|i| runs(&figure, i).len()).collect();
    assert_eq!(counts, [0, 2, 4]);
}

#[test]
fn masks_are_translucent_colours_with_a_legend() {
    let images = Array3::<u8>::from_elem((2, 2, 3), 9);
    let mask = array![[[0, 1, 1], [0, 2, 0]], [[0, 0, 0], [1, 1, 1]]];
    let ds = Dataset::from_tensor_slices(dict! { "mask": mask, "image": images }).unwrap();
    let plot = ds
        .images()
        .masks("mask")
        .mask_opacity(0.4)
        .class_names(["none", "cat"]);
    let figure = plot.figure().unwrap();
    let Mark::Image(over) = &figure.panels()[0].marks[1] else {
        panic!("no mask")
    };
    let (blue, orange, clear) = ([31, 119, 180, 102], [255, 127, 14, 102], [0; 4]);
    let expected = [clear, blue, blue, clear, orange, clear].concat();
    assert_eq!(over.pixels.rgba.as_slice(), expected);
    let LookKey::Legend { title, entries } = &figure.keys[0] else {
        panic!("no legend")
    };
    let labels: Vec<&str> = entries.iter().map(|entry| entry.label.as_str()).collect();
    assert_eq!((title.as_deref(), labels), (Some("mask"), vec!["cat", "2"]));
    assert_eq!(entries[1].ink, Ink::Rgb([255, 127, 14]));
}

#[test]
fn many_classes_of_a_mask_share_the_last_colour() {
    let images = Array3::<u8>::zeros((1, 1, 13));
    let mask = Array3::from_shape_fn((1, 1, 13), |(_, _, x)| x as u8 * 20);
    let ds = Dataset::from_tensor_slices((images, mask)).unwrap();
    let figure = ds.images().masks(1).figure().unwrap();
    let LookKey::Legend { entries, .. } = &figure.keys[0] else {
        panic!("no legend")
    };
    assert_eq!(entries.len(), 10);
    assert_eq!(entries[8].label, "180");
    assert_eq!(entries[9].label, "3 other classes");
}

#[test]
fn large_photos_are_reduced_to_what_is_seen() {
    let photos = Array4::<u8>::zeros((2, 427, 640, 3));
    let figure = Dataset::from_tensor_slices(photos)
        .unwrap()
        .images()
        .figure()
        .unwrap();
    let small = pixels(&figure, 0);
    assert_eq!((small.width, small.height), (320, 214));
    assert_eq!(
        figure.notes,
        ["pictures of 640 × 427 pixels shown at 1/2 of their size"]
    );
}

#[test]
fn extreme_shapes_can_be_seen() {
    let figure = |h, w| {
        let ds = Dataset::from_tensor_slices(Array3::<u8>::zeros((3, h, w))).unwrap();
        ds.images().figure().unwrap()
    };
    let flat = figure(1, 784);
    assert!(!flat.panels()[0].equal_aspect);
    assert!(
        flat.notes
            .contains(&"pictures of 784 × 1 pixels stretched to be seen".to_owned())
    );
    let tall = figure(100_000, 1);
    assert!(pixels(&tall, 0).height < 1_000);
    assert!(figure(40, 4).panels()[0].equal_aspect);
    assert!(figure(1, 1).panels()[0].equal_aspect);
}

#[test]
fn images_of_different_sizes_share_a_grid() {
    let ds = Dataset::range(1..4).map(|n: i64| Array3::<u8>::zeros((4 * n as usize, 5, 3)));
    let figure = ds.unwrap().images().figure().unwrap();
    let heights: Vec<usize> = (0..3).map(|i| pixels(&figure, i).height).collect();
    assert_eq!(heights, [4, 8, 12]);
}

#[test]
fn thousands_of_images_are_a_mosaic() {
    let images = Array4::from_shape_fn((2_600, 8, 16, 3), |(n, y, x, c)| (n + y + x + c) as u8);
    let labels: Vec<i64> = (0..2_600).collect();
    let ds = Dataset::from_tensor_slices((images, labels)).unwrap();
    let few = ds.take(40).images().rows(4).columns(10).figure().unwrap();
    assert!(few.panels()[0].title.is_some());
    let mosaic = ds.images().rows(40).columns(65).figure().unwrap();
    // Eight pixels of a page at single density, and a line.
    assert_eq!(mosaic.width, 65 * 9 + 17);
    assert!(mosaic.panels().iter().all(|panel| panel.title.is_none()));
    assert_eq!(pixels(&mosaic, 2_599).width, 16);
    let told = "titles left out: the images are too many".to_owned();
    assert!(mosaic.notes.contains(&told), "{:?}", mosaic.notes);
}
