//! Counting pairs of numbers in rectangles, as `numpy.histogram2d`.

use ndarray::Array2;

use super::bins::{BinRule, Bins};
use super::edges::MAX_BINS;
use super::finite::FinitePairs;
use super::histogram::{Dropped, HistogramOptions};
use super::locator::Locator;
use super::survey::Survey;
use super::wide::Arithmetic;
use crate::error::{Error, Result};
use crate::list::IntoList;

/// The bins of a [`Histogram2d`], in the ways that `bins=` of
/// `numpy.histogram2d` takes them: one number or one list of edges for both
/// directions, or a pair with one for each. Rules, which NumPy takes for one
/// direction only, work too.
///
/// Default: ten by ten.
///
/// # Example
///
/// ```
/// use ndsight::stats::{Bins, Bins2d};
///
/// assert_eq!(Bins2d::from(5), Bins2d::from([5, 5]));
/// let bins = Bins2d::from((20, [0.0, 1.0, 5.0]));
/// assert_eq!((bins.x, bins.y), (Bins::Count(20), Bins::from([0.0, 1.0, 5.0])));
/// assert_eq!(Bins2d::default().y, Bins::Count(10));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bins2d {
    /// Those along x.
    pub x: Bins,
    /// Those along y.
    pub y: Bins,
}

impl From<Bins> for Bins2d {
    fn from(bins: Bins) -> Self {
        Bins2d {
            x: bins.clone(),
            y: bins,
        }
    }
}

impl<X: Into<Bins>, Y: Into<Bins>> From<(X, Y)> for Bins2d {
    fn from((x, y): (X, Y)) -> Self {
        Bins2d {
            x: x.into(),
            y: y.into(),
        }
    }
}

macro_rules! both {
    ($($one:ty),*) => {$(
        impl From<$one> for Bins2d {
            fn from(bins: $one) -> Self {
                Bins2d::from(Bins::from(bins))
            }
        }
    )*};
}

macro_rules! each {
    ($($count:ty),*) => {$(
        impl From<[$count; 2]> for Bins2d {
            fn from([x, y]: [$count; 2]) -> Self {
                Bins2d::from((x, y))
            }
        }
    )*};
}

both!(usize, i32, i64, Vec<f64>, &[f64], BinRule, &str, String);
each!(usize, i32, i64);

impl<const N: usize> From<[f64; N]> for Bins2d {
    fn from(edges: [f64; N]) -> Self {
        Bins2d::from(Bins::from(edges))
    }
}

/// How many pairs lie in each rectangle of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram2d {
    /// One for each bin of x and each of y, in this order: x runs down the
    /// rows, as in NumPy.
    pub counts: Array2<u64>,
    /// One more than bins along x, rising.
    pub x_edges: Vec<f64>,
    /// One more than bins along y, rising.
    pub y_edges: Vec<f64>,
    /// The pairs that are in no bin. Those of which one number is not finite
    /// count as that number does; NaN comes first.
    pub dropped: Dropped,
}

impl Histogram2d {
    /// How many pairs are in bins.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Counts divided by the area of the bin and the total, so that the volume
    /// is 1: `density=True` of NumPy. All NaN where no pair is in a bin.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::histogram2d;
    ///
    /// let grid = histogram2d(&[0.0, 0.5, 3.0], &[0.0, 0.5, 1.0], [0.0, 2.0, 4.0])?;
    /// assert_eq!(grid.density()[[0, 0]], 2.0 / 3.0 / 4.0);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn density(&self) -> Array2<f64> {
        let total = self.total() as f64;
        let widths = |edges: &[f64]| -> Vec<f64> {
            let pairs = edges.windows(2);
            pairs.map(|pair| pair[1] - pair[0]).into_list()
        };
        let (across, down) = (widths(&self.x_edges), widths(&self.y_edges));
        let mut density = Array2::from_elem(self.counts.raw_dim(), f64::NAN);
        for (i, width) in across.iter().enumerate() {
            for (j, height) in down.iter().enumerate() {
                if let (Some(count), Some(place)) =
                    (self.counts.get([i, j]), density.get_mut([i, j]))
                {
                    *place = *count as f64 / width / height / total;
                }
            }
        }
        density
    }
}

