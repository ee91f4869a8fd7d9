use super::{assert_silent, of_rule, random, told};
use crate::{Dataset, Rule, Tensor, dict};
use ndarray::{Array3, Array4, ArrayView3, Axis};

/// Noise in blocks of two by two pixels: sharp, bright and dark.
fn photos(n: usize, side: usize) -> Array4<f32> {
    let noise = random(n * side * side * 3);
    let at = |i: usize, y: usize, x: usize, c: usize| ((i * side + y / 2) * side + x / 2) * 3 + c;
    Array4::from_shape_fn((n, side, side, 3), |(i, y, x, c)| {
        noise[at(i, y, x, c)] as f32
    })
}

fn named(images: impl Into<Tensor>) -> Dataset {
    let images = images.into();
    let labels = vec![0_i64; images.shape()[0]];
    Dataset::from_tensor_slices(dict! { "image": images, "label": labels }).unwrap()
}

#[test]
fn ranges_that_preprocessing_gives_are_fine() {
    let x = photos(10, 16);
    let fine = [
        x.clone(),
        &x * 2.0 - 1.0,
        (&x - 0.45) / 0.225,
        &x * 255.0 - 110.0,
        &x * 1.04 - 0.02,
        // Depths in metres.
        &x * 10.0,
    ];
    for images in fine {
        assert_silent(&named(images), Rule::ImageRange);
    }
    assert_silent(&named(x.mapv(|v| (v * 255.0) as u8)), Rule::ImageRange);
    assert_silent(&named(x.mapv(|v| (v * 65535.0) as u16)), Rule::ImageRange);
    assert_silent(
        &named(x.mapv(|v| (v * 4000.0) as i16 - 1000)),
        Rule::ImageRange,
    );
    assert_silent(&named(x.mapv(|v| v > 0.5)), Rule::ImageRange);
}

#[test]
fn floats_up_to_255_are_to_be_divided() {
    let x = photos(10, 16).mapv(|v| (v * 256.0).floor());
    let found = of_rule(&named(x.clone()), Rule::ImageRange);
    assert_eq!(
        found[0].message(),
        "pixels of 'image' are float32 from 0 to 255"
    );
    assert_eq!(found[0].number(), 255.0);
    assert_eq!(
        found[0].hint(),
        "networks expect 0 to 1: ds.map(|(x, y): (Array3<f32>, i64)| dict! { \"image\": x / 255.0_f32, \"label\": y })"
    );
    let gray = x.index_axis(Axis(3), 0).to_owned();
    let alone = Dataset::from_tensor_slices(&gray).unwrap();
    let message = "pixels are float32 from 0 to 255".to_owned();
    assert_eq!(told(&alone, Rule::ImageRange), (message, 255.0));
    // Windows of measurements have the shape of gray images.
    assert_silent(
        &Dataset::from_tensor_slices(&gray + 0.3).unwrap(),
        Rule::ImageRange,
    );
}

#[test]
fn negative_pixels_are_told_where_they_are_not_centred() {
    let (message, number) = told(&named(photos(10, 16) - 5.0), Rule::ImageRange);
    assert!(
        message.starts_with("pixels of 'image' are float32 from −4.999 to −4,"),
        "{message}"
    );
    assert!(
        message.contains(", and not centred: mean −4.499, std 0.2853"),
        "{message}"
    );
    assert!((number + 5.0).abs() < 2e-3);
    let wrapped = photos(10, 16).mapv(|v| (v * 256.0) as u8 as i8);
    assert_eq!(
        told(&named(wrapped), Rule::ImageRange),
        (
            "pixels of 'image' are int8 from −128 to 127".to_owned(),
            -128.0
        )
    );
}

#[test]
fn integers_beyond_255_and_flags_are_told() {
    let wide = photos(10, 16).mapv(|v| (v * 4096.0) as i32);
    let (message, number) = told(&named(wide), Rule::ImageRange);
    assert_eq!(
        (message.as_str(), number),
        ("pixels of 'image' are int32 from 3 to 4095", 4095.0)
    );
    let flags = photos(10, 16).mapv(|v| v.round() as u8);
    assert_eq!(
        told(&named(flags), Rule::ImageRange),
        (
            "pixels of 'image' are uint8 from 0 to 1, where white is 255".to_owned(),
            1.0
        )
    );
}

#[test]
fn channels_that_come_first_are_told() {
    let first = photos(4, 16).permuted_axes([0, 3, 1, 2]);
    let found = of_rule(&named(first.clone()), Rule::ChannelsFirst);
    assert_eq!(
        found[0].message(),
        "'image' of shape (3, 16, 16) look like images with their channels first"
    );
    assert_eq!(found[0].number(), 3.0);
    let alone = Dataset::from_tensor_slices(&first).unwrap();
    assert_eq!(
        of_rule(&alone, Rule::ChannelsFirst)[0].hint(),
        "here channels come last: ds.map(|x: Array3<f32>| x.permuted_axes([1, 2, 0]))"
    );
    let gray = told(
        &Dataset::from_tensor_slices(Array4::<u8>::zeros((2, 1, 28, 28))).unwrap(),
        Rule::ChannelsFirst,
    );
    assert_eq!(
        gray.0,
        "rows of shape (1, 28, 28) look like images with their channels first"
    );
    for fine in [[4, 16, 16, 3], [4, 3, 16, 3], [4, 3, 7, 16], [4, 5, 16, 16]] {
        let fine = Dataset::from_tensor_slices(Array4::<f32>::zeros(fine)).unwrap();
        assert_silent(&fine, Rule::ChannelsFirst);
    }
}

