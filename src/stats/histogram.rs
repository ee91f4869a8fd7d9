//! Counting values in bins, as `numpy.histogram`.

use std::ops::Range;

use ndarray::{ArrayRef, ArrayViewD, Dimension};

use super::bins::Bins;
use super::counter::{Values, count_columns};
use super::locator::{Locator, check_edges, rule_of};
use super::real::Real;
use super::survey::{Survey, survey};
use super::wide::{Arithmetic, Table, Wide, as_column, with_table};
use crate::error::{Error, Result};
use crate::parallel::{blocks, threads};
use crate::tensor::TensorView;

/// How many values lie in each bin.
///
/// Counts are `u64`; sums of weights are `f64`.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram<C = u64> {
    /// One for each bin.
    pub counts: Vec<C>,
    /// One more than bins, rising. Those of `f32` data are `f32` numbers.
    pub edges: Vec<f64>,
    /// The values that are in no bin.
    pub dropped: Dropped,
    /// Widths are differences of `f32` numbers.
    single: bool,
}

/// How many values are in no bin of a histogram, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Not a number.
    pub nan: u64,
    /// Infinite, and beyond the outer edges.
    pub infinite: u64,
    /// Finite, and beyond the outer edges.
    pub outside: u64,
}

impl Dropped {
    /// All of them together.
    pub fn total(self) -> u64 {
        self.nan + self.infinite + self.outside
    }

    /// These and others.
    pub(super) fn and(self, other: Dropped) -> Dropped {
        Dropped {
            nan: self.nan + other.nan,
            infinite: self.infinite + other.infinite,
            outside: self.outside + other.outside,
        }
    }

    pub(super) fn add(&mut self, value: f64) {
        if value.is_nan() {
            self.nan += 1;
        } else if value.is_infinite() {
            self.infinite += 1;
        } else {
            self.outside += 1;
        }
    }
}

impl Histogram<u64> {
    /// How many values are in bins.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Counts divided by the width of the bin and the total, so that the area
    /// is 1: `density=True` of NumPy. All NaN where no value is in a bin.
    ///
    /// # Example
    ///
    /// ```
    /// let x = ndarray::array![0.0, 0.5, 1.0, 4.0];
    /// let histogram = ndsight::stats::histogram(&x, [0.0, 2.0, 6.0])?;
    /// assert_eq!(histogram.counts, [3, 1]);
    /// assert_eq!(histogram.density(), [0.375, 0.0625]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn density(&self) -> Vec<f64> {
        let total = self.total() as f64;
        let each = self.counts.iter().zip(self.widths());
        each.map(|(&n, width)| n as f64 / width / total).collect()
    }
}

impl Histogram<f64> {
    /// The sum of the weights of all values in bins.
    pub fn total(&self) -> f64 {
        self.counts.iter().sum()
    }

    /// Sums of weights divided by the width of the bin and by the total:
    /// `density=True` of NumPy.
    pub fn density(&self) -> Vec<f64> {
        let total = self.total();
        let each = self.counts.iter().zip(self.widths());
        each.map(|(n, width)| n / width / total).collect()
    }
}

impl<C> Histogram<C> {
    /// These counts, found elsewhere: by a database, or in parts of the data whose
    /// counts were added up.
    ///
    /// # Errors
    ///
    /// Not one more edge than counts; edges that fall or are NaN.
    ///
    /// # Example
    ///
    /// ```
    /// use ndsight::stats::Histogram;
    ///
    /// let histogram = Histogram::from_counts(vec![3_u64, 1], vec![0.0, 2.0, 6.0])?;
    /// assert_eq!(histogram.density(), [0.375, 0.0625]);
    /// assert_eq!(
    ///     Histogram::from_counts(vec![3_u64, 1], vec![0.0, 2.0]).unwrap_err().to_string(),
    ///     "expected one more edge than counts, but found 2 edges and 2 counts",
    /// );
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn from_counts(counts: Vec<C>, edges: Vec<f64>) -> Result<Self> {
        check_edges(&edges)?;
        if edges.len() != counts.len() + 1 {
            return Err(Error::shape(format!(
                "expected one more edge than counts, but found {} edges and {} counts",
                edges.len(),
                counts.len()
            ))
            .coded("shape_mismatch"));
        }
        Ok(Histogram {
            counts,
            edges,
            dropped: Dropped::default(),
            single: false,
        })
    }

