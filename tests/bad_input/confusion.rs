//! Confusion matrices: labels that do not fit, hostile classes and counts.

use ndarray::{Array2, array};
use ndsight::{ConfusionMatrix, Error, confusion_matrix, dict};

use crate::{WORDS, dataset, drawn, refused, sketched};

#[test]
fn labels_that_do_not_fit() {
    let unequal = confusion_matrix(vec![0, 1], vec![0, 1, 1]);
    assert!(unequal.unwrap_err().is_shape());
    let ds = dataset(dict! { "y": vec![0, 1], "p": Array2::<f64>::zeros((2, 3)) });
    assert!(
        ds.confusion_matrix("y", "p")
            .to_svg()
            .unwrap_err()
            .is_shape()
    );
    assert_eq!(
        refused(ds.confusion_matrix("y", "q").to_svg(), Error::is_name),
        "there is no component named 'q'; the components are 'y', 'p'"
    );
    let amounts: Vec<f64> = (0..5_000).map(f64::from).collect();
    assert_eq!(
        refused(
            confusion_matrix(amounts.clone(), amounts).unwrap().to_svg(),
            Error::is_value
        ),
        "expected at most 4,000 classes, but found 5,000; are these labels? numbers that are amounts belong in scatter(…)"
    );
}

#[test]
fn counts_that_do_not_fit() {
    assert_eq!(
        refused(
            ConfusionMatrix::from_counts(&array![[1, 2]], ["a"]),
            Error::is_shape
        ),
        "expected as many true as predicted classes, but found 1 × 2 counts"
    );
    assert_eq!(
        refused(
            ConfusionMatrix::from_counts(&array![[1]], ["a", "b"]),
            Error::is_shape
        ),
        "expected 1 names, one for each class, but found 2"
    );
    let one = ConfusionMatrix::from_counts(&array![[1]], ["a"]).unwrap();
    assert!(
        one.clone()
            .class_names(["a", "b"])
            .to_svg()
            .unwrap_err()
            .is_shape()
    );
    assert_eq!(
        refused(one.clone().normalize("rows").to_svg(), Error::is_name),
        "expected a way to normalize a confusion matrix (true, pred, all), but found \"rows\""
    );
    sketched(&one);
    let most = Array2::from_elem((3, 3), u64::MAX);
    sketched(&ConfusionMatrix::from_counts(&most, ["a", "b", "c"]).unwrap());
    let none: [&str; 0] = [];
    sketched(&ConfusionMatrix::from_counts(&Array2::zeros((0, 0)), none).unwrap());
}

#[test]
fn hostile_classes() {
    let words: Vec<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
    drawn(&confusion_matrix(words.clone(), words).unwrap());
    let odd = vec![f64::NAN, f64::INFINITY, -0.0, f64::MAX, 5e-324];
    sketched(&confusion_matrix(odd.clone(), odd).unwrap());
    let none: Vec<i64> = Vec::new();
    let words = sketched(&confusion_matrix(none.clone(), none).unwrap());
    assert!(words.contains(&"no data".to_owned()), "{words:?}");
    let ds = dataset((vec![0, 1], vec![1, 1])).with_class_names(["same", "same"]);
    sketched(&ds.confusion_matrix(0, 1));
}
