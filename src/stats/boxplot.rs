//! What a box plot shows of a set of values, as `matplotlib.cbook.boxplot_stats`.

use ndarray::{ArrayRef, Dimension};

use super::quantile::{self, Sorted};
use super::real::Real;
use super::wide::{Wide, as_column, with_table};
use crate::error::{Error, Result};
use crate::tensor::TensorView;

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
        with_table!(&as_column(view), table => Ok(of(&table.column(0), self)), else Err(view.no_numbers()))
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
}

fn of<T: Wide>(values: &[T], options: &BoxplotOptions) -> BoxStats {
    let mut sorted = Sorted::new(values.to_vec());
    // The middle first: the others are then sought in one half each.
    let [median, q1, q3] = [0.5, 0.25, 0.75].map(|q| sorted.quantile(q));
    let iqr = q3 - q1;
    let fences = fences(options, &mut sorted, (q1, q3));
    let whiskers = whiskers(values, fences, (q1, q3));
    let notch = 1.57 * iqr / (values.len() as f64).sqrt();
    BoxStats {
        mean: mean(values),
        q1,
        median,
        q3,
        iqr,
        notch: (median - notch, median + notch),
        whiskers,
        fliers: fliers(values, whiskers),
    }
}

/// Sums of chunks added up: rounding grows with the number of chunks, not of values.
fn mean<T: Wide>(values: &[T]) -> f64 {
    let chunks = values.chunks(1024);
    let sum: f64 = chunks
        .map(|chunk| chunk.iter().map(|v| v.to_f64()).sum::<f64>())
        .sum();
    sum / values.len() as f64
}

/// The bounds within which values are not outliers.
fn fences<T: Wide>(
    options: &BoxplotOptions,
    sorted: &mut Sorted<T>,
    (q1, q3): (f64, f64),
) -> (f64, f64) {
    let whiskers = if options.autorange && q3 - q1 == 0.0 {
        Whiskers::Percentiles(0.0, 100.0)
    } else {
        options.whiskers
    };
    match whiskers {
        Whiskers::Iqr(times) => (q1 - times * (q3 - q1), q3 + times * (q3 - q1)),
        Whiskers::Percentiles(low, high) => {
            (sorted.quantile(low / 100.0), sorted.quantile(high / 100.0))
        }
    }
}

/// The furthest values within the fences, but never inside the box.
fn whiskers<T: Wide>(values: &[T], (low, high): (f64, f64), (q1, q3): (f64, f64)) -> (f64, f64) {
    // NaN fences keep no value, and leave the quartiles, NaN themselves.
    let (mut least, mut greatest) = (q1, q3);
    for value in values.iter().map(|v| v.to_f64()) {
        if value >= low && value < least {
            least = value;
        }
        if value <= high && value > greatest {
            greatest = value;
        }
    }
    (least, greatest)
}

fn fliers<T: Wide>(values: &[T], (low, high): (f64, f64)) -> Vec<f64> {
    let values = || values.iter().map(|v| v.to_f64());
    let below = values().filter(|&value| value < low);
    below
        .chain(values().filter(|&value| value > high))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array1, array};

    #[test]
    fn no_values_are_all_nan() {
        let stats = boxplot_stats(&Array1::<f64>::zeros(0)).unwrap();
        assert!(stats.mean.is_nan() && stats.median.is_nan() && stats.whiskers.0.is_nan());
        assert!(stats.fliers.is_empty());
    }

    #[test]
    fn one_value_is_all_there_is() {
        let stats = boxplot_stats(&array![3]).unwrap();
        assert_eq!((stats.q1, stats.median, stats.q3), (3.0, 3.0, 3.0));
        assert_eq!(stats.whiskers, (3.0, 3.0));
    }

    #[test]
    fn a_strided_view_is_its_elements() {
        let x = array![[9.0, 1.0], [9.0, 2.0], [9.0, 3.0], [9.0, 50.0], [9.0, 4.0]];
        let column = x.column(1);
        assert_eq!(
            boxplot_stats(&column).unwrap(),
            boxplot_stats(&column.to_owned()).unwrap()
        );
    }

    #[test]
    fn whiskers_that_are_no_number_are_an_error() {
        let err = BoxplotOptions::new()
            .whiskers(f64::NAN)
            .of(&array![1.0])
            .unwrap_err();
        assert_eq!(
            err.to_string(),
            "expected a number of interquartile ranges for the whiskers, but found NaN"
        );
    }
}
