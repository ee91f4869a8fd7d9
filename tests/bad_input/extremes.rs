//! The largest, smallest and least precise numbers: a picture whose coordinates
//! are finite, or an error that names the numbers.

use ndarray::{Array2, Array3, Array4, array};
use ndsight::{Error, Figure, IntoStructure, Tensor};

use crate::{dataset, drawn, refused, sketched};

/// Floats that arithmetic breaks on.
const FLOATS: [f64; 10] = [
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    1e16,
    -0.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

/// Draws everything that takes pairs: as features, curve, heat map and images.
/// A histogram may say why it has no bins.
fn everywhere<T>(a: T, b: T)
where
    T: Clone,
    Vec<T>: IntoStructure,
    Array2<T>: IntoStructure + Into<Tensor>,
    Array3<T>: IntoStructure + Into<Tensor>,
    Array4<T>: IntoStructure + Into<Tensor>,
    Tensor: From<Vec<T>>,
{
    let pairs = array![[a.clone(), b.clone()], [b.clone(), a.clone()]];
    let ds = dataset(pairs.clone());
    sketched(&ds.scatter(0, 1));
    sketched(&ds.scatter(0, 0));
    sketched(&Tensor::from(vec![a.clone(), b.clone(), a.clone()]));
    sketched(&pairs.into());
    let images = Array3::from_shape_fn((2, 2, 2), |(i, j, k)| {
        if (i + j + k) % 2 == 0 {
            a.clone()
        } else {
            b.clone()
        }
    });
    sketched(&dataset(images.clone()).images());
    sketched(&images.into());
    let colors = Array4::from_shape_fn(
        (2, 2, 2, 3),
        |(i, ..)| {
            if i == 0 { a.clone() } else { b.clone() }
        },
    );
    sketched(&dataset(colors.clone()).images());
    sketched(&colors.into());
    for bins in [1_i64, 7, 100] {
        match ds.hist().bins(bins).to_svg() {
            Ok(_) => drop(sketched(&ds.hist().bins(bins))),
            Err(err) => assert!(err.is_value() && err.to_string().len() < 300, "{err}"),
        }
    }
}

#[test]
fn floats() {
    for (i, a) in FLOATS.into_iter().enumerate() {
        for &b in &FLOATS[i..] {
            everywhere(a, b);
        }
    }
}

#[test]
fn single_floats() {
    let floats = [f32::MAX, f32::MIN, 1e-45, 1.0, 1.0 + f32::EPSILON, f32::NAN];
    for (i, &a) in floats.iter().enumerate() {
        for &b in &floats[i..] {
            everywhere(a, b);
        }
    }
}

#[test]
fn neighbours_that_share_all_digits_shown() {
    for value in [1.0_f64, 1e16, -1e300, 1e-300] {
        everywhere(value, value.next_up());
    }
}

#[test]
fn integers() {
    everywhere(u64::MAX, 0);
    everywhere(u64::MAX, u64::MAX - 1);
    everywhere(i64::MIN, i64::MAX);
    everywhere(i64::MIN, i64::MIN);
    everywhere(i8::MIN, i8::MAX);
    everywhere(usize::MAX, 0);
    everywhere(true, false);
    everywhere(false, false);
}

#[test]
fn mixed_with_ordinary_numbers() {
    let values: Vec<f64> = FLOATS.into_iter().chain([1.0, 2.0, 3.0]).collect();
    drawn(&Tensor::from(values.clone()));
    let rows = Array2::from_shape_fn((13, 2), |(i, j)| values[(i + j) % 13]);
    drawn(&dataset(rows.clone()).scatter(0, 1));
    drawn(&dataset(rows.clone()).scatter(0, 1).title("extreme"));
    drawn(&Tensor::from(rows));
    drawn(&dataset(values).hist().range(0.0, 5.0));
}

#[test]
fn ranges_at_the_end_of_the_numbers() {
    let pictures = dataset(Array3::<f64>::from_elem((1, 2, 2), 1.0));
    drawn(&pictures.images().range(-f64::MAX, f64::MAX));
    drawn(&pictures.images().range(0.0, 5e-324));
    let overflow = dataset(vec![1.0]).hist().range(-f64::MAX, f64::MAX);
    assert_eq!(
        refused(overflow.to_svg(), Error::is_value),
        "feature 'Feature 1': expected a range whose width is a finite number, but found -1.7976931348623157e308 to 1.7976931348623157e308; give a narrower range, or scale the data down"
    );
    let too_fine = dataset(vec![f64::MAX]).hist();
    assert_eq!(
        refused(too_fine.to_svg(), Error::is_value),
        "feature 'Feature 1': expected fewer bins or a wider range: between 1.7976931348623157e308 and 1.7976931348623157e308 there are too few f64 numbers for 10 bins"
    );
}

#[test]
fn what_no_axis_is_long_enough_for_is_told() {
    let far = dataset(array![[1.0, 2.0], [3.0, f64::MAX]]);
    let note = "numbers beyond ±4.49×10³⁰⁷ are outside the axes";
    let written = |plot: Figure| drawn(&plot).iter().any(|words| words == note);
    assert!(written(far.scatter(0, 1).figure().unwrap()));
    let colored = drawn(&far.heatmap()).join(" ");
    assert!(colored.contains("have the last colours"), "{colored}");
    assert!(written(far.boxplot().figure().unwrap()));
    let log = far.scatter(0, 1).log_y(true).figure().unwrap();
    assert!(!written(log.clone()));
    assert!(drawn(&log).iter().any(|words| words == "10³⁰⁰"));
}
