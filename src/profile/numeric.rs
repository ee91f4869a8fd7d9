//! A column of numbers: how many there are, where they lie, how they are spread.

use crate::stats::describe::{ColumnStats, Distinct};
use crate::stats::summary::Number;

/// What is known of a column of numbers: the rows of `pandas.DataFrame.describe`, and
/// what its values are.
///
/// Statistics are those of the finite values; NaN and infinities are counted. (Pandas
/// leaves out NaN alone, so that one infinity makes its mean infinite and its standard
/// deviation NaN.)
#[derive(Clone, Debug, PartialEq)]
pub struct NumericSummary(ColumnStats);

impl From<ColumnStats> for NumericSummary {
    fn from(stats: ColumnStats) -> Self {
        NumericSummary(stats)
    }
}

impl NumericSummary {
    /// How many values are not NaN.
    pub fn count(&self) -> u64 {
        self.0.summary.count - self.0.summary.nan
    }

    /// How many values are NaN.
    pub fn missing(&self) -> u64 {
        self.0.summary.nan
    }

    /// How many values are infinite.
    pub fn infinite(&self) -> u64 {
        self.0.summary.infinite()
    }

    /// How many values are 0, of either sign.
    pub fn zeros(&self) -> u64 {
        self.0.summary.zeros
    }

    /// The least finite value.
    pub fn min(&self) -> Option<f64> {
        self.0.summary.min().map(Number::to_f64)
    }

    /// The greatest finite value.
    pub fn max(&self) -> Option<f64> {
        self.0.summary.max().map(Number::to_f64)
    }

    /// The mean of the finite values.
    pub fn mean(&self) -> Option<f64> {
        self.0.summary.mean()
    }

    /// The standard deviation of the finite values with divisor `n − 1`, as pandas has
    /// it; `None` of fewer than two.
    pub fn std(&self) -> Option<f64> {
        self.0.summary.sample_deviation()
    }

    /// The values below which 25, 50 and 75 % of the finite values lie, interpolated
    /// linearly as by `numpy.percentile`.
    pub fn quartiles(&self) -> Option<[f64; 3]> {
        self.0.quartiles
    }

    /// The value in the middle.
    pub fn median(&self) -> Option<f64> {
        self.0.quartiles.map(|[_, median, _]| median)
    }

    /// How lopsided the values lie, corrected for bias as `pandas.Series.skew`: 0 where
    /// they lie alike on both sides of the mean, above 0 with a long tail to the right.
    /// `None` of fewer than three values and where all are the same.
    pub fn skewness(&self) -> Option<f64> {
        self.0.summary.skewness()
    }

    /// How many finite values lie beyond three times the interquartile range from the
    /// quartiles.
    pub fn outliers(&self) -> u64 {
        self.0.outliers
    }

    /// How many different values there are, NaN left out; counted up to 10,000.
    pub fn distinct(&self) -> Distinct {
        self.0.distinct
    }

    /// Whether all finite values are whole numbers.
    pub fn is_whole(&self) -> bool {
        self.0.whole
    }

    /// How many values are finite.
    pub(crate) fn finite(&self) -> u64 {
        self.0.summary.finite()
    }

    /// The least and the greatest finite value, as exactly as they are stored.
    pub(crate) fn ends(&self) -> Option<(Number, Number)> {
        self.0.summary.ends
    }

    /// The finite values in bins of equal width, from the least to the greatest.
    pub(crate) fn histogram(&self) -> &[u64] {
        &self.0.bins
    }
}