    pub(crate) fn widths(&self) -> impl Iterator<Item = f64> + '_ {
        self.edges.windows(2).map(|pair| {
            if self.single {
                f64::from(pair[1] as f32 - pair[0] as f32)
            } else {
                pair[1] - pair[0]
            }
        })
    }
}

/// Counts as sums of weights of 1.
impl From<Histogram<u64>> for Histogram<f64> {
    fn from(counted: Histogram<u64>) -> Self {
        Histogram {
            counts: counted.counts.into_iter().map(|n| n as f64).collect(),
            edges: counted.edges,
            dropped: counted.dropped,
            single: counted.single,
        }
    }
}

/// Counts values in bins.
///
/// Mirrors [`numpy.histogram`]: the same edges and the same counts, for every
/// element type. `bins` is a number of bins, their edges, a
/// [`BinRule`](super::BinRule) or a rule's name. A range, weights and data with
/// NaN are matters of [`HistogramOptions`]; a density is
/// [`Histogram::density`].
///
/// Differences from NumPy: no edges at all and NaN among the edges are
/// errors; with edges given, a NaN weight spoils its own bin only; every rule
/// finds one bin for equal values (NumPy's mean can round beside them, and find
/// a spread); at most ten million bins.
///
/// [`numpy.histogram`]: https://numpy.org/doc/stable/reference/generated/numpy.histogram.html
///
/// # Errors
///
/// For no or too many bins, falling edges, an unknown rule, and for NaN or
/// infinite values where the bins are not given as edges.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::histogram;
///
/// let x = array![[1, 2, 1], [1, 0, 1]];
/// let by_number = histogram(&x, 3)?;
/// assert_eq!(by_number.counts, [1, 4, 1]);
///
/// let by_edges = histogram(&x, [-0.5, 0.5, 1.5, 2.5])?;
/// assert_eq!(by_edges.counts, [1, 4, 1]);
///
/// let by_rule = histogram(&x, "sturges")?;
/// assert_eq!(by_rule.edges, [0.0, 1.0, 2.0]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn histogram<T: Real, D: Dimension>(
    values: &ArrayRef<T, D>,
    bins: impl Into<Bins>,
) -> Result<Histogram> {
    HistogramOptions::new(bins).count(values)
}

/// The edges that [`histogram`] would use.
///
/// Mirrors `numpy.histogram_bin_edges`.
///
/// # Errors
///
/// Those of [`histogram`].
///
/// # Example
///
/// ```
/// use ndarray::array;
///
/// let edges = ndsight::stats::histogram_bin_edges(&array![0.0, 2.0], 4)?;
/// assert_eq!(edges, [0.0, 0.5, 1.0, 1.5, 2.0]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn histogram_bin_edges<T: Real, D: Dimension>(
    values: &ArrayRef<T, D>,
    bins: impl Into<Bins>,
) -> Result<Vec<f64>> {
    HistogramOptions::new(bins).edges(values)
}

/// Options of [`histogram`].
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::HistogramOptions;
///
/// let x = array![0.5, 1.0, f64::NAN, 7.0];
/// let histogram = HistogramOptions::new(2).range(0.0, 4.0).count(&x)?;
/// assert_eq!(histogram.counts, [2, 0]);
/// assert_eq!((histogram.dropped.nan, histogram.dropped.outside), (1, 1));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistogramOptions {
    pub(super) bins: Bins,
    pub(super) range: Option<(f64, f64)>,
    pub(super) finite_only: bool,
}

impl HistogramOptions {
    /// These bins, over the range of the data.
    pub fn new(bins: impl Into<Bins>) -> Self {
        HistogramOptions {
            bins: bins.into(),
            ..Self::default()
        }
    }

    /// The outer edges of the bins; values beyond are dropped. Has no effect
    /// where the bins are given as edges.
    pub fn range(self, first: f64, last: f64) -> Self {
        HistogramOptions {
            range: Some((first, last)),
            ..self
        }
    }

