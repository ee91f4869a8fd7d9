//! What a box plot shows of a set of values, as `matplotlib.cbook.boxplot_stats`.
//!
//! - this file: options, and the box of values that need not be finite
//! - `columns`: the boxes of columns in memory, and of columns in blocks
//! - `reach`: how far whiskers reach, and what lies beyond
//! - `beyond`: as many of the values beyond as there is room for

mod beyond;
mod columns;
mod reach;

use ndarray::{ArrayRef, Dimension};

use super::describe::QUARTILES;
use super::quantile::{self, Sorted};
use super::real::Real;
use super::wide::{Table, Wide, as_column, with_table};
use crate::error::{Error, Result};
use crate::tensor::TensorView;
pub(crate) use columns::BoxColumn;
use reach::{Reach, Reached};

/// Of fewer values a copy that is put in order is quicker than several looks at them.
const MANY: usize = 100_000;

/// How far the whiskers of a box plot reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Whiskers {
    /// To the furthest value within this many interquartile ranges of the box.
    Iqr(f64),
    /// To the furthest value within these two percentiles.
    Percentiles(f64, f64),
}

impl Default for Whiskers {
    /// 1.5 interquartile ranges, after Tukey.
    fn default() -> Self {
        Whiskers::Iqr(1.5)
    }
}

impl From<f64> for Whiskers {
    fn from(iqr: f64) -> Self {
        Whiskers::Iqr(iqr)
    }
}

impl From<(f64, f64)> for Whiskers {
    fn from((low, high): (f64, f64)) -> Self {
        Whiskers::Percentiles(low, high)
    }
}

/// The numbers of a box plot. All NaN where there are no values or one of
/// them is NaN.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxStats {
    /// Arithmetic mean.
    pub mean: f64,
    /// Lower quartile: the box's lower end.
    pub q1: f64,
    /// Median: the line in the box.
    pub median: f64,
    /// Upper quartile: the box's upper end.
    pub q3: f64,
    /// Interquartile range, `q3 - q1`.
    pub iqr: f64,
    /// The notch: 95 % confidence interval of the median.
    pub notch: (f64, f64),
    /// Ends of the whiskers.
    pub whiskers: (f64, f64),
    /// Values beyond the whiskers: the low ones, then the high ones, each in
    /// the order of the data.
    pub fliers: Vec<f64>,
}

/// Box-plot statistics with whiskers of 1.5 interquartile ranges.
///
/// Mirrors [`matplotlib.cbook.boxplot_stats`] of one array. For other whiskers
/// see [`BoxplotOptions`]. Next to an infinity, quartiles differ as those of
/// [`percentile`](super::percentile) do; of `f32` values the statistics are
/// `f64`.
///
/// [`matplotlib.cbook.boxplot_stats`]: https://matplotlib.org/stable/api/cbook_api.html#matplotlib.cbook.boxplot_stats
///
/// # Errors
///
/// None with these options.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::boxplot_stats;
///
/// let stats = boxplot_stats(&array![1, 2, 3, 4, 5, 6, 7, 50])?;
/// assert_eq!((stats.q1, stats.median, stats.q3), (2.75, 4.5, 6.25));
/// assert_eq!(stats.whiskers, (1.0, 7.0));
/// assert_eq!(stats.fliers, [50.0]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn boxplot_stats<T: Real, D: Dimension>(values: &ArrayRef<T, D>) -> Result<BoxStats> {
    BoxplotOptions::new().of(values)
}

/// Options of [`boxplot_stats`].
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::BoxplotOptions;
///
/// let stats = BoxplotOptions::new().whiskers((0.0, 100.0)).of(&array![1, 2, 3, 50])?;
/// assert_eq!(stats.whiskers, (1.0, 50.0));
/// assert!(stats.fliers.is_empty());
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxplotOptions {
    whiskers: Whiskers,
    autorange: bool,
}

impl BoxplotOptions {
    /// Whiskers of 1.5 interquartile ranges.
    pub fn new() -> Self {
        Self::default()
    }

    /// How far the whiskers reach: a number of interquartile ranges, or a pair
    /// of percentiles. Matplotlib's `whis`.
    pub fn whiskers(self, whiskers: impl Into<Whiskers>) -> Self {
        BoxplotOptions {
            whiskers: whiskers.into(),
            ..self
        }
    }

    /// Whether the whiskers reach to the least and greatest value where the
    /// interquartile range is 0. Matplotlib's `autorange`.
    pub fn autorange(self, autorange: bool) -> Self {
        BoxplotOptions { autorange, ..self }
    }

