//! Data with nothing in them, nothing finite, or nothing but one value. What is
//! left out is counted in the caption.

use ndarray::{Array2, Array3, Array4, array};
use ndsight::{Dataset, Tensor, dict};

use crate::{Picture, dataset, drawn};

const NAN: f64 = f64::NAN;
const INFINITY: f64 = f64::INFINITY;

/// The picture says `expected`, as SVG and as terminal text.
fn says(picture: &impl Picture, expected: &str) {
    let words = drawn(picture);
    assert!(
        words.iter().any(|word| word == expected),
        "no '{expected}' among {words:?}"
    );
    let text = picture.text().unwrap();
    let unwrapped = text.replace('\n', " ");
    assert!(unwrapped.contains(expected), "no '{expected}' in\n{text}");
}

#[test]
fn an_empty_data_set_says_so_in_a_frame() {
    let features = dataset((Array2::<f64>::zeros((0, 2)), Vec::<i64>::new()));
    let pictures = dataset(Array3::<u8>::zeros((0, 8, 8)));
    let words = dataset(Vec::<String>::new());
    says(&pictures.images(), "no data");
    says(&features.hist(), "no data");
    says(&features.scatter(0, 1), "no data");
    says(&features.scatter(0, 1).color_by(1), "no data");
    for data in [&features, &pictures, &words] {
        says(data, "no data");
        says(&data.batch(3).unwrap(), "no data");
        says(&data.take(0).shuffle(1), "no data");
    }
    says(&features.batch(3).unwrap().hist(), "no data");
    says(&pictures.batch(3).unwrap().images(), "no data");
    says(&Tensor::from(Vec::<f32>::new()), "no data");
    says(
        &Tensor::from(Array2::<bool>::from_elem((3, 0), true)),
        "no data",
    );
}

#[test]
fn an_empty_scatter_keeps_its_words() {
    let empty = dataset(Array2::<f64>::zeros((0, 2)));
    let plot = empty.scatter(0, 1).title("None yet").y_label("height");
    let words = drawn(&plot);
    for word in ["None yet", "Feature 1", "height", "no data"] {
        assert!(words.iter().any(|w| w == word), "no '{word}' in {words:?}");
    }
}

#[test]
fn histograms_count_what_is_not_finite() {
    let hist = |values: Vec<f64>| dataset(values).hist().bins(2);
    says(
        &hist(vec![1.0, NAN, INFINITY, -INFINITY, NAN, 2.0]),
        "left out: 2 NaN and 2 infinite of Feature 1",
    );
    says(&hist(vec![1.0, NAN, 2.0]), "left out: 1 NaN of Feature 1");
    says(
        &hist(vec![1.0, NAN, 2.0]).range(1.5, 2.0),
        "left out: 1 NaN and 1 outside the range of Feature 1",
    );
    let all = hist(vec![NAN; 1234]);
    says(&all, "no data");
    says(&all, "left out: 1,234 NaN of Feature 1");
    let columns = array![[NAN, 1.0, INFINITY], [2.0, 3.0, 4.0]];
    says(
        &dataset(columns).hist(),
        "left out: 1 NaN of Feature 1; 1 infinite of Feature 3",
    );
    let six = Array2::from_shape_fn((2, 6), |(i, _)| if i == 0 { NAN } else { 1.0 });
    says(
        &dataset(six).hist(),
        "left out: 1 NaN of Feature 1; 1 NaN of Feature 2; 1 NaN of Feature 3; 1 NaN of Feature 4; and of 2 more",
    );
}

#[test]
fn scatter_plots_count_rows_that_are_not_finite() {
    let plot = |rows: Array2<f64>| dataset(rows).scatter(0, 1);
    says(
        &plot(array![[1.0, NAN], [2.0, 3.0]]),
        "left out: 1 row with a NaN or infinite value",
    );
    says(
        &plot(array![[1.0, NAN], [2.0, 3.0], [-INFINITY, 1.0]]),
        "left out: 2 rows with NaN or infinite values",
    );
    let all = plot(array![[NAN, 1.0], [2.0, NAN]]);
    says(&all, "no data");
    says(&all, "left out: 2 rows with NaN or infinite values");
    let colored = dataset(dict! { "x": vec![1.0, 2.0, 3.0], "c": vec![0.0, NAN, 1.0] });
    says(
        &colored.scatter("x", "x").color_by("c"),
        "left out: 1 row with a NaN or infinite value",
    );
}

#[test]
fn pictures_count_pixels_that_are_not_finite() {
    says(
        &dataset(array![[[0.0, NAN], [1.0, INFINITY]]]).images(),
        "2 pixels are NaN or infinite and left blank",
    );
    says(
        &dataset(Array4::from_elem((2, 2, 2, 3), NAN)).images(),
        "8 pixels are NaN or infinite and left blank",
    );
    says(
        &Tensor::from(array![[1.0, NAN], [3.0, INFINITY]]),
        "2 NaN or infinite left blank",
    );
    says(
        &Tensor::from(Array2::from_elem((3, 2), NAN)),
        "6 NaN or infinite left blank",
    );
}

#[test]
fn arrays_count_what_is_not_finite() {
    says(
        &Tensor::from(vec![1.0, NAN, 3.0, INFINITY]),
        "left out: 2 NaN or infinite",
    );
    let all = Tensor::from(vec![NAN]);
    says(&all, "no data");
    says(&all, "left out: 1 NaN or infinite");
    let deep = Tensor::from(Array4::from_elem((2, 2, 2, 2), f32::NAN));
    says(&deep, "no data");
    says(&deep, "left out: 16 NaN");
}

#[test]
fn a_constant_column_is_one_bar() {
    let text = dataset(vec![5.0; 4]).hist().bins(2).to_text().unwrap();
    assert!(text.starts_with("Feature 1\n4┤"), "{text}");
    for value in [0.0, -5.0, 1e9, 1e-300] {
        let ds = dataset(Array2::from_elem((4, 2), value));
        drawn(&ds.hist());
        drawn(&ds.scatter(0, 1));
        drawn(&ds);
        drawn(&Tensor::from(vec![value; 4]));
        drawn(&Tensor::from(Array2::from_elem((2, 3), value)));
        drawn(&Tensor::from(Array4::from_elem((2, 2, 2, 2), value)));
        drawn(&dataset(Array3::from_elem((2, 4, 4), value)).images());
    }
}

#[test]
fn one_element_has_a_picture() {
    let one = dataset((array![[5.0, 6.0]], vec![1]));
    drawn(&one.hist());
    drawn(&one.scatter(0, 1));
    drawn(&one.scatter(0, 1).color_by(1));
    drawn(&one);
    drawn(&one.at(0).unwrap());
    says(&dataset(vec![5.0]).at(0).unwrap(), "5");
    says(&Tensor::from(vec![7_i64]).clone(), "index");
    says(
        &dataset((vec![0.5], vec!["cat"])).at(0).unwrap(),
        "0: 0.5, 1: cat",
    );
    let image: Dataset = dataset((Array3::<f32>::zeros((1, 2, 2)), vec![3]));
    says(&image.images(), "Label: 3");
}