    /// Makes a histogram of any data, where NumPy has an error: finds the range
    /// from the finite values and drops the others; and where the values are so
    /// large and so alike that there are no edges between them (a constant
    /// 10^17), puts the outer edges a thousandth beyond them.
    ///
    /// # Example
    ///
    /// ```
    /// use ndarray::array;
    /// use ndsight::stats::HistogramOptions;
    ///
    /// let x = array![0.0, f64::NAN, 4.0, f64::INFINITY];
    /// assert!(HistogramOptions::new(2).count(&x).is_err());
    /// let histogram = HistogramOptions::new(2).finite_only().count(&x)?;
    /// assert_eq!(histogram.edges, [0.0, 2.0, 4.0]);
    /// assert_eq!(histogram.dropped.total(), 2);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn finite_only(self) -> Self {
        HistogramOptions {
            finite_only: true,
            ..self
        }
    }

    /// The edges of the bins for these values.
    ///
    /// # Errors
    ///
    /// Those of [`histogram`].
    pub fn edges<T: Real, D: Dimension>(&self, values: &ArrayRef<T, D>) -> Result<Vec<f64>> {
        self.edges_of(&T::wrap_view(values.view().into_dyn()))
    }

    /// Counts the values in the bins.
    ///
    /// # Errors
    ///
    /// Those of [`histogram`].
    pub fn count<T: Real, D: Dimension>(&self, values: &ArrayRef<T, D>) -> Result<Histogram> {
        self.count_of(&T::wrap_view(values.view().into_dyn()))
    }

    /// Adds up the weights of the values in each bin.
    ///
    /// # Errors
    ///
    /// Those of [`histogram`]; weights of another shape than the values; a
    /// rule for the bins, as none takes weights.
    ///
    /// # Example
    ///
    /// ```
    /// use ndarray::array;
    /// use ndsight::stats::HistogramOptions;
    ///
    /// let (x, weights) = (array![0, 1, 2], array![0.5, 0.25, 4.0]);
    /// let histogram = HistogramOptions::new(2).weighted(&x, &weights)?;
    /// assert_eq!(histogram.counts, [0.5, 4.25]);
    /// # Ok::<(), ndsight::Error>(())
    /// ```
    pub fn weighted<T: Real, D: Dimension>(
        &self,
        values: &ArrayRef<T, D>,
        weights: &ArrayRef<f64, D>,
    ) -> Result<Histogram<f64>> {
        self.weigh(
            &T::wrap_view(values.view().into_dyn()),
            weights.view().into_dyn(),
        )
    }

    /// [`HistogramOptions::edges`] of numbers whose type is known at run time.
    pub(crate) fn edges_of(&self, view: &TensorView<'_>) -> Result<Vec<f64>> {
        let arithmetic = Arithmetic::of(view.dtype());
        with_table!(&as_column(view), table => edges_of(table, arithmetic, self), else Err(view.no_numbers()))
    }

    /// [`HistogramOptions::count`] of numbers whose type is known at run time.
    pub(crate) fn count_of(&self, view: &TensorView<'_>) -> Result<Histogram> {
        self.count_columns(&as_column(view), 0..1)?.swap_remove(0)
    }

    /// A histogram for each of some columns of a view of shape `(rows, width)`; a view of
    /// another shape is one column. All are counted together, as reading a column alone
    /// takes as long as reading all of them.
    pub(crate) fn count_columns(
        &self,
        view: &TensorView<'_>,
        columns: Range<usize>,
    ) -> Result<Vec<Result<Histogram>>> {
        let arithmetic = Arithmetic::of(view.dtype());
        with_table!(view, table => Ok(count(table, columns, arithmetic, self)), else Err(view.no_numbers()))
    }

    /// [`HistogramOptions::weighted`] of numbers whose type is known at run time.
    pub(crate) fn weigh(
        &self,
        view: &TensorView<'_>,
        weights: ArrayViewD<'_, f64>,
    ) -> Result<Histogram<f64>> {
        check_weights(view.shape(), weights.shape(), &self.bins)?;
        let (arithmetic, mut weights) = (Arithmetic::of(view.dtype()), weights.iter().copied());
        with_table!(&as_column(view), table => weigh(table, &mut weights, arithmetic, self), else Err(view.no_numbers()))
    }

    /// Whether the data say where the outer edges are.
    pub(super) fn need_survey(&self) -> bool {
        self.range.is_none() && !matches!(self.bins, Bins::Edges(_))
    }
}