    /// The statistics of all the values.
    ///
    /// # Errors
    ///
    /// Where whiskers are percentiles not between 0 and 100, or a NaN.
    pub fn of<T: Real, D: Dimension>(&self, values: &ArrayRef<T, D>) -> Result<BoxStats> {
        self.of_view(&T::wrap_view(values.view().into_dyn()))
    }

    fn of_view(&self, view: &TensorView<'_>) -> Result<BoxStats> {
        self.check()?;
        with_table!(&as_column(view), table => Ok(of(table, self)), else Err(view.no_numbers()))
    }

    fn check(&self) -> Result<()> {
        match self.whiskers {
            Whiskers::Percentiles(low, high) => quantile::check(&[low, high]),
            Whiskers::Iqr(iqr) if iqr.is_nan() => Err(Error::value(
                "expected a number of interquartile ranges for the whiskers, but found NaN",
            )),
            Whiskers::Iqr(_) => Ok(()),
        }
    }

    /// What is asked for besides the quartiles, as shares of the way from the least to
    /// the greatest value.
    fn shares(&self) -> Vec<f64> {
        match self.whiskers {
            Whiskers::Percentiles(low, high) => vec![low / 100.0, high / 100.0],
            Whiskers::Iqr(_) => Vec::new(),
        }
    }

    /// The bounds within which values are not outliers, by the quartiles and the values
    /// at the [`shares`](Self::shares).
    fn fences(&self, (q1, q3): (f64, f64), others: &[f64]) -> (f64, f64) {
        let iqr = q3 - q1;
        match (self.whiskers, others) {
            _ if self.autorange && iqr == 0.0 => (f64::NEG_INFINITY, f64::INFINITY),
            (Whiskers::Iqr(times), _) => (q1 - times * iqr, q3 + times * iqr),
            (Whiskers::Percentiles(..), &[low, high, ..]) => (low, high),
            _ => (f64::NAN, f64::NAN),
        }
    }
}

fn of<T: Wide>(table: &dyn Table<T>, options: &BoxplotOptions) -> BoxStats {
    if table.rows() > MANY {
        let column = columns::of_table(table, 0..1, options).swap_remove(0);
        if column.dropped.total() == 0 {
            return column.stats;
        }
    }
    of_all(table.column(0), options)
}

/// Of values that need not be finite.
fn of_all<T: Wide>(values: Vec<T>, options: &BoxplotOptions) -> BoxStats {
    let (count, mean) = (values.len() as u64, mean(&values));
    let mut sorted = Sorted::new(values.clone());
    // The middle first: the others are then sought in one half each.
    sorted.quantile(0.5);
    let shares = QUARTILES.into_iter().chain(options.shares());
    let found: Vec<f64> = shares.map(|share| sorted.quantile(share)).collect();
    let middle = Middle::new(count, mean, &found, options);
    let mut reach = Reach::new(middle.limits);
    reach.add(0, &values);
    middle.stats(reach.reached())
}

/// Sums of chunks added up: rounding grows with the number of chunks, not of values.
fn mean<T: Wide>(values: &[T]) -> f64 {
    let chunks = values.chunks(1024);
    let sum: f64 = chunks
        .map(|chunk| chunk.iter().map(|v| v.to_f64()).sum::<f64>())
        .sum();
    sum / values.len() as f64
}

/// All of a box but its whiskers and fliers.
struct Middle {
    count: u64,
    mean: f64,
    q1: f64,
    median: f64,
    q3: f64,
    /// Values beyond these are fliers: the fences, but never inside of the box.
    limits: (f64, f64),
}

impl Middle {
    /// By the values at the quartiles and the options' shares, of which there are none
    /// where there are no values.
    fn new(count: u64, mean: f64, found: &[f64], options: &BoxplotOptions) -> Self {
        let (&[q1, median, q3], others) =
            found.split_first_chunk().unwrap_or((&[f64::NAN; 3], &[]));
        let (low, high) = options.fences((q1, q3), others);
        let low = if low <= q1 { low } else { q1 };
        let high = if high >= q3 { high } else { q3 };
        Middle {
            count,
            mean,
            q1,
            median,
            q3,
            limits: (low, high),
        }
    }

    fn stats(self, reached: Reached) -> BoxStats {
        let iqr = self.q3 - self.q1;
        let notch = 1.57 * iqr / (self.count as f64).sqrt();
        let (mut low, mut high) = (self.q1, self.q3);
        if let Some((least, greatest)) = reached.within {
            low = if least < low { least } else { low };
            high = if greatest > high { greatest } else { high };
        }
        BoxStats {
            mean: self.mean,
            q1: self.q1,
            median: self.median,
            q3: self.q3,
            iqr,
            notch: (self.median - notch, self.median + notch),
            whiskers: (low, high),
            fliers: reached.fliers,
        }
    }
}

#[cfg(test)]
mod tests;