/// Counts pairs of numbers in the rectangles of a grid.
///
/// Mirrors [`numpy.histogram2d`]: the same edges and counts, `x` along the
/// first axis. `bins` is what [`Bins2d`] is made from. A range is a matter of
/// [`Histogram2dOptions`], a density is [`Histogram2d::density`].
///
/// Differences from NumPy: pairs with a NaN or an infinite number are left out
/// and counted (NumPy: an error); at most ten million bins.
///
/// [`numpy.histogram2d`]: https://numpy.org/doc/stable/reference/generated/numpy.histogram2d.html
///
/// # Errors
///
/// - not as many x as y;
/// - those of [`histogram`](super::histogram()) that concern the bins, for
///   either direction; too many bins in all.
///
/// # Example
///
/// ```
/// use ndsight::stats::histogram2d;
///
/// let (x, y) = ([1.0, 2.0, 3.0, 4.0], [0.0, 0.0, 1.0, f64::NAN]);
/// let grid = histogram2d(&x, &y, [2, 1])?;
/// assert_eq!(grid.counts, ndarray::array![[1], [2]]);
/// assert_eq!(grid.x_edges, [1.0, 2.0, 3.0]);
/// assert_eq!(grid.dropped.nan, 1);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn histogram2d(x: &[f64], y: &[f64], bins: impl Into<Bins2d>) -> Result<Histogram2d> {
    Histogram2dOptions::new(bins).count(x, y)
}

/// Options of [`histogram2d`].
///
/// # Example
///
/// ```
/// use ndsight::stats::Histogram2dOptions;
///
/// let options = Histogram2dOptions::new(2).range((0.0, 2.0), (0.0, 4.0));
/// let grid = options.count(&[0.5, 1.5, 9.0], &[3.0, 3.0, 3.0])?;
/// assert_eq!(grid.counts, ndarray::array![[0, 1], [0, 1]]);
/// assert_eq!(grid.dropped.outside, 1);
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram2dOptions {
    bins: Bins2d,
    x_range: Option<(f64, f64)>,
    y_range: Option<(f64, f64)>,
}

impl Histogram2dOptions {
    /// These bins, over the ranges of the data.
    pub fn new(bins: impl Into<Bins2d>) -> Self {
        Histogram2dOptions {
            bins: bins.into(),
            ..Self::default()
        }
    }

    /// The outer edges along x and along y; pairs beyond are dropped. Has no
    /// effect along a direction whose bins are given as edges.
    pub fn range(self, x: (f64, f64), y: (f64, f64)) -> Self {
        Histogram2dOptions {
            x_range: Some(x),
            y_range: Some(y),
            ..self
        }
    }

    /// Counts the pairs in the bins.
    ///
    /// # Errors
    ///
    /// Those of [`histogram2d`].
    pub fn count(&self, x: &[f64], y: &[f64]) -> Result<Histogram2d> {
        let pairs = FinitePairs::new(x, y)?;
        let columns =
            locator(&pairs.x, &self.bins.x, self.x_range).map_err(|err| err.context("along x"))?;
        let rows =
            locator(&pairs.y, &self.bins.y, self.y_range).map_err(|err| err.context("along y"))?;
        check_size(columns.bins(), rows.bins())?;
        let mut counts = Array2::zeros((columns.bins(), rows.bins()));
        let mut dropped = pairs.dropped;
        for (&x, &y) in pairs.x.iter().zip(&pairs.y) {
            match (columns.bin(x), rows.bin(y)) {
                (Some(i), Some(j)) => counts[[i, j]] += 1,
                _ => dropped.outside += 1,
            }
        }
        Ok(Histogram2d {
            counts,
            x_edges: columns.edges,
            y_edges: rows.edges,
            dropped,
        })
    }
}

fn locator(values: &[f64], bins: &Bins, range: Option<(f64, f64)>) -> Result<Locator> {
    let options = HistogramOptions {
        bins: bins.clone(),
        range,
        finite_only: true,
    };
    let mut survey = Survey::new();
    survey.add(values);
    Locator::new(Arithmetic::Double, &options, &survey, &|| values.to_vec())
}