/// The edges for each of some columns of a table.
fn locators<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    arithmetic: Arithmetic,
    options: &HistogramOptions,
) -> Vec<Result<Locator>> {
    let surveys = match options.need_survey() {
        true => survey(table, columns.clone(), threads()),
        false => vec![Survey::new(); columns.len()],
    };
    let each = surveys.iter().zip(columns).map(|(survey, column)| {
        Locator::new(arithmetic, options, survey, &|| table.column(column))
    });
    each.collect()
}

fn edges_of<T: Wide>(
    table: &dyn Table<T>,
    arithmetic: Arithmetic,
    options: &HistogramOptions,
) -> Result<Vec<f64>> {
    let mut locators = locators(table, 0..1, arithmetic, options);
    Ok(locators.swap_remove(0)?.edges)
}

fn count<T: Wide>(
    table: &dyn Table<T>,
    columns: Range<usize>,
    arithmetic: Arithmetic,
    options: &HistogramOptions,
) -> Vec<Result<Histogram>> {
    let locators = locators(table, columns.clone(), arithmetic, options);
    let known: Vec<Option<&Locator>> = locators.iter().map(|l| l.as_ref().ok()).collect();
    let counted = count_columns(table, columns, &known, Values::Surveyed);
    let pairs = locators.into_iter().zip(counted);
    pairs
        .map(|(locator, counted)| {
            let (counts, dropped) = counted.unwrap_or_default();
            Ok(filled(locator?, counts, dropped))
        })
        .collect()
}

fn weigh<T: Wide>(
    table: &dyn Table<T>,
    weights: &mut dyn Iterator<Item = f64>,
    arithmetic: Arithmetic,
    options: &HistogramOptions,
) -> Result<Histogram<f64>> {
    let mut locators = locators(table, 0..1, arithmetic, options);
    let locator = locators.swap_remove(0)?;
    let mut sums = vec![0.0; locator.bins()];
    let mut dropped = Dropped::default();
    let mut values = [Vec::new()];
    for rows in blocks(0..table.rows()) {
        table.read(rows, 0..1, &mut values);
        for (value, weight) in values[0].iter().map(|v| v.to_f64()).zip(&mut *weights) {
            match locator.bin(value) {
                Some(bin) => sums[bin] += weight,
                None => dropped.add(value),
            }
        }
    }
    Ok(filled(locator, sums, dropped))
}

fn check_weights(values: &[usize], weights: &[usize], bins: &Bins) -> Result<()> {
    if values != weights {
        return Err(Error::shape(format!(
            "expected weights of the values' shape {values:?}, but found {weights:?}"
        ))
        .coded("shape_mismatch"));
    }
    if let Some(rule) = rule_of(bins)? {
        return Err(Error::value(format!(
            "expected a number of bins or their edges where there are weights, but found the rule \
             {:?}, which cannot take weights into account",
            rule.name()
        ))
        .coded("weights_with_strategy"));
    }
    Ok(())
}

