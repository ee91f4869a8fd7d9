use ndarray::{Array1, Array2, ArrayD, Axis, array};
use proptest::prelude::*;

use super::*;
use crate::stats::describe::{Blocks, MEMORY};
use crate::tensor::{Scalar, Tensor};

#[test]
fn no_values_are_all_nan() {
    let stats = boxplot_stats(&Array1::<f64>::zeros(0)).unwrap();
    assert!(stats.mean.is_nan() && stats.median.is_nan() && stats.whiskers.0.is_nan());
    assert!(stats.fliers.is_empty());
}

#[test]
fn one_value_is_all_there_is() {
    let stats = boxplot_stats(&array![3]).unwrap();
    assert_eq!((stats.q1, stats.median, stats.q3), (3.0, 3.0, 3.0));
    assert_eq!(stats.whiskers, (3.0, 3.0));
}

#[test]
fn a_strided_view_is_its_elements() {
    let x = array![[9.0, 1.0], [9.0, 2.0], [9.0, 3.0], [9.0, 50.0], [9.0, 4.0]];
    let column = x.column(1);
    assert_eq!(
        boxplot_stats(&column).unwrap(),
        boxplot_stats(&column.to_owned()).unwrap()
    );
}

#[test]
fn whiskers_that_are_no_number_are_an_error() {
    let err = BoxplotOptions::new()
        .whiskers(f64::NAN)
        .of(&array![1.0])
        .unwrap_err();
    assert_eq!(
        err.to_string(),
        "expected a number of interquartile ranges for the whiskers, but found NaN"
    );
}

/// Numbers without pattern, from 0 to 1.
fn noise(n: usize, seed: u64) -> Vec<f64> {
    let mut bits = seed;
    let mut next = || {
        bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..n).map(|_| next()).collect()
}

/// What box plots are asked for in other ways.
fn options() -> Vec<BoxplotOptions> {
    let whiskers: [Whiskers; 7] = [
        1.5.into(),
        0.0.into(),
        (-1.0).into(),
        f64::INFINITY.into(),
        (5.0, 95.0).into(),
        (0.0, 100.0).into(),
        (60.0, 40.0).into(),
    ];
    let plain = |whiskers| BoxplotOptions::new().whiskers(whiskers);
    let autorange = BoxplotOptions::new().autorange(true);
    whiskers.into_iter().map(plain).chain([autorange]).collect()
}

/// That a column's box is that of its finite values, put in order; of `fliers` as many as
/// there are.
fn check<T: Wide>(found: &BoxColumn, values: &[T], options: &BoxplotOptions) {
    let finite: Vec<T> = values.iter().copied().filter(|v| v.is_finite()).collect();
    let nan = values.iter().filter(|v| v.to_f64().is_nan()).count() as u64;
    let infinite = (values.len() - finite.len()) as u64 - nan;
    assert_eq!((found.dropped.nan, found.dropped.infinite), (nan, infinite));
    let ends = crate::stats::finite::ends(&finite.iter().map(|v| v.to_f64()).collect::<Vec<_>>());
    assert_eq!(found.ends, ends);
    let size = ends.map_or(0.0, |(a, b)| a.abs().max(b.abs()));
    let wanted = of_all(finite, options);
    assert_eq!(found.fliers, wanted.fliers.len() as u64);
    assert!(close(found.stats.mean, wanted.mean, size));
    assert_eq!(numbers(&found.stats), numbers(&wanted));
    assert!(found.stats.fliers.iter().eq(&wanted.fliers));
}

/// That means of values of this size are the same but for rounding. Sums may overflow where
/// others do not.
fn close(found: f64, wanted: f64, size: f64) -> bool {
    (found - wanted).abs() <= 1e-12 * size || !wanted.is_finite()
}

/// All but the mean and the fliers, NaN equal to itself and zeros of either sign alike.
fn numbers(stats: &BoxStats) -> Vec<Option<u64>> {
    let (notch, whiskers) = (stats.notch, stats.whiskers);
    let ends = [notch.0, notch.1, whiskers.0, whiskers.1];
    let all = [stats.q1, stats.median, stats.q3, stats.iqr]
        .into_iter()
        .chain(ends);
    all.map(|v| (!v.is_nan()).then(|| (v + 0.0).to_bits()))
        .collect()
}