pub(super) fn check_size(columns: usize, rows: usize) -> Result<()> {
    if columns.saturating_mul(rows) <= MAX_BINS {
        return Ok(());
    }
    Err(Error::value(format!(
        "expected at most {MAX_BINS} bins in all, but found {columns} along x times {rows} along y"
    ))
    .coded("too_many_bins"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;
    use proptest::prelude::*;

    const X: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 4.0];
    const Y: [f64; 5] = [0.0, 1.0, 1.0, 5.0, 2.0];

    /// NumPy 2.4's `histogram2d(X, Y, bins=[2, 3])`.
    #[test]
    fn counts_and_edges_are_numpys() {
        let grid = histogram2d(&X, &Y, [2, 3]).unwrap();
        assert_eq!(grid.counts, array![[2, 0, 0], [1, 1, 1]]);
        assert_eq!(grid.x_edges, [1.0, 2.5, 4.0]);
        assert_eq!(
            grid.y_edges,
            [0.0, 1.6666666666666667, 3.3333333333333335, 5.0]
        );
        let density = grid.density();
        assert!((density[[0, 0]] - 0.16).abs() < 1e-15);
        assert!((density[[1, 2]] - 0.08).abs() < 1e-15);
    }

    #[test]
    fn edges_of_either_direction_may_be_given() {
        let grid = histogram2d(&X, &Y, ([0.0, 4.0], "sqrt")).unwrap();
        assert_eq!(grid.counts, array![[3, 1, 1]]);
        let grid = histogram2d(&X, &Y, [1.0, 2.0, 3.0]).unwrap();
        assert_eq!(grid.counts, array![[0, 0], [2, 0]]);
        assert_eq!(grid.dropped.outside, 3);
    }

    #[test]
    fn pairs_that_are_not_finite_do_not_spoil_the_range() {
        let (x, y) = (
            [1.0, 9.0, 2.0, f64::INFINITY],
            [1.0, f64::NAN, 3.0, f64::NAN],
        );
        let grid = histogram2d(&x, &y, 2).unwrap();
        assert_eq!((grid.x_edges[2], grid.y_edges[2]), (2.0, 3.0));
        assert_eq!((grid.total(), grid.dropped.nan), (2, 2));
    }

    #[test]
    fn nothing_and_equal_values_have_bins() {
        let none = histogram2d(&[], &[], 2).unwrap();
        assert_eq!((none.x_edges, none.counts.sum()), (vec![0.0, 0.5, 1.0], 0));
        let same = histogram2d(&[7.0; 3], &[1e17; 3], 2).unwrap();
        assert_eq!((same.x_edges, same.counts.sum()), (vec![6.5, 7.0, 7.5], 3));
    }

    #[test]
    fn what_makes_no_sense_is_told_so() {
        let message = |bins: Bins2d| histogram2d(&X, &Y, bins).unwrap_err().to_string();
        assert_eq!(
            message([0, 3].into()),
            "along x: expected at least one bin, but found 0"
        );
        assert_eq!(
            message((3, [2.0, 1.0]).into()),
            "along y: expected edges of bins that do not fall, but edge 0 is 2 and the next one 1"
        );
        assert_eq!(
            message([10_000, 1001].into()),
            "expected at most 10000000 bins in all, but found 10000 along x times 1001 along y"
        );
        let err = histogram2d(&X, &Y[1..], 3).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected as many x as y, but found 5 and 4"
        );
    }

    proptest! {
        #[test]
        fn every_pair_is_counted_or_dropped(
            pairs in prop::collection::vec((-9.0..9.0, prop_oneof![9 => -9.0..9.0, 1 => Just(f64::NAN)]), 0..60),
            bins in (1usize..9, 1usize..9),
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
            let ranged = Histogram2dOptions::new(bins).range((-5.0, 5.0), (-5.0, 5.0));
            let grids = [histogram2d(&x, &y, bins).unwrap(), ranged.count(&x, &y).unwrap()];
            for grid in &grids {
                prop_assert_eq!(grid.total() + grid.dropped.total(), pairs.len() as u64);
            }
            prop_assert_eq!(grids[0].dropped.outside, 0);
        }
    }
}