pub(super) fn filled<C>(locator: Locator, counts: Vec<C>, dropped: Dropped) -> Histogram<C> {
    Histogram {
        counts,
        single: locator.single,
        edges: locator.edges,
        dropped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::BinRule;
    use ndarray::{Array1, Array2, array};
    use proptest::prelude::*;

    fn message(x: &Array1<f64>, bins: impl Into<Bins>) -> (String, &'static str) {
        let err = histogram(x, bins).unwrap_err();
        (err.to_string(), err.code())
    }

    #[test]
    fn bins_that_make_no_sense_are_told_so() {
        let x = array![1.0, 2.0];
        let cases = [
            (Bins::from(0), "expected at least one bin, but found 0"),
            (Bins::from(-3), "expected at least one bin, but found -3"),
            (
                Bins::Edges(vec![]),
                "expected at least two edges of bins, but found none",
            ),
            (
                Bins::from([0.0, 5.0, 3.0]),
                "expected edges of bins that do not fall, but edge 1 is 5 and the next one 3",
            ),
            (
                Bins::from([0.0, f64::NAN]),
                "expected numbers as edges of bins, but edge 1 is NaN",
            ),
        ];
        for (bins, text) in cases {
            assert_eq!(message(&x, bins), (text.to_string(), "invalid_bins"));
        }
    }

    #[test]
    fn values_that_are_not_finite_are_told_the_way_out() {
        let x = array![1.0, f64::NAN, f64::INFINITY, f64::NAN];
        let text = "expected finite values to find the range of the bins, but found 2 NaN and 1 \
                    infinite of 4 values; give a range, or leave them out with finite_only()";
        assert_eq!(message(&x, 4), (text.to_string(), "not_finite"));
    }

    #[test]
    fn weights_must_fit() {
        let x = array![1.0, 2.0, 3.0];
        let err = HistogramOptions::new(4)
            .weighted(&x, &array![1.0])
            .unwrap_err();
        assert!(err.is_shape());
        assert_eq!(
            err.to_string(),
            "expected weights of the values' shape [3], but found [1]"
        );
        let err = HistogramOptions::new("auto").weighted(&x, &x).unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a number of bins or their edges where there are weights, but found the rule \
             \"auto\", which cannot take weights into account"
        );
    }

    #[test]
    fn dropped_values_are_sorted_by_why() {
        let x = array![
            0.5,
            -1.0,
            9.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            9.0
        ];
        let h = histogram(&x, [0.0, 1.0]).unwrap();
        assert_eq!(h.counts, [1]);
        let expected = Dropped {
            nan: 1,
            infinite: 2,
            outside: 3,
        };
        assert_eq!(h.dropped, expected);
    }

    #[test]
    fn infinite_outer_edges_hold_infinities() {
        let x = array![f64::NEG_INFINITY, -5.0, 5.0, f64::INFINITY];
        let h = histogram(&x, [f64::NEG_INFINITY, 0.0, f64::INFINITY]).unwrap();
        assert_eq!((h.counts, h.dropped.total()), (vec![2, 2], 0));
    }

    #[test]
    fn one_edge_makes_no_bin() {
        let h = histogram(&array![1.0], [1.0]).unwrap();
        assert!(h.counts.is_empty() && h.dropped.outside == 1);
    }

    #[test]
    fn only_finite_values_can_be_nothing_at_all() {
        let x = array![f32::NAN, f32::NAN];
        for bins in [Bins::from(4), Bins::from("auto"), Bins::from("stone")] {
            let h = HistogramOptions::new(bins).finite_only().count(&x).unwrap();
            assert_eq!((h.total(), h.dropped.nan), (0, 2));
            assert_eq!((h.edges[0], h.edges[h.edges.len() - 1]), (0.0, 1.0));
        }
    }

    #[test]
    fn a_large_constant_has_a_histogram_where_any_data_should() {
        let x = Array1::from_elem(5, 1e17);
        let err = histogram(&x, 3).unwrap_err();
        assert_eq!(err.code(), "too_many_bins");
        let options = HistogramOptions::new(3).finite_only();
        assert_eq!(options.count(&x).unwrap().counts, [0, 5, 0]);
        let single = x.mapv(|v| v as f32);
        assert_eq!(options.count(&single).unwrap().counts, [0, 5, 0]);
        let auto = HistogramOptions::new("auto").finite_only();
        assert_eq!(auto.count(&x).unwrap().counts, [5]);
    }

    #[test]
    fn a_range_beyond_f32_does_not_panic() {
        let x = array![1.0_f32, 2.0, f32::INFINITY];
        let options = HistogramOptions::new(1).range(0.0, 1e300);
        assert_eq!(options.count(&x).unwrap().counts, [3]);
        let err = HistogramOptions::new(3).range(0.0, 1e300).count(&x);
        assert_eq!(err.unwrap_err().code(), "too_many_bins");
    }

    #[test]
    fn the_largest_integers_are_counted() {
        let h = histogram(&array![0, u64::MAX], 2).unwrap();
        assert_eq!(h.counts, [1, 1]);
        let h = histogram(&array![i64::MIN, 0, i64::MAX], 2).unwrap();
        assert_eq!(h.counts, [1, 2]);
    }

    #[test]
    fn a_column_of_a_table_is_its_elements() {
        let table = Array2::from_shape_fn((3000, 4), |(i, j)| (i * 37 % 101 + j) as f32);
        let column = table.column(2);
        for bins in ["auto", "stone", "doane"] {
            assert_eq!(
                histogram(&column, bins).unwrap(),
                histogram(&column.to_owned(), bins).unwrap()
            );
        }
    }

    #[test]
    fn weights_follow_the_logical_order() {
        let (x, w) = (
            array![[0.0, 1.0], [2.0, 3.0]],
            array![[1.0, 2.0], [4.0, 8.0]],
        );
        let (t, transposed) = (x.t().to_owned(), w.t());
        let options = HistogramOptions::new(4);
        assert_eq!(
            options.weighted(&x, &w).unwrap().counts,
            [1.0, 2.0, 4.0, 8.0]
        );
        let h = options.weighted(&t, &transposed).unwrap();
        assert_eq!(h.counts, [1.0, 2.0, 4.0, 8.0]);
    }

    /// The definition: the bin whose edges hold the value.
    fn naive(x: &[f64], edges: &[f64]) -> Vec<u64> {
        let last = edges.len() - 2;
        let holds = |bin: usize, v: f64| {
            edges[bin] <= v && (v < edges[bin + 1] || (bin == last && v == edges[bin + 1]))
        };
        let count = |bin| x.iter().filter(|&&v| holds(bin, v)).count() as u64;
        (0..=last).map(count).collect()
    }

    proptest! {
        #[test]
        fn counts_are_those_of_the_definition(
            tenths in prop::collection::vec(-50i32..50, 1..200),
            scale in prop::sample::select(vec![0.1, 1.0, 1e-3, 1e200, 1e-310, 1.0 / 49.0]),
            bins in 1i32..60,
        ) {
            let x: Vec<f64> = tenths.iter().map(|&t| f64::from(t) * scale).collect();
            // Edges of the least numbers may not rise, which is an error.
            if let Ok(h) = histogram(&Array1::from(x.clone()), bins) {
                prop_assert_eq!(h.counts, naive(&x, &h.edges));
            }
        }

        #[test]
        fn uneven_bins_are_those_of_the_definition(
            x in prop::collection::vec(-9i32..9, 0..100),
            edges in prop::collection::vec(-9i32..9, 2..12),
        ) {
            let x: Vec<f64> = x.into_iter().map(f64::from).collect();
            let mut edges: Vec<f64> = edges.into_iter().map(f64::from).collect();
            edges.sort_by(f64::total_cmp);
            let h = histogram(&Array1::from(x.clone()), edges.clone()).unwrap();
            prop_assert_eq!(h.total() + h.dropped.total(), x.len() as u64);
            prop_assert_eq!(h.counts, naive(&x, &edges));
        }

        #[test]
        fn no_input_panics(
            x in prop::collection::vec(any::<f64>(), 0..40),
            bins in -2i64..100,
            rule in prop::sample::select(BinRule::ALL.to_vec()),
            ends in any::<(f64, f64)>(),
        ) {
            let single = Array1::from_iter(x.iter().map(|&v| v as f32));
            let x = Array1::from(x);
            for bins in [Bins::Count(bins), Bins::Rule(rule)] {
                let options = HistogramOptions::new(bins).finite_only();
                for options in [options.clone(), options.range(ends.0, ends.1)] {
                    if let Ok(h) = options.count(&x) {
                        prop_assert_eq!(h.total() + h.dropped.total(), x.len() as u64);
                    }
                    if let Ok(h) = options.count(&single) {
                        prop_assert_eq!(h.total() + h.dropped.total(), x.len() as u64);
                    }
                }
            }
        }
    }
}
