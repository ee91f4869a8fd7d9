use super::{assert_silent, of_rule, random, told};
use crate::{Dataset, Rule, dict};
use ndarray::{Array2, Array4};

fn measured() -> Array2<f64> {
    let mut rows = Array2::from_shape_vec((50, 3), random(150)).unwrap();
    let first = rows.row(3).to_owned();
    rows.row_mut(20).assign(&first);
    rows.row_mut(40).assign(&first);
    rows
}

#[test]
fn equal_rows_are_counted_after_the_first() {
    let found = of_rule(
        &Dataset::from_tensor_slices(measured()).unwrap(),
        Rule::DuplicateRows,
    );
    assert_eq!(
        found[0].message(),
        "2 of 50 rows (4 %) equal an earlier one"
    );
    assert_eq!((found[0].number(), found[0].rows()), (2.0, &[20, 40][..]));
    assert_eq!(found[0].hint(), "ds.unique() keeps one of each");
}

#[test]
fn rows_differ_by_any_component_and_nan_equals_nan() {
    let mut labels = vec!["a"; 50];
    labels[20] = "b";
    let mut rows = measured();
    rows.row_mut(3)[0] = f64::NAN;
    rows.row_mut(40)[0] = f64::NAN;
    let ds = Dataset::from_tensor_slices((&rows, labels)).unwrap();
    let message = "1 of 50 rows (2 %) equals an earlier one".to_owned();
    assert_eq!(told(&ds, Rule::DuplicateRows), (message, 1.0));
}

#[test]
fn tables_of_few_values_repeat_by_chance() {
    let coins = random(600).into_iter().map(|v| (v * 3.0) as i64).collect();
    let coins = Array2::from_shape_vec((200, 3), coins).unwrap();
    assert_silent(
        &Dataset::from_tensor_slices(coins).unwrap(),
        Rule::DuplicateRows,
    );
    let single = Dataset::from_tensor_slices(dict! { "x": vec![0.25; 30] }).unwrap();
    assert_silent(&single, Rule::DuplicateRows);
    let labelled = (random(30), vec![1_i64; 30]);
    let mut equal = labelled.clone();
    equal.0[4] = equal.0[5];
    assert_silent(
        &Dataset::from_tensor_slices(equal).unwrap(),
        Rule::DuplicateRows,
    );
}

#[test]
fn equal_images_may_have_any_label() {
    let pixels = random(12 * 64).into_iter().map(|v| (v * 256.0) as u8);
    let mut images = Array4::from_shape_vec((12, 8, 8, 1), pixels.collect()).unwrap();
    let first = images.index_axis(ndarray::Axis(0), 2).to_owned();
    images.index_axis_mut(ndarray::Axis(0), 7).assign(&first);
    let labels: Vec<i64> = (0..12).collect();
    let ds = Dataset::from_tensor_slices((images, labels)).unwrap();
    assert_silent(&ds, Rule::DuplicateRows);
    let found = of_rule(&ds, Rule::DuplicateImages);
    assert_eq!(
        found[0].message(),
        "1 of 12 images (8.3 %) equals an earlier one"
    );
    assert_eq!(found[0].rows(), [7]);
    assert_eq!(
        found[0].hint(),
        "look at them, and keep it out of the other part when you split"
    );
}

#[test]
fn of_a_sample_the_message_says_so() {
    let mut rows = Array2::from_shape_vec((20_000, 2), random(40_000)).unwrap();
    let half = rows.view().split_at(ndarray::Axis(0), 10_000).0.to_owned();
    rows.view_mut()
        .split_at(ndarray::Axis(0), 10_000)
        .1
        .assign(&half);
    let (message, number) = told(
        &Dataset::from_tensor_slices(rows).unwrap(),
        Rule::DuplicateRows,
    );
    assert!((2000.0..3000.0).contains(&number));
    let share = "of the 10,000 rows looked at (";
    assert!(message.contains(share), "{message}");
}
