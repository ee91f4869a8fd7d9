//! The share of the values up to each, as `scipy.stats.ecdf`.

use super::finite::finite;
use super::histogram::Dropped;

/// The empirical distribution of values: a flight of steps from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ecdf {
    /// The finite values, each once, rising: where the steps are.
    pub values: Vec<f64>,
    /// For each of them, the share of all finite values that are not above it;
    /// the last is 1.
    pub shares: Vec<f64>,
    /// The values that were left out because they are not finite.
    pub dropped: Dropped,
}

impl Ecdf {
    /// The share of the values that are not above `x`: NaN for NaN and where
    /// there are no values.
    ///
    /// Mirrors `ecdf(values).cdf.evaluate(x)` of SciPy.
    ///
    /// # Example
    ///
    /// ```
    /// let steps = ndsight::stats::ecdf(&[1.0, 2.0, 2.0, 4.0]);
    /// assert_eq!([0.0, 1.0, 3.0, 4.0].map(|x| steps.at(x)), [0.0, 0.25, 0.75, 1.0]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn at(&self, x: f64) -> f64 {
        if x.is_nan() || self.values.is_empty() {
            return f64::NAN;
        }
        match self.values.partition_point(|value| *value <= x) {
            0 => 0.0,
            steps => self.shares.get(steps - 1).copied().unwrap_or(f64::NAN),
        }
    }
}

/// The empirical distribution of the finite values.
///
/// Mirrors [`scipy.stats.ecdf`]: `values` and `shares` are its `cdf.quantiles`
/// and `cdf.probabilities`. It differs in that values that are not finite are
/// left out and counted, and that no values are no steps, not an error.
///
/// [`scipy.stats.ecdf`]: https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.ecdf.html
///
/// # Example
///
/// ```
/// use ndsight::stats::ecdf;
///
/// let steps = ecdf(&[3.0, 1.0, 3.0, f64::NAN, 2.0]);
/// assert_eq!(steps.values, [1.0, 2.0, 3.0]);
/// assert_eq!(steps.shares, [0.25, 0.5, 1.0]);
/// assert_eq!(steps.dropped.nan, 1);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn ecdf(values: &[f64]) -> Ecdf {
    let (mut sorted, dropped) = finite(values);
    sorted.sort_unstable_by(f64::total_cmp);
    let total = sorted.len() as f64;
    let mut steps = Ecdf {
        dropped,
        ..Ecdf::default()
    };
    let mut below = 0;
    for equal in sorted.chunk_by(|a, b| a == b) {
        below += equal.len();
        steps.values.push(equal[0]);
        steps.shares.push(below as f64 / total);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// SciPy 1.17's `ecdf([3, 1, 4, 1, 5, 9, 2, 6]).cdf`.
    #[test]
    fn steps_are_scipys() {
        let steps = ecdf(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]);
        assert_eq!(steps.values, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 9.0]);
        assert_eq!(steps.shares, [0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0]);
    }

    #[test]
    fn zeros_of_either_sign_are_one_step() {
        let steps = ecdf(&[0.0, -0.0, 1.0, f64::NEG_INFINITY]);
        assert_eq!(steps.values, [0.0, 1.0]);
        assert_eq!((steps.at(-0.0), steps.dropped.infinite), (2.0 / 3.0, 1));
        assert_eq!(steps.at(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn no_values_are_no_steps() {
        for values in [&[][..], &[f64::NAN]] {
            let steps = ecdf(values);
            assert!(steps.values.is_empty() && steps.at(0.0).is_nan());
        }
    }

    proptest! {
        #[test]
        fn steps_rise_to_1(values in prop::collection::vec(-50i8..50, 1..100)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let steps = ecdf(&values);
            prop_assert!(steps.values.is_sorted() && steps.shares.is_sorted());
            prop_assert_eq!(steps.shares.last(), Some(&1.0));
            for (value, share) in steps.values.iter().zip(&steps.shares) {
                let below = values.iter().filter(|v| *v <= value).count();
                prop_assert_eq!(*share, below as f64 / values.len() as f64);
            }
        }
    }
}
