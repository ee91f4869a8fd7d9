//! The running sums of a histogram, as `cumulative=True` of matplotlib.

use super::histogram::Histogram;
use crate::list::{MapEach, MapInto};

impl Histogram<u64> {
    /// For each bin, how many values are in it or in one before it.
    ///
    /// Mirrors `numpy.cumsum(counts)`, and the counts of matplotlib's
    /// `hist(x, cumulative=True)`.
    ///
    /// # Example
    ///
    /// ```
    /// let x = ndarray::array![0.0, 0.5, 1.0, 4.0];
    /// let histogram = ndsight::stats::histogram(&x, 4)?;
    /// assert_eq!(histogram.counts, [2, 1, 0, 1]);
    /// assert_eq!(histogram.cumulative(), [2, 3, 3, 4]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn cumulative(&self) -> Vec<u64> {
        running(&self.counts, |sum, count| sum + count)
    }

    /// For each bin, the share of the values in bins that are in it or in one
    /// before it; the last is 1. All NaN where no value is in a bin.
    ///
    /// Mirrors matplotlib's `hist(x, cumulative=True, density=True)`.
    ///
    /// # Example
    ///
    /// ```
    /// let x = ndarray::array![0.0, 0.5, 1.0, 4.0];
    /// let histogram = ndsight::stats::histogram(&x, [0.0, 1.0, 6.0])?;
    /// assert_eq!(histogram.cumulative_shares(), [0.5, 1.0]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn cumulative_shares(&self) -> Vec<f64> {
        let total = self.total() as f64;
        let sums = self.cumulative().into_iter();
        sums.map(|sum| sum as f64 / total).collect()
    }
}

impl Histogram<f64> {
    /// For each bin, the sum of the weights in it and in those before it.
    pub fn cumulative(&self) -> Vec<f64> {
        running(&self.counts, |sum, weight| sum + weight)
    }

    /// For each bin, the sum of the weights in it and in those before it,
    /// divided by the sum of all.
    pub fn cumulative_shares(&self) -> Vec<f64> {
        let sums = self.cumulative();
        // The last of the sums, so that the last share is 1 to the digit.
        let total = sums.last().copied().unwrap_or(0.0);
        sums.map_into(|sum| sum / total)
    }
}

fn running<C: Copy + Default>(counts: &[C], add: impl Fn(C, C) -> C) -> Vec<C> {
    let mut sum = C::default();
    let next = |count: &C| {
        sum = add(sum, *count);
        sum
    };
    counts.map_each(next)
}

#[cfg(test)]
mod tests {
    use crate::stats::{HistogramOptions, histogram};
    use ndarray::{Array1, array};
    use proptest::prelude::*;

    #[test]
    fn weights_add_up_to_one_exactly() {
        let (x, weights) = (array![0.0, 1.0, 2.0], array![0.1, 0.2, 0.3]);
        let sums = HistogramOptions::new(3).weighted(&x, &weights).unwrap();
        assert_eq!(sums.cumulative(), [0.1, 0.1 + 0.2, 0.1 + 0.2 + 0.3]);
        assert_eq!(sums.cumulative_shares()[2], 1.0);
    }

    #[test]
    fn nothing_has_no_shares() {
        let none = histogram(&Array1::<f64>::zeros(0), 2).unwrap();
        assert_eq!(none.cumulative(), [0, 0]);
        assert!(none.cumulative_shares().iter().all(|share| share.is_nan()));
        let no_bin = histogram(&array![1.0], [1.0]).unwrap();
        assert!(no_bin.cumulative().is_empty() && no_bin.cumulative_shares().is_empty());
    }

    proptest! {
        #[test]
        fn running_sums_are_those_of_the_density(
            x in prop::collection::vec(-9.0..9.0, 1..50),
            bins in 1usize..9,
        ) {
            let found = histogram(&Array1::from(x.clone()), bins).unwrap();
            prop_assert_eq!(found.cumulative()[bins - 1], x.len() as u64);
            let widths = found.edges.windows(2).map(|pair| pair[1] - pair[0]);
            let mut sum = 0.0;
            for ((density, width), share) in
                found.density().iter().zip(widths).zip(found.cumulative_shares())
            {
                sum += density * width;
                prop_assert!((sum - share).abs() < 1e-9);
            }
        }
    }
}
