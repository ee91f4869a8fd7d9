//! Hostile data put to every rule: findings or silence, never a panic, and in time.

use std::time::{Duration, Instant};

use ndarray::{Array1, Array2, Array3, Array4};
use ndsight::{Dataset, Element, Finding, Rule, Tensor, dict};
use proptest::prelude::*;

const NAN: f64 = f64::NAN;

fn findings(dataset: &Dataset) -> Vec<Finding> {
    dataset.findings().unwrap()
}

fn rules(dataset: &Dataset) -> Vec<Rule> {
    findings(dataset).iter().map(Finding::rule).collect()
}

#[track_caller]
fn assert_quick(dataset: &Dataset) {
    let begun = Instant::now();
    findings(dataset);
    // Unoptimised, on a shared machine.
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn nothing_but_gaps_is_missing_alone() {
    let gaps = Array2::from_elem((40, 3), NAN);
    let ds = Dataset::from_tensor_slices((&gaps, vec![0_i64; 40])).unwrap();
    assert_eq!(rules(&ds), [Rule::Missing]);
    let images = Array4::from_elem((9, 16, 16, 3), f32::NAN);
    let ds = Dataset::from_tensor_slices(images).unwrap();
    assert_eq!(rules(&ds), [Rule::Missing, Rule::DuplicateImages]);
    let infinite = Dataset::from_tensor_slices(vec![f64::INFINITY; 40]).unwrap();
    assert_eq!(rules(&infinite), [Rule::Infinite]);
}

#[test]
fn the_largest_and_smallest_numbers_are_judged() {
    let ends = [f64::MAX, f64::MIN, 5e-324, 0.0, -5e-324, 1.0, NAN];
    let x = Array2::from_shape_fn((70, 3), |(i, j)| ends[(i + j * i) % 7] * (j + 1) as f64);
    let ds = Dataset::from_tensor_slices(&x).unwrap();
    assert!(rules(&ds).contains(&Rule::Missing));
    let images = Array4::from_shape_fn((5, 8, 8, 3), |(i, y, x, c)| ends[(i + y + x * c) % 7]);
    findings(&Dataset::from_tensor_slices(images).unwrap());
    // As floats, all of these are one number.
    let large: Vec<u64> = (0..30).map(|i| u64::MAX - i % 3).collect();
    let large = Dataset::from_tensor_slices(dict! { "id": &large, "of": large.clone() }).unwrap();
    assert!(!rules(&large).contains(&Rule::DuplicateRows));
}

#[test]
fn words_complex_numbers_and_windows_are_no_numbers() {
    let words = dict! { "a": vec!["<b>\n", "", "\u{202e}x"], "b": vec!["x", "y", "z"] };
    assert_eq!(rules(&Dataset::from_tensor_slices(words).unwrap()), []);
    let complex = vec![ndsight::Complex { re: NAN, im: 1.0 }; 30];
    assert_eq!(rules(&Dataset::from_tensor_slices(complex).unwrap()), []);
    let windows = Dataset::range(0..100).window(5);
    assert_eq!(rules(&windows.unwrap()), []);
}

#[test]
fn names_are_shortened_and_kept_in_one_message() {
    let name = "<script>\n".repeat(100_000);
    let ds = Dataset::from_tensor_slices(dict! { name: vec![1.0, NAN, 2.0] }).unwrap();
    let found = findings(&ds);
    assert_eq!(
        found[0].message(),
        format!(
            "1 of 3 values of '{}' is missing (NaN)",
            "<script>\n".repeat(4) + "<scr…"
        )
    );
}

#[test]
fn images_of_different_sizes_differ_by_their_sizes_too() {
    let sizes = [8_usize, 9, 8, 12];
    let images = sizes.map(|side| Tensor::from(Array3::<u8>::zeros((side, side, 3))));
    let ds = Dataset::range(0..4)
        .map(move |i: i64| images[i as usize].clone())
        .unwrap();
    let found = findings(&ds);
    let equal = found.iter().find(|f| f.rule() == Rule::DuplicateImages);
    assert_eq!(equal.unwrap().rows(), [2]);
}

#[test]
fn an_element_that_fails_is_an_error() {
    let ds = Dataset::range(0..40)
        .map(|i: i64| if i == 33 { Err("broken") } else { Ok(i) })
        .unwrap();
    let err = ds.findings().unwrap_err();
    assert_eq!(err.to_string(), "map: element 33: broken");
}

#[test]
fn data_without_an_end_is_judged_by_its_beginning() {
    let ds = Dataset::range(0..1)
        .repeat(None)
        .map(|_: Element| 7_i64)
        .unwrap();
    let found = findings(&ds);
    assert_eq!(
        found[0].message(),
        "'Feature 1' is 7 in all of the first 10,000 rows"
    );
}

#[test]
fn wide_and_long_data_are_judged_in_time() {
    let wide = Array2::from_shape_fn((12, 10_000), |(i, j)| (i * j % 7) as f64);
    assert_quick(&Dataset::from_tensor_slices((wide, vec![1_i64; 12])).unwrap());
    let constant = Array2::<f32>::ones((5, 10_000));
    let ds = Dataset::from_tensor_slices(constant).unwrap();
    let found = findings(&ds);
    assert_eq!(found[0].message(), "all 10,000 features are constant");
    let classes: Array1<i64> = (0..1_000_000).collect();
    let x = Array1::<f32>::zeros(1_000_000);
    assert_quick(&Dataset::from_tensor_slices((x, classes)).unwrap());
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -3.0..3.0_f64,
        2 => (0..3_i32).prop_map(f64::from),
        1 => prop::sample::select(vec![NAN, f64::INFINITY, f64::MAX, f64::MIN, 5e-324, -0.0, 255.0]),
    ]
}

proptest! {
    #[test]
    fn any_table_is_judged(values in prop::collection::vec(number(), 0..240), width in 1_usize..5) {
        let rows = values.len() / width;
        let x = Array2::from_shape_vec((rows, width), values[..rows * width].to_vec()).unwrap();
        let labels: Vec<i64> = (0..rows as i64).map(|i| i * i % 3).collect();
        let ds = Dataset::from_tensor_slices((x, labels)).unwrap();
        for finding in findings(&ds) {
            prop_assert!(!finding.message().is_empty() && !finding.hint().is_empty());
            prop_assert!(finding.rows().iter().all(|row| *row < rows));
            prop_assert!(finding.rows().is_sorted() && !finding.number().is_nan());
        }
    }

    #[test]
    fn any_images_are_judged(values in prop::collection::vec(number(), 192..960)) {
        let n = values.len() / 192;
        let x = Array4::from_shape_vec((n, 8, 8, 3), values[..n * 192].to_vec()).unwrap();
        for images in [Tensor::from(&x), Tensor::from(x.mapv(|v| v as u8)), Tensor::from(x.mapv(|v| v as i32))] {
            findings(&Dataset::from_tensor_slices(images).unwrap());
        }
    }
}
