//! The rank of each value among the others, as `scipy.stats.rankdata`.

/// The rank of each value, from 1 for the least; equal values share the mean of
/// theirs.
///
/// Mirrors [`scipy.stats.rankdata`] with its default `method="average"` and
/// with `nan_policy="omit"`: a NaN has the rank NaN, and the others are ranked
/// as if it were not there. Infinities are numbers like any other.
///
/// [`scipy.stats.rankdata`]: https://docs.scipy.org/doc/scipy/reference/generated/scipy.stats.rankdata.html
///
/// # Example
///
/// ```
/// use ndsight::stats::ranks;
///
/// assert_eq!(ranks(&[30.0, 10.0, 20.0, 10.0]), [4.0, 1.5, 3.0, 1.5]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    sorted.retain(|(value, _)| !value.is_nan());
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![f64::NAN; values.len()];
    let mut before = 0;
    // Zeros of either sign lie side by side in this order, and are equal.
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        for (_, index) in tied {
            ranks[*index] = rank;
        }
        before += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// SciPy 1.17's `rankdata([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])`.
    #[test]
    fn ranks_are_scipys() {
        let digits = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0, 5.0, 3.0, 5.0];
        let wanted = [4.5, 1.5, 6.0, 1.5, 8.0, 11.0, 3.0, 10.0, 8.0, 4.5, 8.0];
        assert_eq!(ranks(&digits), wanted);
    }

    #[test]
    fn what_is_no_number_has_no_rank() {
        let found = ranks(&[f64::NAN, f64::INFINITY, 0.0, -0.0, f64::NEG_INFINITY]);
        assert!(found[0].is_nan());
        assert_eq!(found[1..], [4.0, 2.5, 2.5, 1.0]);
        assert!(ranks(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn ranks_sum_to_that_of_all_places(values in prop::collection::vec(-9i8..9, 0..80)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let n = values.len() as f64;
            prop_assert_eq!(ranks(&values).iter().sum::<f64>(), n * (n + 1.0) / 2.0);
        }
    }
}
