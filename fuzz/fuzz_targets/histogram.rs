//! Histograms of any numbers, against the definition of a bin.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use ndarray::Array1;
use ndsight::stats::{Histogram, HistogramOptions, Real};
use ndsight::{BinRule, Bins, F16, Result};
use ndsight_fuzz::{Number, checked};

#[derive(Arbitrary, Debug)]
struct Input {
    values: Vec<Number>,
    weights: Option<Vec<i16>>,
    bins: Asked,
    range: Option<(Number, Number)>,
    finite_only: bool,
    dtype: u8,
}

#[derive(Arbitrary, Debug)]
enum Asked {
    Count(i8),
    Many(u16),
    Edges(Vec<Number>),
    Sorted(Vec<Number>),
    Rule(u8),
}

impl Asked {
    fn bins(&self) -> Bins {
        match self {
            Asked::Count(n) => Bins::Count(i64::from(*n)),
            Asked::Many(n) => Bins::Count(i64::from(*n)),
            Asked::Edges(edges) => Bins::Edges(edges.iter().map(Number::value).collect()),
            Asked::Sorted(edges) => {
                let mut edges: Vec<f64> = edges.iter().map(Number::value).collect();
                edges.sort_by(f64::total_cmp);
                Bins::Edges(edges)
            }
            Asked::Rule(n) => Bins::Rule(BinRule::ALL[usize::from(*n) % BinRule::ALL.len()]),
        }
    }
}

fuzz_target!(|input: Input| {
    let values = input.values.iter().map(Number::value).take(500);
    match input.dtype % 8 {
        0 => check(&input, values.map(|v| v > 0.0).collect(), |v| {
            f64::from(u8::from(v))
        }),
        1 => check(&input, values.map(|v| v as u8).collect(), f64::from),
        2 => check(&input, values.map(|v| v as i8).collect(), f64::from),
        3 => check(&input, values.map(|v| v as i64).collect(), |v| v as f64),
        4 => check(&input, values.map(|v| v as u64).collect(), |v| v as f64),
        5 => check(
            &input,
            values.map(|v| F16::from_f32(v as f32)).collect(),
            |v: F16| v.to_f32().into(),
        ),
        6 => check(&input, values.map(|v| v as f32).collect(), f64::from),
        _ => check(&input, values.collect(), |v: f64| v),
    }
});

fn check<T: Real>(input: &Input, values: Vec<T>, wide: impl Fn(T) -> f64) {
    let mut options = HistogramOptions::new(input.bins.bins());
    if let Some((first, last)) = &input.range {
        options = options.range(first.value(), last.value());
    }
    if input.finite_only {
        options = options.finite_only();
    }
    let numbers: Vec<f64> = values.iter().cloned().map(wide).collect();
    let array = Array1::from(values);
    if let Some(counted) = checked(options.count(&array)) {
        assert_eq!(
            counted.total() + counted.dropped.total(),
            numbers.len() as u64
        );
        check_edges(input, &counted.edges);
        let ones = vec![1; numbers.len()];
        let expected = naive(&numbers, &ones, &counted.edges);
        let counts: Vec<i64> = counted.counts.iter().map(|&n| n as i64).collect();
        assert_eq!(counts, expected, "{numbers:?} in {:?}", counted.edges);
    }
    if let Some(weights) = &input.weights {
        let whole: Vec<i64> = weights.iter().map(|&w| w.into()).collect();
        let real = weights.iter().map(|&w| f64::from(w)).collect();
        let weighed: Result<Histogram<f64>> = options.weighted(&array, &Array1::from_vec(real));
        if let Some(weighed) = checked(weighed) {
            let expected = naive(&numbers, &whole, &weighed.edges);
            let sums: Vec<i64> = weighed.counts.iter().map(|&sum| sum as i64).collect();
            assert_eq!(sums, expected);
        }
    }
}

/// Edges do not fall, are as many as were asked for, and end where they were told to.
fn check_edges(input: &Input, edges: &[f64]) {
    assert!(edges.is_sorted(), "{edges:?}");
    match input.bins.bins() {
        Bins::Count(n) => assert_eq!(edges.len() as i64, n + 1),
        Bins::Edges(asked) => assert_eq!(edges, asked),
        _ => assert!(edges.len() >= 2),
    }
}

/// The definition: each bin has its left edge and not its right one, the last has both.
/// One edge alone makes no bin, as in NumPy.
fn naive(values: &[f64], weights: &[i64], edges: &[f64]) -> Vec<i64> {
    let bins: Vec<(f64, f64)> = edges.windows(2).map(|ends| (ends[0], ends[1])).collect();
    let mut sums = vec![0; bins.len()];
    for (&value, weight) in values.iter().zip(weights) {
        let inside = |(bin, &(left, right)): (usize, &(f64, f64))| {
            left <= value && (value < right || bin + 1 == bins.len() && value <= right)
        };
        if let Some(bin) = bins.iter().enumerate().position(inside) {
            sums[bin] += weight;
        }
    }
    sums
}
