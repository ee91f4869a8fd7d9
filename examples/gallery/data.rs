//! What the gallery draws: real data sets, and random numbers that are the same
//! every time.

use std::path::Path;

use ndarray::{Array1, Array2, Array4};
use ndsight::{Dataset, Result, Tensor, dict};

/// The data by the names that the entries use.
pub(crate) struct Data {
    pub(crate) iris: Dataset,
    pub(crate) wine: Dataset,
    pub(crate) digits: Dataset,
    pub(crate) photos: Dataset,
    /// Ten pictures of 32 × 32 × 3 random numbers from 0 to 1, with labels.
    pub(crate) noise: Dataset,
    /// 100 rows of five random numbers from 0 to 1.
    pub(crate) uniform: Dataset,
    /// Bell-shaped numbers.
    pub(crate) bell: Dataset,
    /// Three features, of which one has gaps and one nothing else.
    pub(crate) gaps: Dataset,
    /// Two features and an amount that depends on both.
    pub(crate) cloud: Dataset,
    /// 100,000 rows of two features that go together.
    pub(crate) crowd: Dataset,
    /// A random walk of 400 steps with a gap.
    pub(crate) walk: Tensor,
    /// A random walk of 1,000,000 steps.
    pub(crate) long_walk: Tensor,
    /// 20 × 30 cells, of which one is not known.
    pub(crate) saddle: Tensor,
    /// 1,000 × 1,000 cells.
    pub(crate) ripples: Tensor,
    /// Values of four axes.
    pub(crate) hypercube: Tensor,
}

impl Data {
    pub(crate) fn read(folder: &Path) -> Result<Data> {
        let saved = |name: &str| Dataset::from_npz(folder.join(name));
        Ok(Data {
            iris: saved("iris.npz")?
                .with_feature_names(["sepal length", "sepal width", "petal length", "petal width"])?
                .with_class_names(["setosa", "versicolor", "virginica"]),
            wine: saved("wine.npz")?
                .with_feature_names(WINE)?
                .with_class_names(["class 1", "class 2", "class 3"]),
            digits: saved("digits.npz")?,
            photos: saved("photos.npz")?.with_class_names(["china", "flower"]),
            noise: noise()?,
            uniform: Dataset::from_tensor_slices(table((100, 5), uniform(2)))?,
            bell: Dataset::from_tensor_slices(dict! { "value": table((2_000, 1), bell(5)) })?
                .with_feature_names(["value"])?,
            gaps: gaps()?,
            cloud: cloud()?,
            crowd: crowd()?,
            walk: walk(),
            long_walk: Tensor::from(steps(1_000_000, bell(9))),
            saddle: saddle(),
            ripples: ripples(),
            hypercube: Tensor::from(table((16, 81), bell(11))).reshape(&[4, 4, 9, 9])?,
        })
    }

    /// One file for each, for other programs.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        for (name, dataset) in [
            ("iris", &self.iris),
            ("wine", &self.wine),
            ("digits", &self.digits),
            ("photos", &self.photos),
            ("noise", &self.noise),
            ("uniform", &self.uniform),
            ("bell", &self.bell),
            ("gaps", &self.gaps),
            ("cloud", &self.cloud),
            ("crowd", &self.crowd),
        ] {
            dataset.save_npz(folder.join(name).with_extension("npz"))?;
        }
        for (name, tensor) in [
            ("walk", &self.walk),
            ("long_walk", &self.long_walk),
            ("saddle", &self.saddle),
            ("ripples", &self.ripples),
            ("hypercube", &self.hypercube),
        ] {
            tensor.save_npy(folder.join(name).with_extension("npy"))?;
        }
        Ok(())
    }
}

/// The columns of `wine.npz`.
const WINE: [&str; 13] = [
    "alcohol",
    "malic acid",
    "ash",
    "alcalinity of ash",
    "magnesium",
    "total phenols",
    "flavanoids",
    "nonflavanoid phenols",
    "proanthocyanins",
    "colour intensity",
    "hue",
    "OD280/OD315",
    "proline",
];

fn noise() -> Result<Dataset> {
    let mut random = uniform(1);
    let images = Array4::from_shape_simple_fn((10, 32, 32, 3), &mut random);
    let labels = Array1::from_shape_simple_fn(10, || (random() * 10.0) as i64);
    Dataset::from_tensor_slices((images, labels))
}

fn gaps() -> Result<Dataset> {
    let mut values = table((200, 3), bell(6));
    let mut holes = values.column_mut(1);
    holes.iter_mut().step_by(3).for_each(|v| *v = f64::NAN);
    holes[7] = f64::INFINITY;
    values.column_mut(2).fill(f64::NAN);
    Dataset::from_tensor_slices(values)?.with_feature_names(["whole", "with gaps", "unknown"])
}

fn cloud() -> Result<Dataset> {
    let mut random = bell(7);
    let x = Array1::from_shape_simple_fn(300, &mut random);
    let y = Array1::from_shape_fn(300, |i| 1_000.0 * (x[i] + random()));
    let distance = Array1::from_shape_fn(300, |i| x[i] * x[i] - y[i] / 1_000.0);
    Dataset::from_tensor_slices(dict! { "x": x, "y": y, "distance": distance })
}

fn crowd() -> Result<Dataset> {
    let mut random = bell(3);
    let x = Array1::from_shape_simple_fn(100_000, &mut random);
    let y = Array1::from_shape_fn(100_000, |i| 0.6 * x[i] + 0.8 * random());
    Dataset::from_tensor_slices(dict! { "x": x, "y": y })
}

fn walk() -> Tensor {
    let mut random = uniform(8);
    let mut at = steps(400, || random() - 0.5);
    at.slice_mut(ndarray::s![150..170]).fill(f64::NAN);
    Tensor::from(at)
}

/// Where one is after each of `n` steps.
fn steps(n: usize, mut step: impl FnMut() -> f64) -> Array1<f64> {
    let mut at = 0.0;
    Array1::from_shape_simple_fn(n, || {
        at += step();
        at
    })
}

fn saddle() -> Tensor {
    let mut cells = Array2::from_shape_fn((20, 30), |(y, x)| {
        let (x, y) = (x as f64 / 10.0 - 1.5, y as f64 / 10.0 - 1.0);
        x * x - 2.0 * y * y
    });
    cells[[3, 4]] = f64::NAN;
    Tensor::from(cells)
}

fn ripples() -> Tensor {
    Tensor::from(Array2::from_shape_fn((1_000, 1_000), |(y, x)| {
        let (x, y) = (x as f64 - 300.0, y as f64 - 400.0);
        let away = (x * x + y * y).sqrt() / 40.0;
        away.cos() / (1.0 + away / 4.0)
    }))
}

fn table(shape: (usize, usize), random: impl FnMut() -> f64) -> Array2<f64> {
    Array2::from_shape_simple_fn(shape, random)
}

/// Numbers from 0 to 1 by a linear congruential generator: enough for a picture,
/// and no dependency.
fn uniform(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Numbers about 0 with a spread of 1, by the sum of twelve from 0 to 1.
fn bell(seed: u64) -> impl FnMut() -> f64 {
    let mut random = uniform(seed);
    move || (0..12).map(|_| random()).sum::<f64>() - 6.0
}
