//! Leaving out what is not finite, and counting it.

use super::histogram::Dropped;
use crate::error::{Error, Result};

/// The finite values, in their order, and how many others there are.
pub(super) fn finite(values: &[f64]) -> (Vec<f64>, Dropped) {
    let mut dropped = Dropped::default();
    let mut kept = Vec::with_capacity(values.len());
    for &value in values {
        if value.is_finite() {
            kept.push(value);
        } else {
            dropped.add(value);
        }
    }
    (kept, dropped)
}

/// The pairs of which both numbers are finite, and how many others there are.
/// One of which either number is NaN counts as NaN.
pub(super) struct FinitePairs {
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) dropped: Dropped,
}

impl FinitePairs {
    /// An error unless there are as many `x` as `y`.
    pub(super) fn new(x: &[f64], y: &[f64]) -> Result<Self> {
        if x.len() != y.len() {
            return Err(Error::shape(format!(
                "expected as many x as y, but found {} and {}",
                x.len(),
                y.len()
            ))
            .coded("shape_mismatch"));
        }
        Ok(FinitePairs::of_common(x, y))
    }

    /// Of the pairs as far as both go.
    pub(super) fn of_common(x: &[f64], y: &[f64]) -> Self {
        let most = x.len().min(y.len());
        let mut pairs = FinitePairs {
            x: Vec::with_capacity(most),
            y: Vec::with_capacity(most),
            dropped: Dropped::default(),
        };
        for (&x, &y) in x.iter().zip(y) {
            pairs.add(x, y);
        }
        pairs
    }

    fn add(&mut self, x: f64, y: f64) {
        if x.is_finite() && y.is_finite() {
            self.x.push(x);
            self.y.push(y);
        } else {
            let nan = x.is_nan() || y.is_nan();
            self.dropped.add(if nan { f64::NAN } else { f64::INFINITY });
        }
    }
}

/// Least and greatest; `None` of nothing.
pub(super) fn ends(values: &[f64]) -> Option<(f64, f64)> {
    let (&first, rest) = values.split_first()?;
    Some(rest.iter().fold((first, first), |(least, greatest), &v| {
        (
            if v < least { v } else { least },
            if v > greatest { v } else { greatest },
        )
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAN: f64 = f64::NAN;
    const INF: f64 = f64::INFINITY;

    #[test]
    fn what_is_not_finite_is_counted_by_why() {
        let (kept, dropped) = finite(&[1.0, NAN, -INF, 2.0, INF]);
        assert_eq!(kept, [1.0, 2.0]);
        assert_eq!((dropped.nan, dropped.infinite, dropped.outside), (1, 2, 0));
    }

    #[test]
    fn a_pair_is_kept_whole_or_not_at_all() {
        let pairs = FinitePairs::new(&[1.0, NAN, 3.0, INF, INF], &[5.0, 6.0, INF, NAN, -INF]);
        let pairs = pairs.unwrap();
        assert_eq!((pairs.x, pairs.y), (vec![1.0], vec![5.0]));
        assert_eq!((pairs.dropped.nan, pairs.dropped.infinite), (2, 2));
    }

    #[test]
    fn every_x_needs_a_y() {
        let err = FinitePairs::new(&[1.0], &[]).err().unwrap();
        assert!(err.is_shape());
        assert_eq!(
            err.to_string(),
            "expected as many x as y, but found 1 and 0"
        );
    }

    #[test]
    fn ends_are_those_of_something() {
        assert_eq!(ends(&[]), None);
        assert_eq!(ends(&[2.0, -1.0, 0.5]), Some((-1.0, 2.0)));
    }
}