/// Ten sharp images, of which `odd` replaces those of some rows.
fn with(rows: &[usize], odd: &Array3<f32>) -> Dataset {
    let mut images = photos(10, 32);
    for row in rows {
        images.index_axis_mut(Axis(0), *row).assign(odd);
    }
    named(images.mapv(|v| (v * 255.0) as u8))
}

fn photo(images: &Array4<f32>) -> ArrayView3<'_, f32> {
    images.index_axis(Axis(0), 0)
}

#[test]
fn dark_bright_blurry_and_empty_images_are_told() {
    let sharp = photos(1, 32);
    let smooth = Array3::from_shape_fn((32, 32, 3), |(y, x, c)| {
        0.05 + (10 * c + y + x) as f32 / 200.0
    });
    let cases = [
        (
            Rule::Dark,
            &photo(&sharp) * 0.2,
            "1 of 10 images (10 %) is dark",
        ),
        (
            Rule::Bright,
            &photo(&sharp) * 0.01 + 0.98,
            "1 of 10 images (10 %) is bright all over",
        ),
        (Rule::Blurry, smooth, "1 of 10 images (10 %) is blurry"),
        (
            Rule::LowInformation,
            photo(&sharp).mapv(f32::round),
            "1 of 10 images (10 %) is nearly empty, of few shades",
        ),
    ];
    for (rule, odd, message) in cases {
        let found = of_rule(&with(&[3], &odd), rule);
        assert_eq!(found.len(), 1, "{rule}");
        assert_eq!((found[0].message(), found[0].number()), (message, 1.0));
        assert_eq!(found[0].rows(), [3]);
        // What most are, the data is.
        assert_silent(&with(&[0, 1, 2, 3, 4, 5], &odd), rule);
        assert_silent(&with(&[], &odd), rule);
    }
}

/// Each image cut to the size that `size` gives it.
fn cut(images: &Dataset, size: fn(&Array3<u8>) -> (usize, usize)) -> Dataset {
    let spec = (
        crate::TensorSpec::new(crate::DType::UInt8, [None, None, Some(3)]),
        crate::TensorSpec::new(crate::DType::Int64, []),
    );
    images.map_with_spec(spec, move |(image, label): (Array3<u8>, i64)| {
        let (height, width) = size(&image);
        let part = Array3::from_shape_fn((height, width, 3), |at| image[at]);
        (part, label)
    })
}

fn of_unlike_sizes(images: &Dataset) -> Dataset {
    cut(images, |image| {
        let side = 24 + 2 * (usize::from(image[[5, 7, 0]]) % 5);
        (side, side - 2)
    })
}

#[test]
fn images_of_unlike_sizes_are_judged_too() {
    let sharp = photos(1, 32);
    let (dark, empty) = (&photo(&sharp) * 0.2, photo(&sharp).mapv(f32::round));
    for (rule, odd) in [(Rule::Dark, &dark), (Rule::LowInformation, &empty)] {
        let unlike = of_unlike_sizes(&with(&[3], odd));
        assert!(unlike.look().components[0].stacked().is_none());
        let found = of_rule(&unlike, rule);
        assert_eq!(found.len(), 1, "{rule}");
        assert_eq!(found[0].rows(), [3]);
        assert!(found[0].message().starts_with("1 of 10 images (10 %) is"));
    }
    let twice = of_unlike_sizes(&with(&[3, 6], &dark));
    let (message, number) = told(&twice, Rule::DuplicateImages);
    assert_eq!(
        (message.as_str(), number),
        ("1 of 10 images (10 %) equals an earlier one", 1.0)
    );
    // What is too small to be judged is left out, and not all of it.
    let small = cut(&with(&[3], &dark), |image| match image.iter().max() {
        Some(0..60) => (32, 32),
        _ => (4, 4),
    });
    assert_eq!(of_rule(&small, Rule::Dark)[0].rows(), [3]);
}

#[test]
fn images_are_judged_alike_in_every_range() {
    let dark = &photo(&photos(1, 32)) * 0.2;
    let bytes = with(&[3], &dark)
        .array::<u8, ndarray::Ix4>("image")
        .unwrap();
    let levels = bytes.mapv(f32::from);
    let others = [
        named(&levels / 255.0),
        named(&levels / 127.5 - 1.0),
        named(levels.clone()),
        named(bytes.mapv(i64::from)),
    ];
    for ds in others {
        assert_eq!(of_rule(&ds, Rule::Dark)[0].rows(), [3]);
    }
}

#[test]
fn nearly_equal_images_are_not_equal() {
    let mut images = photos(10, 32).mapv(|v| (v * 250.0) as u8);
    let first = images.index_axis(Axis(0), 2).to_owned();
    images
        .index_axis_mut(Axis(0), 6)
        .assign(&first.mapv(|v| v + 3));
    images.index_axis_mut(Axis(0), 8).assign(&first);
    let found = of_rule(&named(images), Rule::NearDuplicateImages);
    assert_eq!(
        found[0].message(),
        "1 of 10 images (10 %) nearly equals an earlier one"
    );
    assert_eq!((found[0].number(), found[0].rows()), (1.0, &[6][..]));
}