fn columns_of<T: Scalar>(array: &ArrayD<T>, options: &BoxplotOptions) -> Vec<BoxColumn> {
    let width = if array.ndim() == 2 {
        array.shape()[1]
    } else {
        1
    };
    let view = T::wrap_view(array.view());
    options.of_columns(&view, 0..width).unwrap()
}

fn streamed<T: Scalar>(
    array: &ArrayD<T>,
    options: &BoxplotOptions,
    memory: usize,
) -> (Vec<BoxColumn>, usize) {
    let mut passes = 0;
    let mut open = || {
        passes += 1;
        let blocks = array.axis_chunks_iter(Axis(0), 7_777);
        let blocks: Vec<_> = blocks.map(|block| Ok(block.to_shared().into())).collect();
        Ok(Box::new(blocks.into_iter()) as Blocks)
    };
    let found = options.of_blocks_within(&mut open, memory);
    (found.unwrap().unwrap(), passes)
}

/// Long enough to be looked at several times: smooth, tied, skewed, sorted either way, with
/// values that are not finite, all equal, far apart, and none.
fn long_columns() -> Vec<Vec<f64>> {
    let n = MANY + 20_000;
    let uniform = noise(n, 1);
    let mut rising = uniform.clone();
    rising.sort_by(f64::total_cmp);
    let falling = rising.iter().rev().map(|u| (u - 0.5).powi(9)).collect();
    let each = |f: &dyn Fn(f64) -> f64| uniform.iter().map(|&u| f(u)).collect::<Vec<f64>>();
    let waves = uniform.iter().zip(noise(n, 2));
    let normal = waves.map(|(u, v)| (-2.0 * u.ln()).sqrt() * (v * std::f64::consts::TAU).cos());
    let gaps = |u: f64| match u {
        u if u < 0.1 => f64::NAN,
        u if u < 0.2 => f64::NEG_INFINITY,
        u => 1.0 / (u - 0.3).max(0.0),
    };
    vec![
        normal.collect(),
        each(&|u| (u * 5.0).floor()),
        each(&|u| (u - 0.5).signum() / (1e-9 + (u - 0.5).abs()).powi(3)),
        rising,
        falling,
        each(&gaps),
        vec![-0.1; n],
        each(&|u| if u < 0.9 { 3.0 } else { u }),
        each(&|u| if u < 1e-4 { 1e60 } else { u }),
        each(&|u| (u - 0.5) * f64::MAX * 1.9),
        vec![f64::NAN; n],
    ]
}

fn table(columns: &[Vec<f64>]) -> ArrayD<f64> {
    Array2::from_shape_fn((columns[0].len(), columns.len()), |(i, j)| columns[j][i]).into_dyn()
}

#[test]
fn boxes_of_columns_are_those_of_sorted_values() {
    let columns = long_columns();
    let table = table(&columns);
    for options in options() {
        let found = columns_of(&table, &options);
        for (found, values) in found.iter().zip(&columns) {
            check(found, values, &options);
        }
    }
}

#[test]
fn boxes_of_every_type_are_those_of_sorted_values() {
    let uniform = Array1::from(noise(MANY + 7, 3));
    for options in options() {
        let singles = uniform.mapv(|u| ((u - 0.5) * 9.0).powi(5) as f32);
        let found = columns_of(&singles.clone().into_dyn(), &options);
        check(&found[0], &singles.to_vec(), &options);
        let bytes = uniform.mapv(|u| (u * u * u * 255.0) as u8);
        let found = columns_of(&bytes.clone().into_dyn(), &options);
        check(&found[0], &bytes.mapv(f32::from).to_vec(), &options);
        let large = uniform.mapv(|u| i64::MAX - (u.powi(6) * 1e18) as i64);
        let found = columns_of(&large.clone().into_dyn(), &options);
        check(&found[0], &large.to_vec(), &options);
    }
}

#[test]
fn values_that_are_many_have_the_same_box() {
    let mut values = long_columns().swap_remove(0);
    let plain = BoxplotOptions::new();
    let found = boxplot_stats(&Array1::from(values.clone())).unwrap();
    let wanted = of_all(values.clone(), &plain);
    assert_eq!((found.fliers, found.q3), (wanted.fliers, wanted.q3));
    values[5] = f64::INFINITY;
    let found = boxplot_stats(&Array1::from(values.clone())).unwrap();
    assert_eq!(found, of_all(values.clone(), &plain));
    values[7] = f64::NAN;
    let found = boxplot_stats(&Array1::from(values)).unwrap();
    assert!(found.q1.is_nan() && found.whiskers.0.is_nan() && found.fliers.is_empty());
}

