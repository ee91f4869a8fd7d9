//! Cards as the HTML of a page and the lines of a terminal.

use ndarray::{Array1, Array2, Array3, Axis, Ix1, Ix2, Ix3};
use ndsight::{Card, Dataset, Result, compare, dict};

use super::compare::{check_svg, check_text};
use super::figures::{digits_data, iris};

/// Both forms of a card.
fn check(name: &str, card: impl Fn() -> Result<Card>) {
    check_text(name, "html", || card()?.to_html());
    check_text(name, "txt", || card()?.to_text());
}

#[test]
fn iris_in_one_look() {
    check("card-iris", || Ok(iris()?.card()));
}

#[test]
fn digits_in_one_look() {
    check("card-digits", || Ok(digits_data()?.card()));
}

#[test]
fn a_table_with_much_that_is_wrong() {
    check("card-findings", || Ok(flawed()?.card()));
}

#[test]
fn images_with_much_that_is_wrong() {
    check_text("card-image-findings", "txt", || {
        mislabelled()?.card().to_text()
    });
}

#[test]
fn a_step_that_fails() {
    check_text("card-failing", "txt", || {
        let step = |(image, label): (Array2<u8>, i64)| match label {
            7 => Err("no sevens here"),
            _ => Ok((image, label)),
        };
        digits_data()?.map(step)?.card().to_text()
    });
}

#[test]
fn a_description() {
    check_text("description-iris", "txt", || iris()?.describe()?.to_text());
}

#[test]
fn a_comparison() {
    check_svg("comparison", || {
        let (train, test) = iris()?.split(0.7)?;
        compare(&train, &test)?.names("train", "test").to_svg()
    });
}

/// The iris data with gaps, a feature that says nothing, rows that occur twice, and
/// one flower that is much too large.
fn flawed() -> Result<Dataset> {
    let iris = iris()?;
    let mut x: Array2<f64> = iris.array::<f64, Ix2>(0)?.to_owned();
    let labels: Array1<i64> = iris.array::<i64, Ix1>(1)?.to_owned();
    x[[3, 0]] = f64::NAN;
    x[[40, 0]] = f64::INFINITY;
    x[[90, 3]] = 250.0;
    x.column_mut(1).fill(3.0);
    for (from, to) in [(50, 10), (51, 11), (52, 12)] {
        let row = x.row(from).to_owned();
        x.row_mut(to).assign(&row);
    }
    Dataset::from_tensor_slices(dict! { "features": x, "labels": labels })?
        .with_class_names(["setosa", "versicolor", "virginica"])
        .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])
}

/// Digits as floats up to 255, some of them twice with another label.
fn mislabelled() -> Result<Dataset> {
    let digits = digits_data()?.take(300);
    let mut images: Array3<f32> = digits.array::<u8, Ix3>(0)?.mapv(f32::from);
    let labels: Array1<i64> = digits.array::<i64, Ix1>(1)?.to_owned();
    for i in 0..4 {
        let image = images.index_axis(Axis(0), i).to_owned();
        images.index_axis_mut(Axis(0), 101 + 2 * i).assign(&image);
    }
    Dataset::from_tensor_slices((images, labels))
}
