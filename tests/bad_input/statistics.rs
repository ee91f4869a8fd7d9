//! Numbers that arithmetic breaks on, put to every statistic: an answer or an
//! error, and never a panic; counts that account for every value.

use ndarray::{Array1, Array2};
use ndsight::stats::*;
use proptest::prelude::*;

const FLOATS: [f64; 16] = [
    f64::MAX,
    f64::MIN,
    f64::MAX / 2.0,
    f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    9_007_199_254_740_993.0,
    1e17,
    1e-160,
    0.0,
    -0.0,
    1.0,
    -2.5,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

fn floats(most: usize) -> impl Strategy<Value = Vec<f64>> {
    // Often a few numbers only, so that many are equal.
    let index = prop_oneof![0..FLOATS.len(), Just(11), Just(12)];
    prop::collection::vec(index.prop_map(|i| FLOATS[i]), 0..most)
}

fn one() -> impl Strategy<Value = f64> {
    prop::sample::select(&FLOATS[..])
}

proptest! {
    #[test]
    fn of_one_set(values in floats(12), low in one(), high in one(), size in 0usize..70) {
        for bandwidth in [Bandwidth::Scott, Bandwidth::Silverman, Bandwidth::Factor(low)] {
            if let Ok(kde) = Kde::new(&values, bandwidth) {
                prop_assert!(kde.bandwidth() > 0.0);
                prop_assert!(kde.evaluate(&values).iter().all(|d| d.is_nan() || *d >= 0.0));
                let (from, to) = kde.support(high);
                prop_assert_eq!(kde.curve(from, to, size).len(), size);
                prop_assert_eq!(kde.curve(low, high, size).len(), size);
                let _ = kde.adjusted(low);
            }
        }
        let _ = Kde::weighted(&values, &vec![low; values.len()], 1.0);
        let steps = ecdf(&values);
        let kept = values.iter().filter(|v| v.is_finite()).count() as u64;
        prop_assert_eq!(kept + steps.dropped.total(), values.len() as u64);
        prop_assert!(steps.at(low).is_nan() || (0.0..=1.0).contains(&steps.at(low)));
        prop_assert_eq!(ranks(&values).len(), values.len());
        let edges = discrete_edges(&values, size);
        prop_assert!(edges.is_none_or(|edges| edges.len() <= size + 1));
        let _ = HistogramOptions::new("auto").finite_only().common_edges(&[&values, &values]);
        if let Ok(counted) = histogram(&Array1::from(values), size) {
            prop_assert_eq!(counted.cumulative().last().copied(), Some(counted.total()));
        }
    }

    #[test]
    fn of_pairs(x in floats(9), y in floats(9), ends in (one(), one()), size in 0usize..9) {
        for r in [pearson(&x, &y), spearman(&x, &y)] {
            prop_assert!(r.is_nan() || (-1.0..=1.0).contains(&r));
        }
        prop_assert_eq!(linear_fit(&x, &y).is_err_and(|err| err.is_shape()), x.len() != y.len());
        let common = x.len().min(y.len());
        let (x, y) = (&x[..common], &y[..common]);
        if let Ok(fit) = linear_fit(x, y) {
            prop_assert!(fit.slope.is_finite() && fit.intercept.is_finite());
            let _ = fit.confidence_band(ends.0, ends.1);
            let _ = fit.confidence_band(ends.0, 0.95);
        }
        if let Ok(grid) = histogram2d(x, y, size) {
            prop_assert_eq!(grid.total() + grid.dropped.total(), common as u64);
        }
        let _ = Histogram2dOptions::new(size).range(ends, ends).count(x, y);
        let _ = Histogram2dOptions::new(x.to_vec()).count(x, y);
        if let Ok(grid) = hexbin(x, y, size) {
            prop_assert_eq!(grid.counts.iter().sum::<u64>() + grid.dropped.total(), common as u64);
        }
    }

    #[test]
    fn of_tables(values in floats(50), rows in 1usize..9, k in 0usize..6, level in one()) {
        let columns = values.len() / rows;
        let places = values[..rows * columns].to_vec();
        let table = Array2::from_shape_vec((rows, columns), places).unwrap();
        if let Ok(found) = pca(table.view(), k) {
            prop_assert_eq!(found.scores.dim(), (rows, k));
            let lengths = found.components.rows().into_iter().map(|c| c.dot(&c));
            prop_assert!(lengths.into_iter().all(|length| (length - 1.0).abs() < 1e-9));
        }
        let mut order = leaf_order(table.view());
        order.sort_unstable();
        prop_assert_eq!(order, (0..rows.min(columns)).collect::<Vec<_>>());
        for spread in [Spread::Deviations(level), Spread::Errors(level), Spread::Confidence(level)] {
            prop_assert_eq!(mean_band(table.view(), spread).mean.len(), columns);
        }
        let lists: Vec<Vec<f64>> = table.rows().into_iter().map(|row| row.to_vec()).collect();
        for method in Correlation::ALL {
            let matrix = correlation(&lists, method);
            prop_assert!(matrix.iter().all(|r| r.is_nan() || (-1.0..=1.0).contains(r)));
        }
    }

    #[test]
    fn of_counts(counts in prop::collection::vec(any::<u64>(), 12)) {
        let counts = Array2::from_shape_vec((3, 4), counts).unwrap();
        for normalize in Normalize::ALL {
            let shares = confusion_shares(counts.view(), normalize);
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
        }
    }
}
