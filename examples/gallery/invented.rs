//! Numbers made up for the gallery: random, but the same every time.

use ndarray::{Array1, Array2, Array3, Array4, Array5, s};
use ndsight::{Dataset, Result, Tensor, dict};

pub(crate) fn noise() -> Result<Dataset> {
    let mut random = uniform(1);
    let images = Array4::from_shape_simple_fn((10, 32, 32, 3), &mut random);
    let labels = Array1::from_shape_simple_fn(10, || (random() * 10.0) as i64);
    Dataset::from_tensor_slices((images, labels))
}

pub(crate) fn gaps() -> Result<Dataset> {
    let mut values = table((200, 3), bell(6));
    let mut holes = values.column_mut(1);
    holes.iter_mut().step_by(3).for_each(|v| *v = f64::NAN);
    holes[7] = f64::INFINITY;
    values.column_mut(2).fill(f64::NAN);
    Dataset::from_tensor_slices(values)?.with_feature_names(["whole", "with gaps", "unknown"])
}

pub(crate) fn cloud() -> Result<Dataset> {
    let mut random = bell(7);
    let x = Array1::from_shape_simple_fn(300, &mut random);
    let y = Array1::from_shape_fn(300, |i| 1_000.0 * (x[i] + random()));
    let distance = Array1::from_shape_fn(300, |i| x[i] * x[i] - y[i] / 1_000.0);
    Dataset::from_tensor_slices(dict! { "x": x, "y": y, "distance": distance })
}

pub(crate) fn crowd() -> Result<Dataset> {
    let mut random = bell(3);
    let kind = Array1::from_shape_fn(100_000, |i| i as i64 % 3);
    let x = Array1::from_shape_fn(100_000, |i| random() + [0.0, 0.0, 3.0][i % 3]);
    let y = Array1::from_shape_fn(100_000, |i| {
        0.6 * x[i] + 0.8 * random() + [0.0, 2.0, 0.0][i % 3]
    });
    Dataset::from_tensor_slices(dict! { "x": x, "y": y, "kind": kind })
}

pub(crate) fn walk() -> Tensor {
    let mut random = uniform(8);
    let mut at = steps(400, || random() - 0.5);
    at.slice_mut(s![150..170]).fill(f64::NAN);
    Tensor::from(at)
}

/// Where one is after each of `n` steps.
pub(crate) fn steps(n: usize, mut step: impl FnMut() -> f64) -> Array1<f64> {
    let mut at = 0.0;
    Array1::from_shape_simple_fn(n, || {
        at += step();
        at
    })
}

pub(crate) fn saddle() -> Tensor {
    let mut cells = Array2::from_shape_fn((20, 30), |(y, x)| {
        let (x, y) = (x as f64 / 10.0 - 1.5, y as f64 / 10.0 - 1.0);
        x * x - 2.0 * y * y
    });
    cells[[3, 4]] = f64::NAN;
    Tensor::from(cells)
}

pub(crate) fn ripples() -> Tensor {
    Tensor::from(Array2::from_shape_fn((1_000, 1_000), |(y, x)| {
        let (x, y) = (x as f64 - 300.0, y as f64 - 400.0);
        let away = (x * x + y * y).sqrt() / 40.0;
        away.cos() / (1.0 + away / 4.0)
    }))
}

pub(crate) fn table(shape: (usize, usize), random: impl FnMut() -> f64) -> Array2<f64> {
    Array2::from_shape_simple_fn(shape, random)
}

