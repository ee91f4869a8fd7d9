//! Components that do not fit together, and access to what is not there.

use ndarray::{Array1, Array2, Array3, Ix0, Ix1, Ix2, array};
use ndsight::{Complex, Dataset, Error, F16, Structure, Tensor, dict};

use crate::{dataset, drawn, refused, two_features};

#[test]
fn components_of_different_lengths() {
    let (x, y) = (Array2::<f32>::zeros((150, 4)), Array1::<i64>::zeros(149));
    assert_eq!(
        refused(Dataset::from_tensor_slices((x, y)), Error::is_shape),
        "expected components of equal length, but found '0' of shape (150, 4) and '1' of shape (149,)"
    );
    let named = dict! { "x": vec![1, 2], "y": vec![1.0], "z": vec![1, 2] };
    assert_eq!(
        refused(Dataset::from_tensor_slices(named), Error::is_shape),
        "expected components of equal length, but found 'x' of shape (2,) and 'y' of shape (1,)"
    );
    let nested = ((vec![1, 2], vec![1, 2]), dict! { "deep": (vec![1],) });
    assert_eq!(
        refused(Dataset::from_tensor_slices(nested), Error::is_shape),
        "expected components of equal length, but found '0.0' of shape (2,) and '1.deep.0' of shape (1,)"
    );
}

#[test]
fn a_component_without_an_axis() {
    assert_eq!(
        refused(
            Dataset::from_tensor_slices((vec![1, 2], 1.5)),
            Error::is_shape
        ),
        "expected arrays of at least one axis to cut elements from, but found '1' of shape (); give it an axis of length 1, or repeat it for each element"
    );
    assert!(Dataset::from_tensor_slices(5).unwrap_err().is_shape());
}

#[test]
fn complex_numbers_are_listed_but_not_drawn() {
    let waves = dataset(vec![Complex::new(1.0, 2.0), Complex::new(0.5, -1.0)]);
    assert_eq!(
        refused(waves.hist().to_svg(), Error::is_shape),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are complex128 ()"
    );
    assert_eq!(
        refused(waves.scatter(0, 0).to_svg(), Error::is_shape),
        "expected features (components of rank 0 or 1 that hold numbers and are not the label), but the elements are complex128 ()"
    );
    let words = drawn(waves.batch(2).unwrap().at(0).unwrap().component(0).unwrap());
    assert!(words.concat().contains("1+2j, 0.5-1j"), "{words:?}");
    let halves = Tensor::from([0.5, 1.5].map(F16::from));
    assert!(drawn(&halves).contains(&"index".to_owned()));
}

#[test]
fn no_components() {
    let text = "expected at least one array, but found no components";
    let none: Vec<(String, Tensor)> = Vec::new();
    for empty in [
        Dataset::from_tensor_slices(none),
        Dataset::from_tensor_slices(dict! {}),
        Dataset::from_tensor_slices(Structure::Tuple(Vec::new())),
        Dataset::from_tensor_slices((dict! {}, dict! {})),
    ] {
        assert_eq!(refused(empty, Error::is_shape), text);
    }
}

#[test]
fn two_components_of_one_name() {
    let twice = dict! { "x": vec![1], "x": vec![2] };
    assert_eq!(
        refused(Dataset::from_tensor_slices(twice), Error::is_name),
        "expected every name once, but found two components named 'x'"
    );
}

#[test]
fn an_index_behind_the_end() {
    assert_eq!(
        refused(two_features().at(6), Error::is_value),
        "expected an index below 6, the number of elements, but found 6"
    );
    assert_eq!(
        refused(two_features().take(0).at(0), Error::is_value),
        "expected an index below 0, the number of elements, but found 0"
    );
    assert!(two_features().at(usize::MAX).unwrap_err().is_value());
}

#[test]
fn an_unknown_component() {
    let one = two_features().at(0).unwrap();
    assert_eq!(
        refused(one.component(1), Error::is_name),
        "there is no component 1; there is 1, counted from 0"
    );
    let two = dataset((vec![1], vec![2])).at(0).unwrap();
    assert_eq!(
        refused(two.component(2), Error::is_name),
        "there is no component 2; there are 2, counted from 0"
    );
    let named = dataset(dict! { "x": vec![1], "y": (vec![2], vec![3]) });
    let element = named.at(0).unwrap();
    let text = "there is no component named 'z'; the components are 'x', 'y.0', 'y.1'";
    assert_eq!(refused(element.component("z"), Error::is_name), text);
    assert_eq!(refused(element.scalar::<i32>("z"), Error::is_name), text);
    assert_eq!(
        refused(element.array::<i32, Ix1>("z"), Error::is_name),
        text
    );
}

#[test]
fn another_type_or_rank() {
    let element = two_features().at(0).unwrap();
    assert_eq!(
        refused(element.array::<f32, Ix1>(0), Error::is_dtype),
        "component '0': expected an array of float32, but found float64 of shape (2,); ask for it as f64"
    );
    assert_eq!(
        refused(element.array::<f64, Ix2>(0), Error::is_shape),
        "component '0': expected an array of 2 axes, but found shape (2,)"
    );
    assert_eq!(
        refused(element.scalar::<f64>(0), Error::is_shape),
        "component '0': expected one value, but found 2 in a tensor of shape (2,)"
    );
    assert_eq!(
        refused(
            dataset(array!["a"]).at(0).unwrap().scalar::<i64>(0),
            Error::is_dtype
        ),
        "component '0': expected an array of int64, but found string of shape (); ask for it as String"
    );
    assert_eq!(
        refused(
            Tensor::from(vec![1, 2]).array::<i32, Ix0>(),
            Error::is_shape
        ),
        "expected an array of 0 axes, but found shape (2,)"
    );
    assert_eq!(
        refused(
            Tensor::from(Vec::<u8>::new()).scalar::<u8>(),
            Error::is_shape
        ),
        "expected one value, but found 0 in a tensor of shape (0,)"
    );
}

#[test]
fn batches_of_none() {
    let text = "expected a batch size of at least 1, but found 0";
    assert_eq!(refused(two_features().batch(0), Error::is_value), text);
    assert_eq!(
        refused(two_features().batch_drop_remainder(0), Error::is_value),
        text
    );
}

#[test]
fn batches_of_unequal_batches() {
    let ragged = two_features().batch(4).unwrap().batch(2).unwrap();
    assert_eq!(
        refused(ragged.at(0), Error::is_shape),
        "expected tensors that agree in all axes but the first, but found shapes (1, 4, 2), (1, 2, 2)"
    );
}

#[test]
fn counts_beyond_the_end() {
    let ds = two_features();
    assert_eq!(ds.take(usize::MAX).len().unwrap(), 6);
    assert_eq!(ds.skip(usize::MAX).len().unwrap(), 0);
    assert_eq!(ds.batch(usize::MAX).unwrap().len().unwrap(), 1);
    assert_eq!(
        ds.batch_drop_remainder(usize::MAX).unwrap().len().unwrap(),
        0
    );
    let far = ds
        .skip(5)
        .skip(usize::MAX)
        .take(usize::MAX)
        .shuffle(u64::MAX);
    assert_eq!(far.iter().count(), 0);
}

#[test]
fn a_wrong_number_of_names() {
    assert_eq!(
        refused(two_features().with_feature_names(["a"]), Error::is_shape),
        "expected 2 feature names, one for each feature, but found 1"
    );
    let pictures = dataset(Array3::<u8>::zeros((2, 8, 8)));
    assert_eq!(
        refused(pictures.with_feature_names(["a"]), Error::is_shape),
        "expected 0 feature names, one for each feature, but found 1"
    );
}