#[test]
fn boxes_of_blocks_are_those_of_columns() {
    let columns = long_columns();
    let array = table(&columns);
    for options in options().into_iter().step_by(4) {
        let wanted = columns_of(&array, &options);
        for (memory, most) in [(MEMORY, 3), (0, 12)] {
            let (found, passes) = streamed(&array, &options, memory);
            assert!(passes <= most, "{passes} passes");
            for (found, wanted) in found.iter().zip(&wanted) {
                same_but_thinned(found, wanted);
            }
        }
    }
}

/// That boxes are the same, but that one has only some of very many fliers.
fn same_but_thinned(found: &BoxColumn, wanted: &BoxColumn) {
    assert_eq!(found.fliers, wanted.fliers);
    let fliers = &found.stats.fliers;
    if found.fliers <= beyond::MANY as u64 {
        assert_eq!(*fliers, wanted.stats.fliers);
    }
    assert!(fliers.len() <= 2 * beyond::MANY);
    let mut all = wanted.stats.fliers.iter();
    assert!(fliers.iter().all(|flier| all.any(|other| other == flier)));
    if let Some((least, greatest)) = wanted.ends {
        for end in [least, greatest] {
            assert_eq!(fliers.contains(&end), wanted.stats.fliers.contains(&end));
        }
        let size = least.abs().max(greatest.abs());
        assert!(close(found.stats.mean, wanted.stats.mean, size));
    }
    assert_eq!(numbers(&found.stats), numbers(&wanted.stats));
    assert_eq!((found.ends, found.dropped), (wanted.ends, wanted.dropped));
}

#[test]
fn blocks_that_change_or_are_none_are_no_panic() {
    let mut pass = 0_u64;
    let mut open = || {
        pass += 1;
        let values: Vec<f32> = noise(20_000, pass)
            .into_iter()
            .map(|u| (u.powi(9) * pass as f64) as f32)
            .collect();
        Ok(Box::new(std::iter::once(Ok(Tensor::from(values)))) as Blocks)
    };
    let options = BoxplotOptions::new();
    let found = options.of_blocks_within(&mut open, 0).unwrap().unwrap();
    assert!(found[0].stats.q1.is_finite());
    let mut none = || Ok(Box::new(std::iter::empty()) as Blocks);
    assert_eq!(options.of_blocks(&mut none).unwrap(), Some(Vec::new()));
    let texts = Tensor::from(array!["a".to_owned()]);
    let mut texts = || Ok(Box::new(std::iter::once(Ok(texts.clone()))) as Blocks);
    assert_eq!(options.of_blocks(&mut texts).unwrap(), None);
    let wrong = options.whiskers((5.0, 195.0));
    assert!(wrong.of_blocks(&mut none).is_err());
}

proptest! {
    #[test]
    fn boxes_of_short_columns_are_those_of_sorted_values(
        values in prop::collection::vec(prop_oneof![
            4 => -50.0..50.0_f64,
            2 => (-9i8..9).prop_map(f64::from),
            1 => prop::num::f64::ANY,
            1 => prop::sample::select(vec![0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -f64::MAX]),
        ], 0..200),
        which in 0usize..8,
    ) {
        let options = options().swap_remove(which);
        let array = Array1::from(values.clone()).into_dyn();
        check(&columns_of(&array, &options)[0], &values, &options);
        let singles: Vec<f32> = values.iter().map(|&v| v as f32).collect();
        let array = Array1::from(singles.clone()).into_dyn();
        check(&columns_of(&array, &options)[0], &singles, &options);
        let integers: Vec<i64> = values.iter().map(|&v| v as i64).collect();
        let array = Array1::from(integers.clone()).into_dyn();
        let found = columns_of(&array, &options);
        check(&found[0], &integers, &options);
        let (streamed, _) = streamed(&array, &options, 0);
        streamed.iter().for_each(|streamed| same_but_thinned(streamed, &found[0]));
    }
}