/// Numbers from 0 to 1 by a linear congruential generator: enough for a picture,
/// and no dependency.
pub(crate) fn uniform(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Numbers about 0 with a spread of 1, by the sum of twelve from 0 to 1.
pub(crate) fn bell(seed: u64) -> impl FnMut() -> f64 {
    let mut random = uniform(seed);
    move || (0..12).map(|_| random()).sum::<f64>() - 6.0
}

/// Skewed amounts of two groups, and what each row stands for.
pub(crate) fn incomes() -> Result<Dataset> {
    let mut random = bell(21);
    let group = Array1::from_shape_fn(900, |i| i64::from(i % 3 == 0));
    let income = Array1::from_shape_fn(900, |i| {
        (10.0 + 0.7 * random() + 0.6 * group[i] as f64).exp()
    });
    let age = Array1::from_shape_fn(900, |i| {
        (income[i].ln() * 4.0 + 5.0 * random())
            .clamp(18.0, 90.0)
            .round()
    });
    let weight = Array1::from_shape_fn(900, |i| 1.0 + (i % 7) as f64 / 2.0);
    let people = dict! { "income": income, "age": age, "group": group, "weight": weight };
    Ok(Dataset::from_tensor_slices(people)?.with_class_names(["rural", "urban"]))
}

/// The sums of two dice.
pub(crate) fn dice() -> Result<Dataset> {
    let mut random = uniform(22);
    let mut die = || (random() * 6.0) as i64 + 1;
    let sums = Array2::from_shape_simple_fn((600, 1), || die() + die());
    Dataset::from_tensor_slices(sums)?.with_feature_names(["sum of two dice"])
}

/// Digits as the nearest mean of the others says they are: the images, the labels,
/// what is said and how surely.
pub(crate) fn judged(digits: &Dataset) -> Result<Dataset> {
    let images = digits.array::<u8, ndarray::Ix3>("images")?.mapv(f64::from);
    let labels = digits.array::<i64, ndarray::Ix1>("labels")?;
    let mut means = Array3::<f64>::zeros((10, 8, 8));
    for (image, &label) in images.outer_iter().zip(&labels) {
        let count = labels.iter().filter(|&&other| other == label).count() as f64;
        means
            .slice_mut(s![label as usize, .., ..])
            .scaled_add(1.0 / count, &image);
    }
    let scores = Array2::from_shape_fn((images.dim().0, 10), |(row, class)| {
        let away = &images.slice(s![row, .., ..]) - &means.slice(s![class, .., ..]);
        (-away.mapv(|v| v * v).sum() / 20_000.0).exp()
    });
    let shares = Array2::from_shape_fn(scores.dim(), |(row, class)| {
        scores[[row, class]] / scores.row(row).sum()
    });
    let best = |row: usize| {
        (0..10)
            .max_by(|&a, &b| shares[[row, a]].total_cmp(&shares[[row, b]]))
            .unwrap_or(0)
    };
    let predicted = Array1::from_shape_fn(shares.dim().0, |row| best(row) as i64);
    let confidence = Array1::from_shape_fn(shares.dim().0, |row| shares[[row, best(row)]]);
    let parts = dict! { "images": images.mapv(|v| v as u8), "labels": labels, "predicted": predicted, "confidence": confidence };
    Dataset::from_tensor_slices(parts)
}

/// Pictures of a disk and a square, where both are, and which pixels are theirs.
pub(crate) fn scenes() -> Result<Dataset> {
    let mut random = uniform(23);
    let mut places = Array3::<f64>::zeros((8, 2, 4));
    for mut place in places.lanes_mut(ndarray::Axis(2)) {
        let (x, y, side) = (random() * 44.0, random() * 28.0, 12.0 + random() * 8.0);
        place.assign(&ndarray::array![x, y, x + side, y + side].mapv(f64::round));
    }
    let masks = Array3::from_shape_fn((8, 48, 64), |(n, y, x)| {
        mask(places.slice(s![n, .., ..]), x, y)
    });
    let photos = Array4::from_shape_fn((8, 48, 64, 3), |(n, y, x, c)| {
        let ground = [60.0, 90.0, 120.0][c] + y as f64;
        let painted =
            [[0.0; 3], [215.0, 210.0, 205.0], [220.0, 200.0, 80.0]][masks[[n, y, x]] as usize][c];
        (if painted > 0.0 { painted } else { ground } + 30.0 * random()) as u8
    });
    let what = Array2::from_shape_fn((8, 2), |(_, i)| i as i64 + 1);
    let parts = dict! { "photo": photos, "mask": masks, "boxes": places, "what": what };
    Ok(Dataset::from_tensor_slices(parts)?.with_class_names(["ground", "disk", "square"]))
}

/// Whose pixel it is: 1 for the disk in the first place, 2 for the square in the second.
fn mask(places: ndarray::ArrayView2<f64>, x: usize, y: usize) -> u8 {
    let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
    let within = |i: usize| {
        let (cx, cy) = (
            (places[[i, 0]] + places[[i, 2]]) / 2.0,
            (places[[i, 1]] + places[[i, 3]]) / 2.0,
        );
        (
            (x - cx).abs(),
            (y - cy).abs(),
            (places[[i, 2]] - places[[i, 0]]) / 2.0,
        )
    };
    let ((dx, dy, radius), (sx, sy, half)) = (within(0), within(1));
    if sx < half && sy < half {
        2
    } else {
        u8::from(dx * dx + dy * dy < radius * radius)
    }
}

/// A spot that wanders: four sequences of 24 pictures.
pub(crate) fn films() -> Result<Dataset> {
    let films = Array5::from_shape_fn((4, 24, 20, 20, 1), |(n, t, y, x, _)| {
        let turn = t as f64 / 24.0 * std::f64::consts::TAU * (n + 1) as f64 / 2.0;
        let (dx, dy) = (
            x as f64 - 9.5 - 6.0 * turn.cos(),
            y as f64 - 9.5 - 6.0 * turn.sin(),
        );
        (255.0 * (-(dx * dx + dy * dy) / 12.0).exp()) as u8
    });
    Dataset::from_tensor_slices((films, vec![0_i64, 1, 2, 3]))
}

/// Pictures of six channels.
pub(crate) fn bands() -> Result<Dataset> {
    let mut random = uniform(24);
    let bands = Array4::from_shape_fn((6, 24, 24, 6), |(n, y, x, c)| {
        let (x, y, c) = (x as f32 / 24.0, y as f32 / 24.0, c as f32);
        ((x * (n + 2) as f32 + c).sin() + (y * 5.0 - c).cos() + random() as f32) * 40.0
    });
    Dataset::from_tensor_slices(bands)
}

/// Three sensors over a day.
pub(crate) fn sensors() -> Result<Dataset> {
    let mut random = bell(25);
    let hours = Array1::from_shape_fn(289, |i| i as f64 / 12.0);
    let curve = |from: f64, height: f64| {
        hours.mapv(|h| from + height * ((h - 9.0) / 24.0 * std::f64::consts::TAU).sin())
    };
    let mut noisy = |curve: Array1<f64>| curve.mapv(|v| v + 0.4 * random());
    let parts = dict! {
        "hour": hours.clone(),
        "outside": noisy(curve(8.0, 6.0)), "inside": noisy(curve(20.0, 1.5)), "cellar": noisy(curve(12.0, 0.3)),
    };
    Dataset::from_tensor_slices(parts)
}

/// 80 answers of 60 steps each, of two kinds.
pub(crate) fn answers() -> Result<Dataset> {
    let mut random = bell(26);
    let kind = Array1::from_shape_fn(80, |i| i as i64 % 2);
    let curves = Array2::from_shape_fn((80, 60), |(i, t)| {
        let t = t as f64 / 10.0;
        (t - 1.0).max(0.0) * (-(t - 1.0) / (0.8 + 0.6 * kind[i] as f64)).exp() + 0.08 * random()
    });
    let answers = Dataset::from_tensor_slices(dict! { "answer": curves, "kind": kind })?;
    Ok(answers.with_class_names(["control", "treated"]))
}

/// What goes with powers of ten.
pub(crate) fn powers() -> Result<Dataset> {
    let mut random = bell(27);
    let mass = Array1::from_shape_simple_fn(250, || 10_f64.powf(1.5 * random()));
    let rate = mass.mapv(|m| 3.4 * m.powf(0.75) * (0.3 * random()).exp());
    Dataset::from_tensor_slices(dict! { "mass": mass, "rate": rate })
}
