//! The mean of many series at each position, and how far they spread about it.

use ndarray::{ArrayView1, ArrayView2, Axis};

use super::finite::finite;
use super::moments::Moments;
use super::student::two_sided_quantile;
use crate::list::{IntoList, MapEach};

/// How far the band about a mean reaches: `errorbar=` of `seaborn.lineplot`.
///
/// Default: an interval of 95 % confidence, as in seaborn.
///
/// # Example
///
/// ```
/// use ndsight::stats::Spread;
///
/// assert_eq!(Spread::default(), Spread::Confidence(0.95));
/// # Ok::<(), ndsight::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// This many standard deviations (with divisor `n - 1`) to each side: where
    /// the series are. `("sd", n)` of seaborn.
    Deviations(f64),
    /// This many standard errors to each side: where the mean of all such
    /// series is. `("se", n)` of seaborn.
    Errors(f64),
    /// Where the mean of all such series is with this confidence, such as 0.95,
    /// by Student's t. Seaborn's `("ci", 95)` resamples instead, to nearly the
    /// same.
    Confidence(f64),
}

impl Default for Spread {
    fn default() -> Self {
        Spread::Confidence(0.95)
    }
}

impl Spread {
    /// Half the width of the band.
    fn reach(self, moments: Moments) -> f64 {
        let n = moments.count as f64;
        if n < 2.0 {
            return f64::NAN;
        }
        let deviation = (moments.squares / (n - 1.0)).sqrt();
        match self {
            Spread::Deviations(times) => times * deviation,
            Spread::Errors(times) => times * deviation / n.sqrt(),
            Spread::Confidence(level) if !(0.0..=1.0).contains(&level) => f64::NAN,
            Spread::Confidence(level) => two_sided_quantile(level, n - 1.0) * deviation / n.sqrt(),
        }
    }
}

/// The mean of many series at each position, and a band about it.
#[derive(Clone, Debug, PartialEq)]
pub struct MeanBand {
    /// NaN where no series has a finite value.
    pub mean: Vec<f64>,
    /// The lower end of the band: NaN where fewer than two series have a finite
    /// value.
    pub low: Vec<f64>,
    /// The upper end of the band, NaN as the lower.
    pub high: Vec<f64>,
    /// How many series have a finite value at each position.
    pub counts: Vec<u64>,
}

/// The mean of the series at each position, and a band about it.
///
/// Each row of `series` is one of them, each column a position. Values that are
/// not finite are left out.
///
/// Mirrors what `seaborn.lineplot` draws of many values for each x, but for
/// intervals of confidence, which are Student's here. A level of confidence that
/// is not between 0 and 1 has no band.
///
/// # Example
///
/// ```
/// use ndarray::array;
/// use ndsight::stats::{Spread, mean_band};
///
/// let series = array![[1.0, 2.0, 3.0], [3.0, 2.0, f64::NAN]];
/// let band = mean_band(series.view(), Spread::Errors(1.0));
/// assert_eq!(band.mean, [2.0, 2.0, 3.0]);
/// assert_eq!((band.low[0], band.high[0]), (1.0, 3.0));
/// assert_eq!((band.low[1], band.low[2].is_nan()), (2.0, true));
/// assert_eq!(band.counts, [2, 2, 1]);
/// # Ok::<(), ndsight::Error>(())
/// ```
pub fn mean_band(series: ArrayView2<f64>, spread: Spread) -> MeanBand {
    let columns = series.axis_iter(Axis(1));
    let moments: Vec<Moments> = columns.map(moments).into_list();
    let mean = |m: &Moments| if m.count == 0 { f64::NAN } else { m.mean };
    let reaches: Vec<f64> = moments.map_each(|m| spread.reach(*m));
    let means: Vec<f64> = moments.map_each(mean);
    let ends = || means.iter().zip(&reaches);
    MeanBand {
        low: ends().map(|(mean, reach)| mean - reach).into_list(),
        high: ends().map(|(mean, reach)| mean + reach).into_list(),
        counts: moments.map_each(|m| m.count),
        mean: means,
    }
}

fn moments(column: ArrayView1<f64>) -> Moments {
    let (values, _) = finite(&column.to_vec());
    Moments::of(&values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};
    use proptest::prelude::*;

    fn ends(spread: Spread) -> (f64, f64) {
        let series = array![[1.0], [2.0], [4.0], [9.0], [f64::NAN], [f64::INFINITY]];
        let band = mean_band(series.view(), spread);
        assert_eq!((band.mean[0], band.counts[0]), (4.0, 4));
        (band.low[0], band.high[0])
    }

    #[track_caller]
    fn assert_ends(spread: Spread, wanted: (f64, f64)) {
        let found = ends(spread);
        assert!((found.0 - wanted.0).abs() < 1e-12 && (found.1 - wanted.1).abs() < 1e-12);
    }

    /// Of `[1, 2, 4, 9]`: pandas 3.1's `std()` and `sem()`, and SciPy 1.17's
    /// `t.interval(0.95, 3, mean, sem)`.
    #[test]
    fn bands_are_those_of_pandas_and_scipy() {
        assert_ends(
            Spread::Deviations(1.0),
            (0.4409739159895629, 7.559026084010437),
        );
        assert_ends(Spread::Errors(2.0), (0.4409739159895629, 7.559026084010437));
        assert_ends(Spread::default(), (-1.663204705733679, 9.66320470573368));
    }

    #[test]
    fn too_few_values_have_no_band() {
        let series = array![[f64::NAN, 5.0], [f64::NAN, f64::NAN]];
        let band = mean_band(series.view(), Spread::default());
        assert!(band.mean[0].is_nan() && band.low[1].is_nan() && band.high[1].is_nan());
        assert_eq!((band.mean[1], band.counts), (5.0, vec![0, 1]));
        assert!(mean_band(Array2::zeros((0, 2)).view(), Spread::default()).mean[1].is_nan());
        assert!(
            mean_band(Array2::zeros((3, 0)).view(), Spread::default())
                .mean
                .is_empty()
        );
    }

    #[test]
    fn equal_values_have_a_band_without_width() {
        let series = Array2::from_elem((5, 1), 0.1);
        let band = mean_band(series.view(), Spread::default());
        assert_eq!((band.low[0], band.mean[0], band.high[0]), (0.1, 0.1, 0.1));
    }

    #[test]
    fn nonsense_has_no_band_and_the_largest_numbers_a_mean() {
        for level in [-0.1, 1.5, f64::NAN] {
            assert!(ends(Spread::Confidence(level)).0.is_nan());
        }
        let series = array![[f64::MAX], [f64::MAX / 2.0]];
        let band = mean_band(series.view(), Spread::Deviations(1.0));
        assert_eq!(band.mean[0], f64::MAX * 0.75);
        assert_eq!(band.high[0], f64::INFINITY);
    }

    proptest! {
        #[test]
        fn the_mean_lies_within_its_band(values in prop::collection::vec(-1e6..1e6, 4..60)) {
            let rows = values.len() / 2;
            let series = Array2::from_shape_vec((rows, 2), values[..2 * rows].to_vec()).unwrap();
            for spread in [Spread::Deviations(1.0), Spread::Errors(1.0), Spread::default()] {
                let band = mean_band(series.view(), spread);
                for i in 0..2 {
                    prop_assert!(band.low[i] <= band.mean[i] && band.mean[i] <= band.high[i]);
                }
            }
        }
    }
}
