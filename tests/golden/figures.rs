//! The figures: real data from `notebooks/data`, and random numbers that are the
//! same on every machine.

use ndarray::{Array1, Array2};
use ndsight::{Dataset, Histogram, Images, Result, Scatter, Tensor, dict};

fn data(name: &str) -> Result<Dataset> {
    // Cards say where data is from; tests run in the folder of the crate.
    Dataset::from_npz(format!("notebooks/data/{name}"))
}

/// Numbers from 0 to 1 by a linear congruential generator.
fn random_numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Numbers about 0 with a spread of 1, by the sum of twelve from 0 to 1: sums are
/// the same to the bit on every machine, which logarithms are not.
pub(crate) fn normal_numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut random = random_numbers(seed);
    move || (0..12).map(|_| random()).sum::<f64>() - 6.0
}

pub(crate) fn digits_data() -> Result<Dataset> {
    data("digits.npz")
}

pub(crate) fn digits() -> Result<Images> {
    Ok(digits_data()?.images().title("Digits"))
}

pub(crate) fn photos() -> Result<Images> {
    Ok(data("photos.npz")?
        .with_class_names(["china", "flower"])
        .take(6)
        .images()
        .columns(3))
}

pub(crate) fn iris() -> Result<Dataset> {
    data("iris.npz")?
        .with_class_names(["setosa", "versicolor", "virginica"])
        .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])
}

pub(crate) fn wine() -> Result<Dataset> {
    data("wine.npz")
}

pub(crate) fn random_histogram() -> Result<Histogram> {
    let values = Array1::from_shape_simple_fn(2_000, normal_numbers(5));
    Ok(Dataset::from_tensor_slices(values)?
        .hist()
        .bins("auto")
        .density(true)
        .names(["sum of twelve"])
        .title("Random numbers"))
}

pub(crate) fn histogram_with_nan() -> Result<Histogram> {
    let mut table = Array2::from_shape_simple_fn((200, 3), normal_numbers(6));
    table
        .column_mut(1)
        .iter_mut()
        .step_by(3)
        .for_each(|v| *v = f64::NAN);
    table[[7, 1]] = f64::INFINITY;
    table.column_mut(2).fill(f64::NAN);
    Ok(Dataset::from_tensor_slices(table)?.hist())
}

pub(crate) fn classes() -> Result<Scatter> {
    Ok(iris()?
        .scatter("sepal length", "petal length")
        .color_by("labels")
        .x_label("sepal length (cm)")
        .y_label("petal length (cm)")
        .title("Iris"))
}

pub(crate) fn amounts() -> Result<Scatter> {
    let mut random = normal_numbers(7);
    let x = Array1::from_shape_simple_fn(300, &mut random);
    let y = Array1::from_shape_fn(300, |i| 1_000.0 * (x[i] + random()));
    let distance = Array1::from_shape_fn(300, |i| x[i] * x[i] - y[i] / 1_000.0);
    let ds = Dataset::from_tensor_slices(dict! { "x": x, "y": y, "distance": distance })?;
    Ok(ds.scatter("x", "y").color_by("distance"))
}

pub(crate) fn empty() -> Result<Scatter> {
    Ok(Dataset::from_tensor_slices(Array2::<f64>::zeros((0, 2)))?
        .scatter(0, 1)
        .title("Nothing yet"))
}

/// A random walk with a gap.
pub(crate) fn curve() -> Tensor {
    let (mut random, mut at) = (random_numbers(8), 0.0);
    Tensor::from(Array1::from_shape_fn(400, |i| {
        at += random() - 0.5;
        if (150..170).contains(&i) {
            f64::NAN
        } else {
            at
        }
    }))
}

/// A saddle with a cell that is not known.
pub(crate) fn heat_map() -> Tensor {
    let mut cells = Array2::from_shape_fn((20, 30), |(y, x)| {
        let (x, y) = (x as f64 / 10.0 - 1.5, y as f64 / 10.0 - 1.0);
        x * x - 2.0 * y * y
    });
    cells[[3, 4]] = f64::NAN;
    Tensor::from(cells)
}
