//! Against other libraries and against the plainest code.

use ndarray::{Array1, Array2, Array3, ArrayD, Axis, Slice, arr0, array};
use proptest::prelude::*;

use super::blocks::Blocks;
use super::column::FENCES;
use super::distinct::DISTINCT;
use super::*;
use crate::stats::percentile;
use crate::stats::summary::Number;
use crate::tensor::{F16, Scalar, Tensor};

fn describe<T: Scalar>(array: ArrayD<T>) -> Vec<ColumnStats> {
    describe_view(&T::wrap_view(array.view())).unwrap()
}

fn column<T: Scalar>(values: Vec<T>) -> ColumnStats {
    let mut found = describe(Array1::from(values).into_dyn());
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// Numbers without pattern.
fn noise(n: usize, seed: u64) -> impl Iterator<Item = f64> {
    let mut draws = kept::Draws(seed);
    (0..n).map(move |_| draws.below(1 << 40) as f64 / (1_u64 << 40) as f64)
}

fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

/// The plainest code for each.
fn check(found: &ColumnStats, values: &[f64]) {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let summary = &found.summary;
    assert_eq!(summary.count, values.len() as u64);
    assert_eq!(summary.finite(), sorted.len() as u64);
    assert_eq!(
        summary.nan,
        values.iter().filter(|v| v.is_nan()).count() as u64
    );
    assert_eq!(
        summary.infinite(),
        values.iter().filter(|v| v.is_infinite()).count() as u64
    );
    assert_eq!(summary.min().map(Number::to_f64), sorted.first().copied());
    assert_eq!(summary.max().map(Number::to_f64), sorted.last().copied());
    assert_eq!(
        summary.zeros,
        sorted.iter().filter(|v| **v == 0.0).count() as u64
    );
    assert_eq!(
        found.whole,
        !sorted.is_empty() && sorted.iter().all(|v| v.fract() == 0.0)
    );
    assert_eq!(found.bins.iter().sum::<u64>(), sorted.len() as u64);
    let mut distinct: Vec<f64> = values
        .iter()
        .filter(|v| !v.is_nan())
        .map(|v| v + 0.0)
        .collect();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let wanted = match distinct.len() {
        n if n <= DISTINCT => Distinct::Exactly(n as u64),
        _ => Distinct::MoreThan(DISTINCT as u64),
    };
    assert_eq!(found.distinct, wanted);
    let Some(quartiles) = found.quartiles else {
        return assert!(sorted.is_empty());
    };
    assert_eq!(
        quartiles.to_vec(),
        percentile(&Array1::from(sorted.clone()), &[25.0, 50.0, 75.0]).unwrap()
    );
    let reach = FENCES * (quartiles[2] - quartiles[0]);
    let (low, high) = (quartiles[0] - reach, quartiles[2] + reach);
    let outliers = sorted.iter().filter(|&&v| v < low || v > high).count();
    assert_eq!(found.outliers, outliers as u64);
    let mean = sorted.iter().sum::<f64>() / n;
    let power = |p: i32| sorted.iter().map(|v| (v - mean).powi(p)).sum::<f64>();
    assert!(close(summary.mean().unwrap(), mean));
    assert!(close(summary.deviation().unwrap(), (power(2) / n).sqrt()));
    if let Some(skewness) = summary.skewness() {
        let wanted = n * (n - 1.0).sqrt() / (n - 2.0) * power(3) / power(2).powf(1.5);
        assert!(
            (skewness - wanted).abs() <= 1e-6 * (1.0 + wanted.abs()),
            "{skewness} {wanted}"
        );
    }
}

/// pandas 3.1's `Series([2, 3, 5, 7, 11, 13, 17, 190.5])`: `describe`, `skew`.
#[test]
fn statistics_are_pandas() {
    let found = column(vec![2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 190.5]);
    assert_eq!(found.quartiles, Some([4.5, 9.0, 14.0]));
    assert_eq!(found.summary.mean(), Some(31.0625));
    assert!(close(
        found.summary.sample_deviation().unwrap(),
        64.62774586595361
    ));
    assert!(close(found.summary.skewness().unwrap(), 2.7928703846615166));
    assert_eq!((found.outliers, found.whole), (1, false));
    assert_eq!(found.distinct, Distinct::Exactly(8));
    assert_eq!((found.bins[0], found.bins[1], found.bins[19]), (5, 2, 1));
}

#[test]
fn no_values_have_no_statistics() {
    for values in [vec![], vec![f32::NAN, f32::NAN]] {
        let found = column(values.clone());
        assert_eq!(
            (found.quartiles, found.outliers, found.whole),
            (None, 0, false)
        );
        assert_eq!(found.summary.nan, values.len() as u64);
        assert_eq!(found.distinct, Distinct::Exactly(0));
        assert_eq!(found.bins, [0; BINS]);
        assert_eq!(found.summary.skewness(), None);
    }
    assert!(describe(Array2::<f64>::zeros((3, 0)).into_dyn()).is_empty());
    assert_eq!(describe(Array2::<i64>::zeros((0, 3)).into_dyn()).len(), 3);
}

#[test]
fn equal_values_fill_the_middle_bin() {
    let found = column(vec![0.1; 5]);
    assert_eq!(found.bins[10], 5);
    assert_eq!(found.quartiles, Some([0.1; 3]));
    assert_eq!(
        (found.summary.sample_deviation(), found.summary.skewness()),
        (Some(0.0), None)
    );
    assert_eq!(column(vec![7_u8]).summary.sample_deviation(), None);
}

#[test]
fn infinities_are_values_but_not_finite() {
    let found = column(vec![
        1.0,
        f64::INFINITY,
        f64::NAN,
        1.0,
        f64::NEG_INFINITY,
        f64::INFINITY,
    ]);
    assert_eq!(found.distinct, Distinct::Exactly(3));
    assert_eq!(
        (
            found.summary.positive_infinite,
            found.summary.negative_infinite
        ),
        (2, 1)
    );
    assert_eq!(found.quartiles, Some([1.0; 3]));
}

#[test]
fn zeros_of_either_sign_are_one_value() {
    let found = column(vec![0.0_f32, -0.0, 0.0]);
    assert_eq!(
        (found.distinct, found.summary.zeros),
        (Distinct::Exactly(1), 3)
    );
}

#[test]
fn the_largest_numbers_are_described() {
    let found = column(vec![f64::MAX, -f64::MAX, 0.0, 1.0]);
    assert_eq!((found.bins[0], found.bins[10], found.bins[19]), (1, 2, 1));
    assert_eq!(found.summary.mean(), Some(0.25));
    assert_eq!(found.summary.skewness(), None);
    column(vec![f32::MAX, -f32::MAX, f32::MIN_POSITIVE]);
}

#[test]
fn integers_beyond_2_to_53_are_exact() {
    let found = column(vec![u64::MAX - 2, u64::MAX - 1, u64::MAX]);
    let max = i128::from(u64::MAX);
    assert_eq!(
        found.summary.ends,
        Some((Number::Integer(max - 2), Number::Integer(max)))
    );
    assert_eq!(found.summary.sample_deviation(), Some(1.0));
    assert_eq!((found.distinct, found.whole), (Distinct::Exactly(3), true));
    assert_eq!((found.bins[0], found.bins[10], found.bins[19]), (1, 1, 1));
    let found = column(vec![i64::MIN, i64::MAX, 0]);
    assert_eq!(
        found.summary.min(),
        Some(Number::Integer(i128::from(i64::MIN)))
    );
}

#[test]
fn every_type_of_number_is_described() {
    macro_rules! check {
        ($($type:ty),*) => {$(
            let values: [$type; 4] = [1, 2, 3, 5];
            let found = column(values.to_vec());
            assert_eq!(found.summary.ends, Some((Number::Integer(1), Number::Integer(5))));
            assert_eq!((found.quartiles, found.whole), (Some([1.75, 2.5, 3.5]), true));
        )*};
    }
    check!(i8, i16, i32, i64, u8, u16, u32, u64);
    let found = column(vec![true, false, true]);
    assert_eq!(
        found.summary.ends,
        Some((Number::Integer(0), Number::Integer(1)))
    );
    let halves = [1.0, 2.5].map(F16::from).to_vec();
    assert_eq!(
        column(halves).summary.ends,
        Some((Number::Float(1.0), Number::Float(2.5)))
    );
    let texts = array!["a".to_owned()].into_dyn();
    assert_eq!(describe_view(&String::wrap_view(texts.view())), None);
}

#[test]
fn shapes_say_what_a_column_is() {
    let table = Array2::from_shape_fn((50, 3), |(i, j)| (i * (j + 1)) as f32);
    let columns = describe(table.clone().into_dyn());
    for (j, found) in columns.iter().enumerate() {
        assert_eq!(*found, column(table.column(j).to_vec()));
    }
    assert_eq!(describe(arr0(3.0).into_dyn())[0].summary.count, 1);
    let cube = Array3::from_shape_fn((4, 5, 6), |(i, j, k)| (i * 30 + j * 6 + k) as i16);
    let found = describe(cube.clone().into_dyn());
    assert_eq!(
        (found.len(), found[0].quartiles),
        (1, Some([29.75, 59.5, 89.25]))
    );
    let gaps = cube.slice_axis(Axis(2), Slice::new(0, None, 2)).into_dyn();
    let found = describe_view(&TensorView::Int16(gaps)).unwrap();
    assert_eq!(found[0], column(cube.iter().copied().step_by(2).collect()));
}

#[test]
fn many_columns_are_described_in_groups() {
    let wide = Array2::from_shape_fn((3, 1000), |(i, j)| (i * j) as u16);
    let found = describe(wide.into_dyn());
    assert_eq!(found.len(), 1000);
    assert_eq!(found[999].quartiles, Some([499.5, 999.0, 1498.5]));
}

/// Long enough for windows: smooth, tied, skewed, sorted, periodic, with values that
/// are not finite, all equal, and with values so far off that all others share a bin.
fn long_columns() -> Vec<Vec<f64>> {
    let n = 120_000;
    let uniform: Vec<f64> = noise(n, 1).collect();
    let mut sorted = uniform.clone();
    sorted.sort_by(f64::total_cmp);
    let normal = uniform
        .iter()
        .zip(noise(n, 2))
        .map(|(u, v)| (-2.0 * u.max(1e-300).ln()).sqrt() * (v * std::f64::consts::TAU).cos());
    let heavy = |u: &f64| (u - 0.5).signum() / (1e-9 + (u - 0.5).abs()).powi(3);
    vec![
        normal.collect(),
        uniform.iter().map(|u| (u * 5.0).floor()).collect(),
        uniform.iter().map(|u| (u * 2.0 - 1.0).max(0.0)).collect(),
        uniform.iter().map(heavy).collect(),
        sorted,
        (0..n).map(|i| (i % 4096) as f64).collect(),
        uniform
            .iter()
            .map(|&u| {
                if u < 0.1 {
                    f64::NAN
                } else {
                    1.0 / (u - 0.2).max(0.0)
                }
            })
            .collect(),
        uniform
            .iter()
            .map(|u| if *u < 0.7 { 3.0 } else { *u })
            .collect(),
        vec![-0.1; n],
        (0..n)
            .map(|i| if i == 777 { 1e60 } else { uniform[i] })
            .collect(),
    ]
}

#[test]
fn long_columns_are_exact_on_any_number_of_threads() {
    let columns = long_columns();
    let table =
        Array2::from_shape_fn((columns[0].len(), columns.len()), |(i, j)| columns[j][i]).into_dyn();
    let view = TensorView::Float64(table.view());
    let found = describe_on(&view, 1).unwrap();
    assert_eq!(found, describe_on(&view, 3).unwrap());
    for (found, values) in found.iter().zip(&columns) {
        check(found, values);
    }
}

#[test]
fn long_columns_of_large_integers_are_exact() {
    for range in [1_000.0, 1e17] {
        let values = noise(150_000, 5).map(|u| i64::MAX - (u * range) as i64);
        let values = Array1::from_iter(values);
        let found = column(values.to_vec());
        let quartiles = percentile(&values, &[25.0, 50.0, 75.0]).unwrap();
        assert_eq!(found.quartiles.unwrap().to_vec(), quartiles);
        let unsigned = column(values.mapv(i64::cast_unsigned).to_vec());
        assert_eq!(unsigned, found);
        assert_eq!(found.bins.iter().sum::<u64>(), 150_000);
    }
}

/// The blocks of a table that is handed over in parts, and how often it was read.
fn streamed<T: Scalar>(array: &ArrayD<T>, rows: usize, memory: usize) -> (Vec<ColumnStats>, usize) {
    let (mut passes, array) = (0, array.clone());
    let mut open = || {
        passes += 1;
        let blocks: Vec<_> = array
            .axis_chunks_iter(Axis(0), rows)
            .map(|v| v.to_shared())
            .collect();
        let tensors = blocks.into_iter().map(|block| Ok(Tensor::from(block)));
        Ok(Box::new(tensors) as Blocks)
    };
    let found = blocks::describe_within(&mut open, 2, memory)
        .unwrap()
        .unwrap();
    (found, passes)
}

#[test]
fn blocks_that_fit_are_read_once() {
    let columns = long_columns();
    let table = Array2::from_shape_fn((50_000, columns.len()), |(i, j)| columns[j][i]).into_dyn();
    let (found, passes) = streamed(&table, 777, blocks::MEMORY);
    assert_eq!((found, passes), (describe(table), 1));
}

#[test]
fn blocks_are_described_exactly_in_little_memory() {
    let columns = long_columns();
    let table =
        Array2::from_shape_fn((columns[0].len(), columns.len()), |(i, j)| columns[j][i]).into_dyn();
    for (memory, most) in [(1 << 22, 6), (0, 12)] {
        let (found, passes) = streamed(&table, 5000, memory);
        assert!(passes <= most, "{passes} passes");
        for (found, values) in found.iter().zip(&columns) {
            check(found, values);
        }
    }
    let small = Array1::from_iter(noise(200_000, 3).map(|u| (u * 250.0) as u8));
    let found = streamed(&small.clone().into_dyn(), 999, 0).0;
    check(&found[0], &small.mapv(f64::from).to_vec());
}

#[test]
fn blocks_that_change_from_pass_to_pass_are_no_panic() {
    let mut pass = 0_u64;
    let mut open = || {
        pass += 1;
        let values: Vec<f32> = noise(20_000, pass)
            .map(|u| (u * pass as f64) as f32)
            .collect();
        Ok(Box::new(std::iter::once(Ok(Tensor::from(values)))) as Blocks)
    };
    let found = blocks::describe_within(&mut open, 1, 0).unwrap().unwrap();
    assert_eq!(found[0].summary.count, 20_000);
    assert!(found[0].quartiles.is_some());
}

#[test]
fn blocks_that_do_not_fit_together_are_errors() {
    let open = |second: Tensor| {
        let first = Tensor::from(array![[1.0_f32, 2.0]]);
        let mut open =
            || Ok(Box::new([Ok(first.clone()), Ok(second.clone())].into_iter()) as Blocks);
        describe_blocks(&mut open).unwrap_err().to_string()
    };
    assert_eq!(
        open(Tensor::from(array![[1.0_f32]])),
        "expected blocks of 2 columns, but found one of 1"
    );
    assert_eq!(
        open(Tensor::from(array![[1.0_f64, 2.0]])),
        "expected blocks of one element type that fits f32, but found float64"
    );
    let mut none = || Ok(Box::new(std::iter::empty()) as Blocks);
    assert_eq!(describe_blocks(&mut none).unwrap(), Some(Vec::new()));
    let mut texts =
        || Ok(Box::new(std::iter::once(Ok(Tensor::from(array!["a".to_owned()])))) as Blocks);
    assert_eq!(describe_blocks(&mut texts).unwrap(), None);
}

proptest! {
    #[test]
    fn short_columns_are_as_the_plainest_code_says(
        values in prop::collection::vec(prop_oneof![
            4 => -50.0..50.0_f64,
            2 => (-9i8..9).prop_map(f64::from),
            1 => prop::sample::select(vec![0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e6]),
        ], 0..200),
    ) {
        check(&column(values.clone()), &values);
    }
}
