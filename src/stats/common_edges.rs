//! Edges of bins that several groups of values share, and those of whole
//! numbers.

use ndarray::Array1;

use super::edges::MAX_BINS;
use super::finite::{ends, finite};
use super::histogram::HistogramOptions;
use crate::error::Result;
use crate::list::{IntoList, MapEach};

impl HistogramOptions {
    /// The edges of the bins for several groups of values together, so that
    /// their histograms can be laid over each other or stacked.
    ///
    /// Mirrors `common_bins=True` of `seaborn.histplot`, and what matplotlib's
    /// `hist([a, b], bins)` does: the edges are those of all the values in one
    /// array. Count each group with them as its bins.
    ///
    /// # Errors
    ///
    /// Those of [`histogram`](super::histogram()).
    ///
    /// # Example
    ///
    /// ```
    /// use ndarray::Array1;
    /// use ndsight::stats::{HistogramOptions, histogram};
    ///
    /// let groups = [vec![0.0, 1.0, 2.0], vec![1.0, 4.0]];
    /// let edges = HistogramOptions::new(2).common_edges(&groups)?;
    /// assert_eq!(edges, [0.0, 2.0, 4.0]);
    /// let second = histogram(&Array1::from(groups[1].clone()), edges)?;
    /// assert_eq!(second.counts, [1, 1]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn common_edges<G: AsRef<[f64]>>(&self, groups: &[G]) -> Result<Vec<f64>> {
        let groups: Vec<&[f64]> = groups.map_each(AsRef::as_ref);
        self.edges(&Array1::from(groups.concat()))
    }
}

/// The edges of bins that each hold one whole number, half before it and half
/// after; `None` unless all the finite values are whole, there are some, and
/// `most` bins are enough for all from the least to the greatest.
///
/// Mirrors `discrete=True` of `seaborn.histplot`, which goes on with other
/// values and any number of bins. For several groups, give all their values.
///
/// # Example
///
/// ```
/// use ndsight::stats::discrete_edges;
///
/// assert_eq!(discrete_edges(&[3.0, 1.0, 1.0], 50), Some(vec![0.5, 1.5, 2.5, 3.5]));
/// assert_eq!(discrete_edges(&[3.5, 1.0], 50), None);
/// assert_eq!(discrete_edges(&[1.0, 100.0], 50), None);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn discrete_edges(values: &[f64], most: usize) -> Option<Vec<f64>> {
    // Beyond, halves are no numbers of their own.
    const LARGEST: f64 = (1u64 << 52) as f64;
    let (values, _) = finite(values);
    let (least, greatest) = ends(&values)?;
    let bins = greatest - least + 1.0;
    let whole = values.iter().all(|value| value.fract() == 0.0);
    if !whole || bins > most.min(MAX_BINS) as f64 || least < -LARGEST || greatest > LARGEST {
        return None;
    }
    let edges = (0..=bins as u64).map(|i| least - 0.5 + i as f64);
    Some(edges.into_list())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::histogram;
    use proptest::prelude::*;

    const NAN: f64 = f64::NAN;

    /// NumPy 2.4's `histogram_bin_edges(concatenate(groups), bins)`.
    #[test]
    fn common_edges_are_those_of_all_values() {
        let groups: [&[f64]; 3] = [&[1.0, 5.0], &[], &[2.0, 9.0, 3.0, 3.5]];
        let edges = |bins: &str| HistogramOptions::new(bins).common_edges(&groups);
        assert_eq!(
            edges("sqrt").unwrap(),
            [1.0, 3.6666666666666665, 6.333333333333333, 9.0]
        );
        assert!(edges("nothing").unwrap_err().is_name());
        let holes = [vec![NAN, 1.0], vec![3.0]];
        assert!(HistogramOptions::new(2).common_edges(&holes).is_err());
        let finite = HistogramOptions::new(2).finite_only();
        assert_eq!(finite.common_edges(&holes).unwrap(), [1.0, 2.0, 3.0]);
        assert_eq!(
            finite.common_edges::<Vec<f64>>(&[]).unwrap(),
            [0.0, 0.5, 1.0]
        );
    }

    #[test]
    fn whole_numbers_have_bins_of_their_own() {
        let edges = discrete_edges(&[NAN, -1.0, f64::INFINITY, 1.0], 3);
        assert_eq!(edges, Some(vec![-1.5, -0.5, 0.5, 1.5]));
        assert_eq!(discrete_edges(&[-1.0, 1.0], 2), None);
        assert_eq!(discrete_edges(&[7.0; 3], 1), Some(vec![6.5, 7.5]));
    }

    #[test]
    fn other_values_have_none() {
        for values in [
            &[][..],
            &[NAN],
            &[1e300],
            &[9007199254740993.0],
            &[-f64::MAX, f64::MAX],
        ] {
            assert_eq!(discrete_edges(values, usize::MAX), None);
        }
        assert_eq!(discrete_edges(&[0.0], 0), None);
    }

    proptest! {
        #[test]
        fn every_whole_number_is_counted_in_its_bin(x in prop::collection::vec(-20i8..20, 1..40)) {
            let values: Vec<f64> = x.iter().copied().map(f64::from).collect();
            let edges = discrete_edges(&values, 40).unwrap();
            let found = histogram(&Array1::from(values), edges.clone()).unwrap();
            for (count, left) in found.counts.iter().zip(&edges) {
                let value = (left + 0.5) as i8;
                prop_assert_eq!(*count as usize, x.iter().filter(|v| **v == value).count());
            }
        }
    }
}
